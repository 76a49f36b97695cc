package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Copy;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.maprun.MapRunViews;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The head of a Map Run's page: what it is, how it stands, and what can be done with it.
final class MapRunHeader extends Header {
  private static final long serialVersionUID = 1L;

  private final StatusMark status = new StatusMark(Status.RUNNING).asBadge();
  private final Span verb = new Span();
  private final Elapsed elapsed = new Elapsed();
  private final Span ended = new Span();
  private final Span redrives = new Span();
  private final Paragraph failing = new Paragraph();
  private final Button edit;
  private final Span editable = new Span();
  private final Button redrive;
  private final boolean mayRun;
  private final transient Moments moments;

  /// What can be done on the page.
  interface Deeds {
    /// Asks for other bounds.
    void edit();

    /// Asks whether to do again what failed.
    void redrive();
  }

  MapRunHeader(
      MapRunViews.Opened opened, String account, boolean mayRun, Moments moments, Deeds deeds) {
    this.mayRun = mayRun;
    this.moments = moments;
    addClassName("g-exec-head");
    ExecutionFinder.Row execution = opened.execution();
    H1 name = new H1("Map Run of " + opened.run().state());
    name.addClassNames("g-exec-name", "g-map-run-name");
    name.setTitle(name.getText());
    Div title = new Div(status, name, new Copy(opened.arn(), "ARN"));
    title.addClassName("g-exec-title");
    Anchor of =
        new Anchor(
            Links.execution(account, execution.stateMachine(), execution.name())
                + "?state="
                + Links.encoded(opened.run().state().value()),
            execution.name());
    of.addClassName("g-ellipsis");
    Anchor machine =
        new Anchor(Links.stateMachine(account, execution.stateMachine()), execution.stateMachine());
    machine.addClassName("g-ellipsis");
    Div meta =
        new Div(
            new Span(new Span("of "), of),
            new Span(machine, new Span(" revision " + execution.revision())),
            new Span(opened.isStandard() ? "Standard children" : "Express children"),
            new Span(new Span("Started "), moments.span(opened.run().startedAt(), Instant.now())),
            ended,
            new Span(verb, elapsed),
            redrives);
    meta.addClassName("g-exec-meta");
    failing.addClassName("g-map-run-failing");
    Div what = new Div(title, meta, failing);
    what.addClassName("g-exec-what");
    edit = new Button("Edit limits…", _ -> deeds.edit());
    redrive = new Button("Redrive…", Glyph.Name.REDO.glyph(), _ -> deeds.redrive());
    edit.setVisible(mayRun);
    redrive.setVisible(false);
    editable.add(edit);
    Div actions = new Div(redrive, editable);
    actions.addClassName("g-exec-actions");
    add(what, actions);
  }

  /// Says how it stands now.
  ///
  /// @param redrivable whether what failed of it can be done again
  void set(MapRun run, boolean redrivable) {
    MapProgress.Failing why = why(run);
    status.set(Status.of(run.status()), word(run));
    failing.setVisible(why != null);
    failing.setText(why == null ? "" : told(why));
    Instant stopped = run.stoppedAt();
    boolean runs = stopped == null;
    ended.setVisible(stopped != null);
    if (stopped != null) {
      ended.removeAll();
      ended.add(new Span("Ended "), moments.span(stopped, Instant.now()));
    }
    verb.setText(runs ? "Running for " : "Took ");
    elapsed.set(run.startedAt(), stopped);
    redrives.setVisible(run.redriveCount() > 0);
    redrives.setText(
        run.redriveCount() == 1 ? "Redriven once" : "Redriven " + run.redriveCount() + " times");
    boolean may = run.status() == MapRun.Status.RUNNING;
    edit.setEnabled(may && why == null);
    // A button that does nothing has no tooltip of its own.
    editable.setTitle(
        why != null
            ? "The Map Run fails: other limits would not save it."
            : may ? "" : "The Map Run is over: its limits can be changed while it runs.");
    redrive.setVisible(mayRun && redrivable);
  }

  /// How it stands, in a word. One that fails runs, to the API, until its files are written.
  static String word(MapRun run) {
    return why(run) == null ? Status.of(run.status()).word() : "Failing";
  }

  private static MapProgress.@Nullable Failing why(MapRun run) {
    return run.status() == MapRun.Status.RUNNING ? run.progress().failing() : null;
  }

  private static String told(MapProgress.Failing why) {
    String cause = why.cause().isBlank() ? "" : " (" + why.cause() + ")";
    return "It fails with "
        + why.error()
        + cause
        + " as soon as its children have stopped and its result files are written.";
  }
}
