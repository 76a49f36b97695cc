package io.gradus.service;

/// The names that AWS allows for state machines, executions and activities.
public final class Names {
  private static final int MAX_LENGTH = 80;
  private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

  private Names() {}

  /// Lets a good name pass.
  ///
  /// @throws Refusal InvalidName
  public static void check(String name) {
    boolean good =
        !name.isEmpty()
            && name.codePointCount(0, name.length()) <= MAX_LENGTH
            && name.codePoints().noneMatch(Names::isForbidden);
    if (!good) {
      throw new Refusal(ErrorCode.INVALID_NAME, "Invalid Name: '" + name + "'");
    }
  }

  private static boolean isForbidden(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || (c >= 0xFFFE && c <= 0xFFFF)
        || FORBIDDEN.indexOf(c) >= 0;
  }
}
