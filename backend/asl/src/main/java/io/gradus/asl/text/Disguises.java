package io.gradus.asl.text;

/// Characters that do not show, or make a text read otherwise than it is.
public final class Disguises {
  private Disguises() {}

  /// Whether it is one of them: a control, a line end, what turns the direction of a text, or what
  /// no font has.
  ///
  /// @param character a code point
  public static boolean isOne(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
