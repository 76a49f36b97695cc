package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Copy;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.view.ExecutionCourse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The head of an execution's page: what it is, how it stands, and what can be done with it.
final class ExecutionHeader extends Header {
  private static final long serialVersionUID = 1L;

  private final StatusMark status = new StatusMark(Status.RUNNING).asBadge();
  private final Span verb = new Span();
  private final Elapsed elapsed = new Elapsed();
  private final Span events = new Span();
  private final Button stop;
  private final Button redrive;
  private final Button testCase;
  private final boolean mayKeep;
  private final boolean isChild;

  /// @param may what the reader may do with it
  ExecutionHeader(
      ExecutionFinder.Opened opened,
      String account,
      ExecutionBody.May may,
      ExecutionBody.Deeds deeds) {
    ExecutionFinder.Row row = opened.row();
    addClassName("g-exec-head");
    H1 name = new H1(row.name());
    name.addClassName("g-exec-name");
    name.setTitle(row.name());
    Div title = new Div(status, name, new Copy(row.arn(), "ARN"));
    title.addClassName("g-exec-title");

    Anchor machine =
        new Anchor(Links.stateMachine(account, row.stateMachine()), row.stateMachine());
    machine.addClassName("g-ellipsis");
    Span version = new Span(machine, new Span(" revision " + row.revision()));
    Moments moments = Moments.here();
    Span started = new Span(new Span("Started "), moments.span(row.startedAt(), Instant.now()));
    Div meta = new Div(version, started);
    meta.addClassName("g-exec-meta");
    ExecutionFinder.Link parent = opened.parent();
    ExecutionLookup.MapChild child = row.mapChild();
    if (parent != null && child != null) {
      Anchor run =
          new Anchor(
              Links.mapRun(
                  account, parent.stateMachine(), parent.name(), child.mapRunId().toString()),
              "Map Run of " + child.state());
      meta.add(
          new Span(
              new Span(
                  (child.items() == 1 ? "Item " : child.items() + " items, batch ")
                      + Counts.of(child.index())
                      + " of the "),
              run));
    }
    if (parent != null) {
      Anchor by =
          new Anchor(
              Links.execution(account, parent.stateMachine(), parent.name())
                  + "?frame="
                  + Links.encoded(parent.frame().value()),
              parent.stateMachine() + " / " + parent.name());
      meta.add(new Span(new Span("by "), by));
    }
    ExecutionLookup.Origin origin = opened.origin();
    if (origin != null) {
      Anchor first =
          new Anchor(
              Links.execution(account, origin.stateMachine(), origin.name())
                  + "?state="
                  + Links.encoded(origin.state()),
              origin.name());
      Anchor both =
          new Anchor(
              Links.comparison(
                  account, row.stateMachine(), row.name(), origin.stateMachine(), origin.name()),
              "compare");
      meta.add(
          new Span(
              new Span("Forked from "), first, new Span(" at " + origin.state() + " · "), both));
    }
    meta.add(new Span(verb, elapsed), events);
    Div what = new Div(title, meta);
    what.addClassName("g-exec-what");

    Button compare = button("Compare with…", Glyph.Name.COMPARE, deeds::compare);
    Button rerun = button("New with this input", Glyph.Name.RERUN, deeds::again);
    redrive = button("Redrive…", Glyph.Name.REDO, deeds::redrive);
    stop = button("Stop…", Glyph.Name.STOP, deeds::stop);
    stop.addClassName("g-danger");
    isChild = child != null;
    rerun.setVisible(may.run() && !isChild);
    redrive.setVisible(false);
    stop.setVisible(may.run());
    testCase = button("Make a test case…", Glyph.Name.PLUS, deeds::testCase);
    testCase.setVisible(false);
    // A fork began in the middle, and a test case begins at the beginning.
    mayKeep = may.author() && origin == null && !isChild;
    Div actions = new Div(compare, testCase, rerun, redrive, stop);
    actions.addClassName("g-exec-actions");
    add(what, actions);
  }

  private static Button button(String text, Glyph.Name glyph, Runnable run) {
    Component icon = glyph.glyph();
    return new Button(text, icon, _ -> run.run());
  }

  /// Says how it stood at the moment that is shown, and offers what can be done now.
  void update(Followed followed, boolean mayRun) {
    ExecutionFinder.Row row = followed.row();
    ExecutionCourse course = followed.course();
    boolean past = followed.isPast();
    ExecutionStatus then = course.events().size() == 0 ? row.status() : course.status();
    Status shown = Status.of(then);
    status.set(shown, shown.word());
    boolean ran = then == ExecutionStatus.RUNNING;
    Instant since = course.startedAt() == null ? row.startedAt() : course.startedAt();
    verb.setText(!ran ? "Took " : past ? "Had run for " : "Running for ");
    elapsed.set(since, until(row, course, ran, past));
    int count = followed.live().events().size();
    events.setText(
        past
            ? "Event " + Counts.of(followed.moment()) + " of " + Counts.of(count)
            : Counts.events(count));
    setClassName("g-past", past);
    ExecutionStatus now =
        followed.live().events().size() == 0 ? row.status() : followed.live().status();
    boolean runs = now == ExecutionStatus.RUNNING;
    stop.setVisible(runs && mayRun);
    // A child of a Map Run is redriven with the execution that the Map Run belongs to.
    redrive.setVisible(mayRun && !isChild && now.isTerminal() && now != ExecutionStatus.SUCCEEDED);
    testCase.setVisible(
        mayKeep && (now == ExecutionStatus.SUCCEEDED || now == ExecutionStatus.FAILED));
  }

  private static @Nullable Instant until(
      ExecutionFinder.Row row, ExecutionCourse course, boolean ran, boolean past) {
    if (!ran) {
      return course.stoppedAt() == null ? row.stoppedAt() : course.stoppedAt();
    }
    return past ? course.events().time(course.events().size()) : null;
  }
}
