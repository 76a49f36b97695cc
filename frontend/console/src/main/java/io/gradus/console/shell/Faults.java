package io.gradus.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import com.vaadin.flow.server.VaadinSession;
import io.gradus.console.part.Notice;
import io.gradus.console.session.NotAMember;
import io.gradus.console.session.NotSignedIn;
import io.gradus.service.Refusal;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people what went wrong with what they did. A refusal is told in its own sentence; a fault
/// of ours by a reference, under which the log has the rest.
final class Faults implements ErrorHandler {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CAUSES = 20;

  static final String OVER =
      "Your session is over, or your access was taken. Log in again to go on.";

  @Override
  public void error(ErrorEvent event) {
    Throwable meant = meant(event.getThrowable());
    if (hasReaderLeft(event.getThrowable())) {
      return;
    }
    if (meant instanceof NotSignedIn) {
      leave();
      return;
    }
    String text =
        switch (meant) {
          case Refusal refusal -> refusal.forPeople();
          case NotAMember _ ->
              "You are no member of this tenant any more, so this was not done. Ask an"
                  + " administrator of the tenant if that is a mistake.";
          default -> text(log(event.getThrowable()));
        };
    if (UI.getCurrent() != null) {
      Notice.error(text);
    }
  }

  /// Writes down a fault of ours.
  ///
  /// @return under which reference
  static String log(Throwable fault) {
    String reference = "%08X".formatted(RANDOM.nextInt());
    LOG.error("A page failed; its reader was given the reference {}", reference, fault);
    return reference;
  }

  /// What the reader is told of it.
  static String text(String reference) {
    return "The server failed at this, so it may not have been done. Look whether it was, then try"
        + " again; if it fails again, tell your operator the reference "
        + reference
        + ".";
  }

  /// Ends the session; the page loads again, which leads to the login and back here.
  static void leave() {
    UI ui = UI.getCurrent();
    if (ui != null) {
      ui.getPage().reload();
    }
    VaadinSession session = VaadinSession.getCurrent();
    if (session != null && session.getSession() != null) {
      session.getSession().invalidate();
    }
  }

  /// Whether the answer did not get out because nobody takes it any more: a page that was left in
  /// the middle of it. By its name, because the server is not this module's choice.
  private static boolean hasReaderLeft(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < CAUSES; depth++) {
      if (at.getClass().getSimpleName().equals("ClientAbortException")) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static Throwable meant(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < CAUSES; depth++) {
      if (at instanceof Refusal || at instanceof NotAMember || at instanceof NotSignedIn) {
        return at;
      }
      at = at.getCause();
    }
    return thrown;
  }
}
