package io.gradus.console.session;

/// A page of a tenant that the person is no member of. Whether there is such a tenant is not said.
public final class NotAMember extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// It was this account's page.
  public NotAMember(String account) {
    super("no member of account " + account, null, true, false);
  }
}
