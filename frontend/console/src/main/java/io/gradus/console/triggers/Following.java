package io.gradus.console.triggers;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows a page anew when what it tells of has become another, for as long as it is open.
///
/// @param <T> what it tells of, equal where nothing happened
final class Following<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Following.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Supplier<T> look;
  private final Runnable show;
  private volatile @Nullable T seen;

  /// @param look reads it; called outside of the page's lock
  /// @param show shows it, and tells what it showed: see [#shown]
  Following(Component page, Supplier<T> look, Runnable show) {
    this.look = look;
    this.show = show;
    page.addAttachListener(
        attached -> {
          UI ui = attached.getUI();
          Thread follower = Thread.ofVirtual().name("triggers-page").start(() -> follow(ui));
          page.addDetachListener(
              detached -> {
                detached.unregisterListener();
                follower.interrupt();
              });
        });
  }

  /// The page shows this now.
  void shown(T what) {
    seen = what;
  }

  private void follow(UI ui) {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        if (isOther()) {
          var _ = ui.access(show::run);
        }
      }
    } catch (InterruptedException _) {
      // The page is closed.
    }
  }

  private boolean isOther() {
    try {
      return !Objects.equals(look.get(), seen);
    } catch (RuntimeException e) {
      LOG.debug("A page is looked at again later: {}", e.toString());
      return false;
    }
  }
}
