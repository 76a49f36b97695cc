package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.service.execution.view.EventIndex;
import java.util.function.LongConsumer;

/// Which moment of an execution is shown, and the way from event to event.
final class MomentBar extends Div {
  private static final long serialVersionUID = 1L;

  private final Span live = new Span(new Span("Live"), new Span("Not live"));
  private final Button back;
  private final Button first;
  private final Button before;
  private final Button after;
  private final Span number = new Span();
  private final Span time = new Span();
  private long moment;
  private int last;

  /// @param go shows the moment of an event; 0 for the latest
  MomentBar(LongConsumer go) {
    addClassName("g-travel");
    live.addClassName("g-live");
    back = new Button("", _ -> go.accept(0));
    back.addClassName("g-travel-back");
    first = button(Glyph.Name.FIRST, "The first event", () -> go.accept(1));
    before = button(Glyph.Name.LEFT, "One event back ([)", () -> go.accept(last() - 1));
    after =
        button(
            Glyph.Name.RIGHT, "One event on (])", () -> go.accept(moment < last ? moment + 1 : 0));
    number.addClassName("g-travel-number");
    time.addClassName("g-travel-time");
    add(live, back, first, before, after, number, time);
  }

  /// For a phone, which has no room to say that the latest is live.
  MomentBar onPhone() {
    remove(live);
    addClassName("g-travel-phone");
    return this;
  }

  private static Button button(Glyph.Name glyph, String label, Runnable run) {
    Button button = new Button(glyph.glyph(), _ -> run.run());
    button.setAriaLabel(label);
    button.setTooltipText(label);
    button.addClassName("g-icon-button");
    return button;
  }

  private long last() {
    return moment == 0 ? last : moment;
  }

  /// Says which moment is shown.
  ///
  /// @param event 0 for the latest
  /// @param runs whether the execution goes on, so that the latest is live
  void show(EventIndex events, long event, boolean runs) {
    moment = event;
    last = events.size();
    boolean past = event != 0;
    live.setVisible(runs && !past);
    back.setVisible(past);
    back.setText(runs ? "Live" : "To the end");
    first.setEnabled(last() > 1);
    before.setEnabled(last() > 1);
    after.setEnabled(past);
    number.setText(past ? "Event " + of(event) : Counts.events(last));
    time.setText(
        last == 0
            ? ""
            : past
                ? Moments.here().precise(events.time(event)) + " · " + events.type(event)
                : Moments.here().precise(events.time(last)));
  }

  private String of(long event) {
    return Counts.of(event) + " of " + Counts.of(last);
  }
}
