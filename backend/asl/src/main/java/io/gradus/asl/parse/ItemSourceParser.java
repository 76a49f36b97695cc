package io.gradus.asl.parse;

import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.Resource;
import io.gradus.asl.parse.Expressions.PathKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads `ItemReader`, `ItemBatcher` and `ResultWriter`.
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

  /// What of the three is evaluated when the Map runs.
  record Sources(
      MapSpec.@Nullable Source source,
      MapSpec.@Nullable Batcher batcher,
      MapSpec.@Nullable Sink sink) {}

  Sources read(Fields map, QueryLanguage language) {
    Fields reader = map.object("ItemReader");
    Fields batcher = map.object("ItemBatcher");
    Fields writer = map.object("ResultWriter");
    return new Sources(
        reader == null ? null : reader(reader, language),
        batcher == null ? null : batcher(batcher, language),
        writer == null ? null : writer(writer, language));
  }

  private MapSpec.@Nullable Source reader(Fields reader, QueryLanguage language) {
    reader.only(READER);
    reader.require("Resource");
    Resource resource = resource(reader, READERS);
    Expr arguments = arguments(reader, language);
    Expr maxItems = null;
    Expr plain = null;
    Fields config = reader.object("ReaderConfig");
    if (config != null) {
      maxItems = config(config, language);
      ObjectNode rest = config.node().deepCopy();
      rest.remove(List.of("MaxItems", "MaxItemsPath"));
      plain = expressions.template(language, rest, config.at());
    }
    return resource == null ? null : new MapSpec.Source(resource, plain, maxItems, arguments);
  }

  /// @return `MaxItems`
  private @Nullable Expr config(Fields config, QueryLanguage language) {
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
    if ("JSON".equals(type) && config.has("ManifestType")) {
      config.faults().schema("Field 'ManifestType' is not supported", config.at());
    }
    String transformation = config.oneOf("Transformation", List.of("NONE", "LOAD_AND_FLATTEN"));
    if ("LOAD_AND_FLATTEN".equals(transformation) && !config.has("InputType")) {
      config.faults().schema("The field 'InputType' is required", config.at());
    }
    itemsPointer(config);
    config.atMostOne("MaxItems", "MaxItemsPath");
    return expressions.integer(
        language, config, "MaxItems", 0, MAX_ITEMS, PathKind.REFERENCE_WITHOUT_CONTEXT);
  }

  private static void itemsPointer(Fields config) {
    String pointer = config.text("ItemsPointer");
    if (pointer != null
        && !pointer.isEmpty()
        && !pointer.startsWith("/")
        && !Expressions.isExpression(config.get("ItemsPointer"))) {
      config
          .faults()
          .schema(
              "Invalid input: JSON Pointer expression must start with '/': \"" + pointer + "\"",
              config.at("ItemsPointer"));
    }
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

  private MapSpec.Batcher batcher(Fields batcher, QueryLanguage language) {
    batcher.only(BATCHER);
    StateFields.checkLanguage(batcher, language);
    return new MapSpec.Batcher(
        bound(batcher, language, "MaxItemsPerBatch"),
        bound(batcher, language, "MaxInputBytesPerBatch"),
        expressions.template(language, batcher, "BatchInput"));
  }

  private @Nullable Expr bound(Fields batcher, QueryLanguage language, String field) {
    batcher.atMostOne(field, field + "Path");
    return expressions.integer(
        language, batcher, field, 0, Long.MAX_VALUE, PathKind.REFERENCE_WITHOUT_CONTEXT);
  }

  private MapSpec.Sink writer(Fields writer, QueryLanguage language) {
    writer.only(WRITER);
    if (!writer.has("WriterConfig")) {
      writer.require("Resource");
    }
    Resource resource = resource(writer, WRITERS);
    Expr arguments = arguments(writer, language);
    Fields config = writer.object("WriterConfig");
    if (config != null) {
      config.only(Set.of("OutputType", "Transformation"));
      config.oneOf("OutputType", List.of("JSON", "JSONL"));
      config.oneOf("Transformation", List.of("NONE", "COMPACT", "FLATTEN"));
    }
    return new MapSpec.Sink(resource, arguments, config == null ? null : config.node());
  }

  private static @Nullable Resource resource(Fields fields, Pattern allowed) {
    String resource = fields.text("Resource");
    if (resource == null) {
      return null;
    }
    if (!allowed.matcher(resource).matches()) {
      fields
          .faults()
          .schema(
              "The field 'Resource' does not match any of the allowed values",
              fields.at("Resource"));
    }
    return new Resource(resource);
  }

  private @Nullable Expr arguments(Fields fields, QueryLanguage language) {
    StateFields.checkLanguage(fields, language);
    String field = language == QueryLanguage.JSONPATH ? "Parameters" : "Arguments";
    JsonNode value = fields.get(field);
    if (value != null && !value.isObject() && !Expressions.isExpression(value)) {
      fields.expected("[OBJECT]", field);
    }
    return expressions.template(language, fields, field);
  }
}
