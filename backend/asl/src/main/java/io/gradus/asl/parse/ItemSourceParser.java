package io.gradus.asl.parse;

import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.parse.Expressions.PathKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Checks `ItemReader`, `ItemBatcher` and `ResultWriter`. They are kept as they were written, and
/// evaluated by whoever reads and writes.
final class ItemSourceParser {
  private static final Pattern READERS =
      Pattern.compile("arn:[^:]+:states:::s3:(getObject|listObjectsV2)");
  private static final Pattern WRITERS = Pattern.compile("arn:[^:]+:states:::s3:putObject");
  private static final long MAX_ITEMS = 100_000_000;

  private static final Set<String> READER =
      Set.of("Resource", "ReaderConfig", "Parameters", "Arguments", "Comment");
  private static final Set<String> READER_CONFIG =
      Set.of(
          "InputType",
          "ManifestType",
          "CSVHeaderLocation",
          "CSVHeaders",
          "CSVDelimiter",
          "MaxItems",
          "MaxItemsPath",
          "ItemsPointer",
          "Transformation");
  private static final Set<String> CSV_ONLY =
      Set.of("CSVHeaderLocation", "CSVHeaders", "CSVDelimiter");
  private static final Set<String> BATCHER =
      Set.of(
          "BatchInput",
          "MaxItemsPerBatch",
          "MaxItemsPerBatchPath",
          "MaxInputBytesPerBatch",
          "MaxInputBytesPerBatchPath",
          "Comment");
  private static final Set<String> WRITER =
      Set.of("Resource", "Parameters", "Arguments", "WriterConfig", "Comment");

  private final Expressions expressions;

  ItemSourceParser(Expressions expressions) {
    this.expressions = expressions;
  }

  void check(Fields map, QueryLanguage language) {
    Fields reader = map.object("ItemReader");
    if (reader != null) {
      reader(reader, language);
    }
    Fields batcher = map.object("ItemBatcher");
    if (batcher != null) {
      batcher(batcher, language);
    }
    Fields writer = map.object("ResultWriter");
    if (writer != null) {
      writer(writer, language);
    }
  }

  private void reader(Fields reader, QueryLanguage language) {
    reader.only(READER);
    reader.require("Resource");
    resource(reader, READERS);
    arguments(reader, language);
    Fields config = reader.object("ReaderConfig");
    if (config == null) {
      return;
    }
    config.only(READER_CONFIG);
    StateFields.checkLanguage(config, language);
    String type = config.oneOf("InputType", List.of("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"));
    if ("CSV".equals(type)) {
      csv(config);
    } else if (type != null && !"MANIFEST".equals(type)) {
      CSV_ONLY.stream()
          .filter(config::has)
          .forEach(
              name ->
                  config
                      .faults()
                      .schema("Field '%s' is not supported".formatted(name), config.at()));
    }
    config.oneOf("ManifestType", List.of("ATHENA_DATA", "S3_INVENTORY"));
    config.oneOf("Transformation", List.of("NONE", "LOAD_AND_FLATTEN"));
    config.text("ItemsPointer");
    config.atMostOne("MaxItems", "MaxItemsPath");
    expressions.integer(
        language, config, "MaxItems", 0, MAX_ITEMS, PathKind.REFERENCE_WITHOUT_CONTEXT);
  }

  private static void csv(Fields config) {
    if (!config.has("CSVHeaderLocation")) {
      config.faults().schema("The field 'CSVHeaderLocation' is required", config.at());
    }
    String location = config.oneOf("CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN"));
    if ("GIVEN".equals(location)) {
      config.require("CSVHeaders");
    }
    config.array("CSVHeaders", true);
    config.oneOf("CSVDelimiter", List.of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"));
  }

  private void batcher(Fields batcher, QueryLanguage language) {
    batcher.only(BATCHER);
    StateFields.checkLanguage(batcher, language);
    for (String each : List.of("MaxItemsPerBatch", "MaxInputBytesPerBatch")) {
      batcher.atMostOne(each, each + "Path");
      expressions.integer(
          language, batcher, each, 0, Long.MAX_VALUE, PathKind.REFERENCE_WITHOUT_CONTEXT);
    }
    expressions.template(language, batcher, "BatchInput");
  }

  private void writer(Fields writer, QueryLanguage language) {
    writer.only(WRITER);
    if (!writer.has("WriterConfig")) {
      writer.require("Resource");
    }
    resource(writer, WRITERS);
    arguments(writer, language);
    Fields config = writer.object("WriterConfig");
    if (config != null) {
      config.only(Set.of("OutputType", "Transformation"));
      config.oneOf("OutputType", List.of("JSON", "JSONL"));
      config.oneOf("Transformation", List.of("NONE", "COMPACT", "FLATTEN"));
    }
  }

  private static void resource(Fields fields, Pattern allowed) {
    String resource = fields.text("Resource");
    if (resource != null && !allowed.matcher(resource).matches()) {
      fields
          .faults()
          .schema(
              "The field 'Resource' does not match any of the allowed values",
              fields.at("Resource"));
    }
  }

  private void arguments(Fields fields, QueryLanguage language) {
    StateFields.checkLanguage(fields, language);
    String field = language == QueryLanguage.JSONPATH ? "Parameters" : "Arguments";
    JsonNode value = fields.get(field);
    if (value != null && !value.isObject() && !Expressions.isExpression(value)) {
      fields.expected("[OBJECT]", field);
    }
    expressions.template(language, fields, field);
  }
}
