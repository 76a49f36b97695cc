package io.gradus.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import io.gradus.service.Refusal;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds whether there is something new to show, for as long as a page is open.
final class Refreshing {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Supplier<@Nullable Runnable> read;

  /// @param read reads what is new, outside of the page's lock, and gives back what shows it; null
  ///   where nothing is
  Refreshing(Component page, Supplier<@Nullable Runnable> read) {
    this.read = read;
    page.addAttachListener(
        attached -> {
          UI ui = attached.getUI();
          Thread follower = Thread.ofVirtual().name("dashboard").start(() -> follow(ui));
          page.addDetachListener(
              detached -> {
                detached.unregisterListener();
                follower.interrupt();
              });
        });
  }

  private void follow(UI ui) {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        Runnable show = news();
        if (show != null) {
          var _ = ui.access(show::run);
        }
      }
    } catch (InterruptedException _) {
      // The page is closed.
    }
  }

  private @Nullable Runnable news() {
    try {
      return read.get();
    } catch (Refusal refusal) {
      LOG.debug("The dashboard stays as it is: {}", refusal.message());
    } catch (RuntimeException e) {
      LOG.debug("The dashboard is looked at again later: {}", e.toString());
    }
    return null;
  }
}
