package io.gradus.service.mail;

/// Sends mails.
public interface Mailer {
  /// A mail of text, and the same as HTML.
  ///
  /// @param to one address
  /// @param subject one line
  record Message(String to, String subject, String text, String html) {}

  /// Hands a mail to the mail server.
  ///
  /// @throws Unsent if the server did not take it
  void send(Message message) throws Unsent;

  /// A mail that was not taken.
  final class Unsent extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /// @param forGood whether it never will be: the address is none
    public Unsent(String message, boolean forGood, Throwable cause) {
      super(message, cause);
      this.forGood = forGood;
    }

    /// Whether there is no use in sending it again.
    public boolean isForGood() {
      return forGood;
    }
  }
}
