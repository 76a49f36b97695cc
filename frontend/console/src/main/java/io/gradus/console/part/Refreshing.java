package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.gradus.service.Refusal;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds whether there is something new to show, for as long as a page is open.
/// It is for what nobody tells of when it happens.
public final class Refreshing {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);

  private final Duration pause;
  private final Supplier<@Nullable Runnable> read;
  private volatile boolean closed;

  private Refreshing(Duration pause, Supplier<@Nullable Runnable> read) {
    this.pause = pause;
    this.read = read;
  }

  /// Keeps a page up.
  ///
  /// @param read reads what is new, outside of the page's lock, and gives back what shows it; null
  ///   where nothing is
  public static void of(Component page, Duration pause, Supplier<@Nullable Runnable> read) {
    page.addAttachListener(
        attached -> {
          Refreshing refreshing = new Refreshing(pause, read);
          UI ui = attached.getUI();
          Thread looker = Thread.ofVirtual().name("refreshing").start(() -> refreshing.look(ui));
          page.addDetachListener(
              detached -> {
                detached.unregisterListener();
                refreshing.closed = true;
                looker.interrupt();
              });
        });
  }

  private void look(UI ui) {
    try {
      while (!closed) {
        Thread.sleep(pause);
        Runnable show = news();
        if (show != null) {
          var _ =
              ui.access(
                  () -> {
                    if (!closed) {
                      show.run();
                    }
                  });
        }
      }
    } catch (InterruptedException | UIDetachedException _) {
      // The page is closed.
    }
  }

  private @Nullable Runnable news() {
    try {
      return read.get();
    } catch (Refusal refusal) {
      LOG.debug("A page stays as it is: {}", refusal.message());
    } catch (RuntimeException e) {
      LOG.warn("A page was not updated; it will be at the next look: {}", e.getMessage());
    }
    return null;
  }
}
