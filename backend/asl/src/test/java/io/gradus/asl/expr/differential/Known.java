package io.gradus.asl.expr.differential;

import java.util.Arrays;
import java.util.Optional;

/// Differences that stay, each told of in `docs/jsonata.md`. What belongs to none of them is a
/// fault.
enum Known {
  /// The reference itself fails, at a place of its own code: `comp is not a function`.
  REFERENCE_FAILS,
  /// Work, memory or depth that one of the two does not allow.
  BOUND,
  /// `@$x`, `#$x` and `%` whose path finds nothing, before a grouping or another step.
  TUPLES,
  /// Patterns see code points, and the reference the halves of surrogate pairs.
  CODE_POINTS,
  /// Texts become UTF-8 before they become base64, and not Latin-1.
  BASE64,
  /// A transformation of null is null, and a fault in the reference.
  TRANSFORMED_NULL,
  /// What stands for an argument that is left out of a call in tail position.
  CONTEXT,
  /// Both fail; which of two faults is met first is another.
  OTHER_FAULT;

  static Optional<Known> of(Generated one, Answer reference, Answer gradus) {
    return Arrays.stream(values()).filter(k -> k.explains(one, reference, gradus)).findFirst();
  }

  private boolean explains(Generated one, Answer reference, Answer gradus) {
    String text = one.expression();
    return switch (this) {
      case REFERENCE_FAILS ->
          (reference instanceof Answer.Failed failed && failed.code() == null)
              || (reference instanceof Answer.Value value
                  && value.json().toString().contains("async function"));
      case BOUND -> reference instanceof Answer.Bounded;
      case TUPLES ->
          (text.contains("@$") || text.contains("#$") || text.contains("%"))
              && gradus instanceof Answer.Failed failed
              && failed.code() == null;
      case CODE_POINTS -> text.contains("/") && surrogates(text + one.input());
      case BASE64 -> text.contains("base64");
      case TRANSFORMED_NULL ->
          reference instanceof Answer.Failed failed
              && failed.message().contains("of function undefined");
      case CONTEXT -> reference instanceof Answer.Failed failed && "T0411".equals(failed.code());
      case OTHER_FAULT -> reference instanceof Answer.Failed && gradus instanceof Answer.Failed;
    };
  }

  private static boolean surrogates(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }
}
