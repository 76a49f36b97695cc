package io.gradus.app.security;

import org.springframework.security.core.AuthenticationException;

/// A login whose password was not looked at.
final class LoginNotChecked extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final String why;

  /// @param why what the login page's address says of it
  LoginNotChecked(String why) {
    super("the password was not looked at: " + why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
