package io.gradus.integrations.aws.items;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.ItemFailure;
import io.gradus.integrations.aws.S3Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/// Failures of readers and writers, as sentences for whoever wrote the machine.
final class Faults {
  /// AWS's own limit on causes.
  private static final int MAX_CAUSE = 32_768;

  /// Of what a parser says, which may quote what it read.
  private static final int MAX_QUOTED = 300;

  /// A place in what the parser was given, which is not always the document's beginning.
  private static final Pattern PLACE = Pattern.compile(" \\(start marker at .*| in [A-Z_]+$");

  private Faults() {}

  static ItemFailure reader(String cause) {
    return new ItemFailure(ErrorName.ITEM_READER_FAILED, bounded(cause, MAX_CAUSE), false);
  }

  /// @param what could not be read: a place
  static ItemFailure reader(Object what, S3Objects.Failed failed) {
    String why =
        failed.isChanged()
            ? what + " changed while its items were read"
            : "Reading " + what + " failed: " + failed.problem();
    return new ItemFailure(
        ErrorName.ITEM_READER_FAILED, bounded(why, MAX_CAUSE), failed.isPassing());
  }

  static ItemFailure writer(Object what, S3Objects.Failed failed) {
    return new ItemFailure(
        ErrorName.RESULT_WRITER_FAILED,
        bounded("Writing " + what + " failed: " + failed.problem(), MAX_CAUSE),
        failed.isPassing());
  }

  static ItemFailure writer(String cause) {
    return new ItemFailure(ErrorName.RESULT_WRITER_FAILED, bounded(cause, MAX_CAUSE), false);
  }

  /// This node can't keep what it is to read.
  static ItemFailure noRoom(Object what, Exception broken) {
    return new ItemFailure(
        ErrorName.ITEM_READER_FAILED,
        bounded(
            "Reading %s failed: no room to keep a part of it: %s".formatted(what, quoted(broken)),
            MAX_CAUSE),
        true);
  }

  static ItemFailure tooLarge(String where, int maxBytes) {
    return reader("%s is larger than an item may be: %d bytes".formatted(where, maxBytes));
  }

  /// What a parser says, short.
  static String quoted(Throwable problem) {
    String message =
        problem instanceof JacksonException json
            ? PLACE.matcher(json.getOriginalMessage()).replaceAll("")
            : problem.getMessage();
    return bounded(String.valueOf(message).replace('\n', ' '), MAX_QUOTED);
  }

  private static String bounded(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }
}
