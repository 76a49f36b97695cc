package io.gradus.asl.parse;

import io.gradus.asl.model.QueryLanguage;
import java.util.List;

/// The words of the language, as the parser takes them: for those who help people write it.
public final class Vocabulary {
  private Vocabulary() {}

  /// The types of states, in AWS's order.
  public static List<String> types() {
    return StateFields.TYPES;
  }

  /// The fields that a state of this type takes in this language, sorted.
  public static List<String> fields(String type, QueryLanguage language) {
    return StateFields.of(type, language);
  }
}
