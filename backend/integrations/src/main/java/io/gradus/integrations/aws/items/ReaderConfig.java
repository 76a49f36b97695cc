package io.gradus.integrations.aws.items;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// How objects are read: an ItemReader's `ReaderConfig`, evaluated.
///
/// @param inputType null where it says none
/// @param manifest null where the object is no manifest
/// @param given the header; null where the first row is it
record ReaderConfig(
    @Nullable InputType inputType,
    @Nullable Manifest manifest,
    boolean flatten,
    char delimiter,
    @Nullable List<String> given,
    JsonPointer pointer) {
  enum InputType {
    CSV,
    JSON,
    JSONL,
    PARQUET
  }

  enum Manifest {
    S3_INVENTORY,
    ATHENA_DATA
  }

  private enum Transformation {
    NONE,
    LOAD_AND_FLATTEN
  }

  private enum Delimiter {
    COMMA(','),
    PIPE('|'),
    SEMICOLON(';'),
    SPACE(' '),
    TAB('\t');

    private final char value;

    Delimiter(char value) {
      this.value = value;
    }
  }

  private enum HeaderLocation {
    FIRST_ROW,
    GIVEN
  }

  /// How `InputType` says that the object is an inventory's manifest.
  private static final String MANIFEST = "MANIFEST";

  /// @throws io.gradus.engine.port.ItemFailure if it is none
  static ReaderConfig of(JsonNode config) {
    String type = text(config, "InputType");
    boolean isManifest = MANIFEST.equals(type);
    Manifest manifest = find(Manifest.class, config, "ManifestType");
    if (isManifest && manifest == null) {
      manifest = Manifest.S3_INVENTORY;
    }
    InputType inputType = isManifest ? null : find(InputType.class, config, "InputType");
    if (manifest == Manifest.S3_INVENTORY && inputType != null) {
      throw Faults.reader(
          "The field 'InputType' can't be specified with the ManifestType S3_INVENTORY");
    }
    if (manifest == Manifest.ATHENA_DATA && (inputType == null || inputType == InputType.JSON)) {
      throw Faults.reader(
          "The ManifestType ATHENA_DATA needs one of these values in the field 'InputType': [CSV,"
              + " JSONL, PARQUET]");
    }
    return new ReaderConfig(
        inputType,
        manifest,
        find(Transformation.class, config, "Transformation", Transformation.NONE)
            == Transformation.LOAD_AND_FLATTEN,
        find(Delimiter.class, config, "CSVDelimiter", Delimiter.COMMA).value,
        inputType == InputType.CSV ? headers(config) : null,
        pointer(config));
  }

  private static @Nullable List<String> headers(JsonNode config) {
    HeaderLocation location = find(HeaderLocation.class, config, "CSVHeaderLocation");
    if (location == null) {
      throw Faults.reader("The field 'CSVHeaderLocation' is required for the InputType CSV");
    }
    if (location == HeaderLocation.FIRST_ROW) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    for (JsonNode header : config.path("CSVHeaders")) {
      if (!header.isString()) {
        throw Faults.reader("The field 'CSVHeaders' must be a list of strings");
      }
      headers.add(header.stringValue());
    }
    if (headers.isEmpty()) {
      throw Faults.reader("The field 'CSVHeaders' is required for the CSVHeaderLocation GIVEN");
    }
    return headers;
  }

  private static JsonPointer pointer(JsonNode config) {
    String text = text(config, "ItemsPointer");
    try {
      return text == null ? JsonPointer.empty() : JsonPointer.compile(text);
    } catch (IllegalArgumentException _) {
      throw Faults.reader("The value for the field 'ItemsPointer' must be a JSON pointer");
    }
  }

  private static @Nullable String text(JsonNode config, String field) {
    JsonNode value = config.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw Faults.reader("The value for the field '" + field + "' must be a STRING");
    }
    return value.stringValue();
  }

  private static <E extends Enum<E>> E find(
      Class<E> type, JsonNode config, String field, E otherwise) {
    E found = find(type, config, field);
    return found == null ? otherwise : found;
  }

  private static <E extends Enum<E>> @Nullable E find(
      Class<E> type, JsonNode config, String field) {
    String text = text(config, field);
    if (text == null) {
      return null;
    }
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw Faults.reader(
        "The field '%s' should have one of these values: %s"
            .formatted(field, Arrays.toString(type.getEnumConstants())));
  }
}
