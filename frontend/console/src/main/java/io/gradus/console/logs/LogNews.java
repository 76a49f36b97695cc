package io.gradus.console.logs;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.gradus.service.Refusal;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every two seconds, outside of the session's lock, whether there is something new.
final class LogNews implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogNews.class);
  private static final long SECONDS = 2;

  private final UI ui;
  private final Supplier<Runnable> look;
  private final Thread looker;
  private volatile boolean closed;

  /// Looks until closed.
  ///
  /// @param look reads, and gives back what shows it
  LogNews(UI ui, Supplier<Runnable> look) {
    this.ui = ui;
    this.look = look;
    this.looker = Thread.ofVirtual().name("log-news").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        TimeUnit.SECONDS.sleep(SECONDS);
        Runnable show = look.get();
        var _ =
            ui.access(
                () -> {
                  if (!closed) {
                    show.run();
                  }
                });
      } catch (InterruptedException | UIDetachedException _) {
        return;
      } catch (Refusal refusal) {
        LOG.debug("The page stays as it is: {}", refusal.message());
      } catch (RuntimeException e) {
        LOG.warn("The page was not updated; it will be at the next look: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    looker.interrupt();
  }
}
