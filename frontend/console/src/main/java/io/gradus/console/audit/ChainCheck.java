package io.gradus.console.audit;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.gradus.console.part.Copy;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.service.Caller;
import io.gradus.service.audit.AuditLog.Verification;
import io.gradus.service.audit.AuditService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Looks at the whole chain in the background and says what it found.
final class ChainCheck extends Div {
  private static final long serialVersionUID = 1L;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final transient AuditService audit;
  private final transient Clock clock;
  private AtomicBoolean wanted = new AtomicBoolean();

  ChainCheck(AuditService audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
    addClassName("g-chain");
    getElement().setAttribute("aria-live", "polite");
    setVisible(false);
  }

  /// Starts anew.
  ///
  /// @param over called on the page when it is done
  void start(Caller caller, Runnable over) {
    UI ui = UI.getCurrent();
    Moments moments = Moments.here();
    var going = new AtomicBoolean(true);
    wanted = going;
    var bar = new ProgressBar();
    bar.getElement().setAttribute("aria-label", "Entries looked at");
    var count = new Span("Looking at the first entries…");
    var stop = new Button("Stop", click -> going.set(false));
    stop.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    removeAll();
    add(count, bar, stop);
    setVisible(true);
    Thread.ofVirtual()
        .name("audit-check")
        .start(
            () -> {
              long from = System.nanoTime();
              var shown = new long[] {from};
              Runnable end;
              try {
                Optional<Verification> found =
                    audit.verify(
                        caller,
                        (looked, of) -> {
                          long now = System.nanoTime();
                          if (now - shown[0] > BETWEEN_LOOKS.toNanos()) {
                            shown[0] = now;
                            var _ = ui.access(() -> progress(bar, count, looked, of));
                          }
                          return going.get();
                        });
                Duration took = Duration.ofNanos(System.nanoTime() - from);
                end = () -> found.ifPresentOrElse(f -> show(f, moments, took), this::stopped);
              } catch (RuntimeException e) {
                end = this::failed;
              }
              Runnable last = end;
              var _ =
                  ui.access(
                      () -> {
                        last.run();
                        over.run();
                      });
            });
  }

  private static void progress(ProgressBar bar, Span count, long looked, long of) {
    bar.setValue(of == 0 ? 1 : Math.min(1, (double) looked / of));
    count.setText(number(looked) + " of " + number(of) + " entries");
  }

  private void show(Verification found, Moments moments, Duration took) {
    removeAll();
    Instant now = clock.instant();
    var when =
        new Span("looked at on " + moments.moment(now, now) + " in " + Moments.duration(took));
    when.addClassName("g-secondary");
    if (!found.isSound()) {
      add(
          new StatusMark(Status.FAILED, "The chain breaks at entry " + number(found.faultAt())),
          new Span(
              "%s. The %s before it are as they were written."
                  .formatted(found.fault(), number(found.entries()))),
          when);
      return;
    }
    add(
        new StatusMark(
            Status.SUCCEEDED,
            found.entries() == 1
                ? "The one entry is as it was written"
                : "All " + number(found.entries()) + " entries are as they were written"),
        when);
    if (!found.head().isEmpty()) {
      var name = new Span("Last hash");
      name.addClassName("g-secondary");
      var head = new Div(name, new Code(found.head()), new Copy(found.head(), "last hash"));
      head.addClassName("g-chain-head");
      add(head);
    }
  }

  private void stopped() {
    removeAll();
    add(new StatusMark(Status.STOPPED, "Stopped before the end"));
  }

  private void failed() {
    removeAll();
    add(
        new StatusMark(Status.FAILED, "The log could not be read to its end"),
        new Span("Try again in a moment."));
  }

  private static String number(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  @Override
  protected void onDetach(DetachEvent event) {
    wanted.set(false);
  }
}
