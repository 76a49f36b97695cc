package io.gradus.console.approvals;

import java.util.Locale;

/// Names that programs gave things, as people read them.
final class Labels {
  private Labels() {}

  /// `costCentre` and `cost_centre` are "Cost centre"; what has spaces is somebody's own wording.
  static String of(String name) {
    if (name.isBlank() || name.indexOf(' ') >= 0) {
      return name;
    }
    String words =
        name.replaceAll("[_-]+", " ")
            .replaceAll("(?<=\\p{Ll}|\\d)(?=\\p{Lu})", " ")
            .replaceAll("(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", " ")
            .strip();
    if (words.isEmpty()) {
      return name;
    }
    StringBuilder label = new StringBuilder();
    for (String word : words.split(" +")) {
      boolean initials = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
      label
          .append(label.isEmpty() ? "" : " ")
          .append(initials ? word : word.toLowerCase(Locale.ROOT));
    }
    return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
  }

  /// An outcome as the verb on its button.
  static String verb(String outcome) {
    return switch (outcome) {
      case "APPROVED" -> "Approve";
      case "REJECTED" -> "Reject";
      default -> word(outcome);
    };
  }

  /// An outcome as what came of it.
  static String word(String outcome) {
    return outcome.equals(outcome.toUpperCase(Locale.ROOT))
        ? of(outcome.toLowerCase(Locale.ROOT))
        : of(outcome);
  }

  /// The letters that stand for a person.
  static String initials(String name) {
    String[] parts = name.strip().split("[\\s._-]+");
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      if ((i == 0 || i == parts.length - 1) && !parts[i].isEmpty()) {
        letters.appendCodePoint(Character.toUpperCase(parts[i].codePointAt(0)));
      }
    }
    return letters.toString();
  }
}
