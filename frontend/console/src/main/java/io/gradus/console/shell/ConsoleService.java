package io.gradus.console.shell;

import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.jsoup.nodes.Element;

/// What holds for every page before any view: its security policy, its theme, its words when a
/// session is over, and who tells of errors.
public final class ConsoleService implements VaadinServiceInitListener {
  private static final long serialVersionUID = 1L;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 18;

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.addIndexHtmlRequestListener(ConsoleService::dress);
    event
        .getSource()
        .addSessionInitListener(init -> init.getSession().setErrorHandler(new Faults()));
    event.getSource().setSystemMessagesProvider(_ -> messages());
  }

  private static void dress(IndexHtmlResponse response) {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    Element head = response.getDocument().head();
    Element theme = new Element("script").attr("src", "gradus-theme.js");
    // Behind the base, or it would be looked for beside each page.
    Element base = head.selectFirst("base");
    if (base == null) {
      head.prependChild(theme);
    } else {
      base.after(theme);
    }
    response.getDocument().getElementsByTag("script").attr("nonce", nonce);
    response.getDocument().getElementsByTag("html").attr("lang", "en");
    response.getVaadinResponse().setHeader("Content-Security-Policy", policy(nonce));
  }

  /// Vaadin evaluates what the server sends it to run, and its components write style elements:
  /// without `unsafe-eval` and inline styles there is no console. Inline scripts are ours alone, by
  /// a nonce that each page has anew, so injected markup runs nothing.
  private static String policy(String nonce) {
    return "default-src 'self'; script-src 'self' 'nonce-"
        + nonce
        + "' 'unsafe-eval'; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        + "frame-src 'none'; frame-ancestors 'none'";
  }

  private static SystemMessages messages() {
    var messages = new CustomizedSystemMessages();
    messages.setSessionExpiredNotificationEnabled(true);
    messages.setSessionExpiredCaption("Your session is over");
    messages.setSessionExpiredMessage(
        "Press here or Escape to log in again; you come back to this page.");
    messages.setCookiesDisabledCaption("Your session is over");
    messages.setCookiesDisabledMessage(
        "The browser sent no cookie, and without one nobody is logged in. Allow cookies here, then"
            + " press here or Escape to load the page again.");
    messages.setInternalErrorNotificationEnabled(true);
    messages.setInternalErrorCaption("This page stopped working");
    messages.setInternalErrorMessage(
        "The server failed at it. Press here or Escape to load it again.");
    return messages;
  }
}
