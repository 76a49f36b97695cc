package io.gradus.service.mail;

import io.gradus.store.ApprovalMails;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the mails about approvals, on a thread of its own: each once its approval is durable, and
/// again until the mail server has taken it. A crash in between may send one twice.
public final class ApprovalNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApprovalNotices.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int GROUP = 20;

  /// Doubling, the eighth attempt comes half an hour after the seventh.
  private static final int FIRST_RETRY_SECONDS = 15;

  private static final int MAX_ATTEMPTS = 12;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ApprovalMails mails;
  private final Mailer mailer;
  private final URI console;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread sender;
  private volatile boolean closed;

  /// @param console the address that people reach the console at
  public ApprovalNotices(ApprovalMails mails, Mailer mailer, URI console) {
    this.mails = mails;
    this.mailer = mailer;
    this.console = console;
    this.sender = Thread.ofPlatform().daemon().name("mail").start(this::run);
  }

  /// There is something to be sent.
  public void wake() {
    wanted.release();
  }

  private void run() {
    while (!closed) {
      try {
        boolean _ = wanted.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        wanted.drainPermits();
        while (!closed && sendSome() == GROUP) {
          // there may be more
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("Mails wait for the database: {}", e.getMessage());
      }
    }
  }

  private int sendSome() {
    List<ApprovalMails.Mail> taken = mails.take(GROUP, FIRST_RETRY_SECONDS);
    for (ApprovalMails.Mail mail : taken) {
      try {
        mailer.send(message(mail, console));
        mails.done(mail);
      } catch (Mailer.Unsent e) {
        boolean over = e.isForGood() || mail.attempts() >= MAX_ATTEMPTS;
        LOG.atWarn()
            .addKeyValue("tenant", mail.tenant().value())
            .addKeyValue("approval", mail.approval())
            .log(
                "A mail about an approval {}: {}",
                over ? "is given up" : "is sent again later",
                e.getMessage());
        if (over) {
          mails.done(mail);
        }
      }
    }
    return taken.size();
  }

  static Mailer.Message message(ApprovalMails.Mail mail, URI console) {
    String link =
        console.toString().replaceAll("/+$", "")
            + "/t/"
            + mail.account()
            + "/approvals/"
            + mail.approval();
    StringBuilder text = new StringBuilder(mail.title()).append("\n\n");
    StringBuilder html =
        new StringBuilder("<p style=\"font-size:18px;font-weight:600\">")
            .append(escaped(mail.title()))
            .append("</p>");
    if (mail.description() != null) {
      text.append(mail.description()).append("\n\n");
      html.append("<p style=\"white-space:pre-line\">")
          .append(escaped(mail.description()))
          .append("</p>");
    }
    if (mail.dueAt() != null) {
      String due = "Due " + MOMENT.format(mail.dueAt());
      text.append(due).append("\n\n");
      html.append("<p>").append(due).append("</p>");
    }
    text.append("Decide here: ").append(link).append('\n');
    html.append("<p><a href=\"").append(escaped(link)).append("\">Look at it and decide</a></p>");
    return new Mailer.Message(
        mail.address(), "Waiting for you: " + mail.title(), text.toString(), html.toString());
  }

  /// Text is text, in an element as in an attribute.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public void close() {
    closed = true;
    sender.interrupt();
  }
}
