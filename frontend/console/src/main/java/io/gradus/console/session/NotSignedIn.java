package io.gradus.console.session;

/// Nobody is signed in any more: the session ended, or the person may no longer sign in.
public final class NotSignedIn extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// It is so.
  public NotSignedIn() {
    super("nobody is signed in", null, true, false);
  }
}
