package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Place;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The files of an S3 inventory, by its manifest. How they are to be read is looked up once, and
/// then goes along in the cursor; the files themselves are read off the manifest as they are
/// needed.
final class Inventory implements Places {
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final JsonPointer FILES = JsonPointer.compile("/files");
  private static final int MAX_FILE_ENTRY = 16 * 1024;
  private static final int MAX_SCHEMA = 8 * 1024;

  private final Place manifest;
  private final String format;
  private final String schema;
  private final String bucket;
  private final JsonSource files;

  /// @param cursor as [#position] made it; null from the beginning
  Inventory(S3Objects objects, Place manifest, @Nullable JsonNode cursor) {
    this.manifest = manifest;
    JsonNode head = cursor == null ? head(objects, manifest) : cursor;
    format = head.path("fileFormat").asString("");
    schema = head.path("fileSchema").asString("");
    String arn = head.path("destinationBucket").asString("");
    bucket = arn.substring(arn.lastIndexOf(':') + 1);
    if (bucket.isEmpty() || schema.isEmpty() || schema.length() > MAX_SCHEMA) {
      throw Faults.reader(manifest + " is not the manifest of an S3 inventory");
    }
    if (!format.equals("CSV") && !format.equals("Parquet")) {
      throw Faults.reader(
          "%s is of an S3 inventory in the format %s, which is not supported: there are CSV and"
                  .formatted(manifest, format)
              + " Parquet");
    }
    JsonNode at = cursor == null ? null : cursor.path("files");
    files = new JsonSource(Text.open(objects, manifest, at), FILES, MAX_FILE_ENTRY, at);
  }

  /// The fields beside the files, wherever they stand.
  private static ObjectNode head(S3Objects objects, Place manifest) {
    ObjectNode head = PayloadJson.MAPPER.createObjectNode();
    Text text = Text.open(objects, manifest, null);
    text.begin();
    try (JsonParser parser = PayloadJson.MAPPER.createParser(text.feed().stream())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Faults.reader(manifest + " is not the manifest of an S3 inventory");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          switch (name) {
            case "fileFormat", "fileSchema", "destinationBucket" ->
                head.put(name, parser.getString());
            default -> {
              // Nothing that is needed to read the files.
            }
          }
        } else {
          parser.skipChildren();
        }
      }
      return head;
    } catch (JacksonException invalid) {
      throw Faults.reader("%s is not JSON: %s".formatted(manifest, Faults.quoted(invalid)));
    } finally {
      text.close();
    }
  }

  /// How its files are read.
  ReaderConfig config() {
    boolean csv = format.equals("CSV");
    return new ReaderConfig(
        csv ? ReaderConfig.InputType.CSV : ReaderConfig.InputType.PARQUET,
        null,
        false,
        ',',
        csv ? List.of(COMMA.split(schema.strip())) : null,
        JsonPointer.empty());
  }

  @Override
  public @Nullable Place next() {
    Payload file = files.next();
    if (file == null) {
      return null;
    }
    String key = file.json().path("key").asString("");
    if (key.isEmpty()) {
      throw Faults.reader(manifest + " names a file without a key");
    }
    return new Place(manifest.tenant(), bucket, key, null, null);
  }

  @Override
  public ObjectNode position() {
    files.mark();
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    cursor.put("fileFormat", format).put("fileSchema", schema).put("destinationBucket", bucket);
    cursor.set("files", files.marked());
    return cursor;
  }

  @Override
  public void close() {
    files.close();
  }
}
