package io.gradus.asl.parse;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/// The timestamps of the language: RFC 3339 with an uppercase `T` and `Z`.
final class Timestamps {
  private static final Pattern RFC3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private Timestamps() {}

  /// Whether a field holds a timestamp; a fault is noted where it does not.
  static boolean check(Fields fields, String field) {
    String text = fields.text(field);
    if (text == null) {
      return false;
    }
    if (!isTimestamp(text)) {
      fields.faults().schema("String does not match RFC3339 timestamp", fields.at(field));
      return false;
    }
    return true;
  }

  static boolean isTimestamp(String text) {
    if (!RFC3339.matcher(text).matches()) {
      return false;
    }
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
