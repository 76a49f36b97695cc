package io.gradus.console.part;

/// Who did something, as people say it.
public final class People {
  private People() {}

  /// The login of a person, or `key AKIA…` where a program did it.
  ///
  /// @param principal as the audit log names them
  public static String name(String principal) {
    if (principal.startsWith("user/")) {
      return principal.substring("user/".length());
    }
    return principal.startsWith("key/") ? "key " + principal.substring("key/".length()) : principal;
  }
}
