package io.gradus.service;

import org.jspecify.annotations.Nullable;

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

  /// Lets text pass that can be kept: the database has none with a NUL.
  ///
  /// @param what it is, for the caller
  /// @throws Refusal ValidationException
  public static void checkText(String what, @Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw new Refusal(
          ErrorCode.VALIDATION, "The " + what + " has a character that none may have");
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
