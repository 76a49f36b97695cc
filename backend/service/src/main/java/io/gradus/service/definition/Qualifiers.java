package io.gradus.service.definition;

import java.util.Optional;

/// What stands after a state machine's name in an ARN: a version's number or an alias's name. No
/// alias is named with digits alone.
final class Qualifiers {
  private static final int LONGEST = 9;

  private Qualifiers() {}

  /// The version's number; empty for an alias.
  static Optional<Integer> version(String qualifier) {
    boolean number =
        qualifier.length() <= LONGEST
            && qualifier.chars().allMatch(c -> c >= '0' && c <= '9')
            && qualifier.charAt(0) != '0';
    return number ? Optional.of(Integer.valueOf(qualifier)) : Optional.empty();
  }
}
