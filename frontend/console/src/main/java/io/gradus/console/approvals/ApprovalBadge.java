package io.gradus.console.approvals;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import io.gradus.service.Caller;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.approval.ApprovalWatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How many approvals wait for the reader, kept up to date. Nothing is shown for none.
public final class ApprovalBadge extends Span {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 99;

  private final transient ApprovalService approvals;
  private final transient ApprovalWatch watch;
  private final transient Supplier<Caller> reader;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private transient @Nullable AutoCloseable watching;

  /// @param reader asked anew at each count
  public ApprovalBadge(ApprovalService approvals, ApprovalWatch watch, Supplier<Caller> reader) {
    this.approvals = approvals;
    this.watch = watch;
    this.reader = reader;
    addClassName("g-count");
    setVisible(false);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    count();
    watching =
        watch.watch(
            reader.get(),
            () -> {
              if (refreshing.compareAndSet(false, true)) {
                var _ = ui.access(this::count);
              }
            });
  }

  private void count() {
    refreshing.set(false);
    int mine = approvals.counts(reader.get()).mine();
    setVisible(mine > 0);
    setText(mine > MOST ? MOST + "+" : String.valueOf(mine));
    getElement().setAttribute("aria-label", mine + " waiting for you");
    getElement().setAttribute("role", "status");
  }

  @Override
  protected void onDetach(DetachEvent event) {
    AutoCloseable open = watching;
    watching = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        throw new IllegalStateException("expected to stop watching", e);
      }
    }
  }
}
