package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.view.ExecutionCourse;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which two executions are compared, how each stands, and a way to change their sides.
final class CompareHead extends Header {
  private static final long serialVersionUID = 1L;

  /// How much of a cause is told; all of it stands on the execution's page.
  private static final int MOST_CAUSE = 400;

  private final Card a;
  private final Card b;

  /// @param failure what an execution ended with, read when it did; null where nothing is told
  CompareHead(
      Compared compared,
      String account,
      Runnable swap,
      Function<CompareSide, Payloads.@Nullable Failure> failure) {
    addClassName("g-cmp-head");
    H1 title = new H1(compared.left().row().name() + " and " + compared.right().row().name());
    title.addClassName("g-unseen");
    a = new Card("A", Glyph.Name.STATUS_LEFT, account, compared.left(), failure);
    b = new Card("B", Glyph.Name.STATUS_RIGHT, account, compared.right(), failure);
    Button change = new Button(Glyph.Name.SWAP.glyph(), _ -> swap.run());
    change.setAriaLabel("Swap A and B");
    change.setTooltipText("Swap A and B");
    change.addClassNames("g-icon-button", "g-cmp-swap");
    add(title, a, change, b);
  }

  /// Says how both stand now.
  void update() {
    a.update();
    b.update();
  }

  private static final class Card extends Section {
    private static final long serialVersionUID = 1L;

    private final transient CompareSide side;
    private final transient Function<CompareSide, Payloads.@Nullable Failure> failure;
    private final StatusMark status = new StatusMark(Status.RUNNING).asBadge();
    private final Span verb = new Span();
    private final Elapsed elapsed = new Elapsed();
    private final Span events = new Span();
    private final Div error = new Div();
    private long told = -1;

    Card(
        String letter,
        Glyph.Name tag,
        String account,
        CompareSide side,
        Function<CompareSide, Payloads.@Nullable Failure> failure) {
      this.side = side;
      this.failure = failure;
      addClassName("g-cmp-card");
      getElement().setAttribute("aria-label", "Execution " + letter);
      ExecutionFinder.Row row = side.row();
      Span sign = new Span(tag.glyph());
      sign.addClassNames("g-cmp-tag", "g-compared-" + (letter.equals("A") ? "left" : "right"));
      Anchor link =
          new Anchor(Links.execution(account, row.stateMachine(), row.name()), row.name());
      link.addClassNames("g-ellipsis", "g-cmp-name");
      link.setTitle(row.name());
      Span unseen = new Span(letter + ": ");
      unseen.addClassName("g-unseen");
      H2 name = new H2(unseen, link);
      Div title = new Div(sign, status, name);
      title.addClassName("g-exec-title");
      Anchor machine =
          new Anchor(Links.stateMachine(account, row.stateMachine()), row.stateMachine());
      Span started =
          new Span(new Span("Started "), Moments.here().span(row.startedAt(), Instant.now()));
      Div meta =
          new Div(
              new Span(machine),
              new Span("revision " + row.revision()),
              started,
              new Span(verb, elapsed),
              events);
      meta.addClassName("g-exec-meta");
      error.addClassName("g-cmp-error");
      add(title, meta, error);
    }

    void update() {
      ExecutionCourse course = side.course();
      boolean known = course.events().size() > 0;
      ExecutionStatus now = known ? course.status() : side.row().status();
      Status shown = Status.of(now);
      status.set(shown, shown.word());
      boolean runs = !now.isTerminal();
      verb.setText(runs ? "Running for " : "Took ");
      Instant since = course.startedAt() == null ? side.row().startedAt() : course.startedAt();
      Instant until = course.stoppedAt() == null ? side.row().stoppedAt() : course.stoppedAt();
      elapsed.set(since, runs ? null : until);
      events.setText(Counts.events(course.events().size()));
      if (told != course.endEvent()) {
        told = course.endEvent();
        error.removeAll();
        if (now.isTerminal() && now != ExecutionStatus.SUCCEEDED) {
          tell(course);
        }
      }
      error.setVisible(error.getComponentCount() > 0);
    }

    private void tell(ExecutionCourse course) {
      Payloads.Failure why = failure.apply(side);
      String name = why == null ? course.error() : why.error();
      String cause = why == null ? null : why.cause();
      if (name != null) {
        Span shown = new Span(name);
        shown.addClassName("g-cmp-error-name");
        error.add(shown);
      }
      if (cause != null && !cause.isEmpty()) {
        String text = cause.length() > MOST_CAUSE ? cause.substring(0, MOST_CAUSE) + "…" : cause;
        Span shown = new Span(text);
        shown.setTitle(text);
        shown.addClassName("g-cmp-cause");
        error.add(shown);
      }
    }
  }
}
