package io.gradus.console.part;

import com.vaadin.flow.component.UI;
import io.gradus.service.Refusal;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Work that a page does not wait for.
public final class Work {
  private Work() {}

  /// Does it on a thread of its own, and tells the page what came of it.
  ///
  /// @param then on the page's own thread
  /// @param refused told why there is nothing
  /// @return the thread: an interrupt ends the work where it can be ended
  public static <T> Thread start(
      UI ui, Supplier<T> work, Consumer<T> then, Consumer<String> refused) {
    return Thread.ofVirtual()
        .name("page-work")
        .start(
            () -> {
              try {
                T result = work.get();
                var _ = ui.access(() -> then.accept(result));
              } catch (Refusal refusal) {
                var _ = ui.access(() -> refused.accept(refusal.forPeople()));
              } catch (RuntimeException e) {
                var _ =
                    ui.access(() -> refused.accept("That failed by a fault of ours. Try again."));
                throw e;
              }
            });
  }
}
