package io.gradus.engine.map;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How results are written: a ResultWriter's `WriterConfig`.
public record WriterConfig(OutputType outputType, Transformation transformation) {
  /// The form of a file.
  public enum OutputType {
    /// One array.
    JSON("json"),
    /// A value on each line.
    JSONL("jsonl");

    private final String extension;

    OutputType(String extension) {
      this.extension = extension;
    }

    /// Of the files' names.
    public String extension() {
      return extension;
    }
  }

  /// What is written of a child that succeeded. Of others everything is, whatever is configured.
  public enum Transformation {
    /// All that is known of it.
    NONE,
    /// Its output.
    COMPACT,
    /// Its output; the elements of it where it is an array.
    FLATTEN
  }

  /// @param config the `WriterConfig`; null where there is none
  /// @param exported whether results go to files: then everything is written unless it says
  ///   otherwise, and else the outputs alone
  /// @throws IllegalArgumentException with a sentence for the author, if it has values that there
  ///   are not
  public static WriterConfig of(@Nullable JsonNode config, boolean exported) {
    return new WriterConfig(
        value(OutputType.class, config, "OutputType", OutputType.JSON),
        value(
            Transformation.class,
            config,
            "Transformation",
            exported ? Transformation.NONE : Transformation.COMPACT));
  }

  private static <E extends Enum<E>> E value(
      Class<E> type, @Nullable JsonNode config, String field, E otherwise) {
    JsonNode value = config == null ? null : config.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(value.asString(""))) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "The field '%s' of WriterConfig should have one of these values: %s"
            .formatted(field, Arrays.toString(type.getEnumConstants())));
  }
}
