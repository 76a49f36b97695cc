package io.gradus.integrations.aws.items;

import io.gradus.engine.TenantId;
import io.gradus.engine.port.ItemReader.Query;
import io.gradus.integrations.Arguments;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.ListRequest;
import io.gradus.integrations.aws.S3Objects.Place;
import io.gradus.integrations.aws.items.ReaderConfig.InputType;
import io.gradus.integrations.aws.items.ReaderConfig.Manifest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Opens what a reader reads.
final class Sources {
  private static final String GET = "s3:getObject";
  private static final String LIST = "s3:listObjectsV2";
  private static final String BUCKET = "Bucket";
  private static final String KEY = "Key";
  private static final String VERSION = "VersionId";
  private static final String OWNER = "ExpectedBucketOwner";
  private static final String PREFIX = "Prefix";
  private static final String START_AFTER = "StartAfter";
  private static final Set<String> GET_FIELDS = Set.of(BUCKET, KEY, VERSION, OWNER);
  private static final Set<String> LIST_FIELDS = Set.of(BUCKET, PREFIX, START_AFTER, OWNER);

  private final S3Objects objects;
  private final int maxItemBytes;

  Sources(S3Objects objects, int maxItemBytes) {
    this.objects = objects;
    this.maxItemBytes = maxItemBytes;
  }

  /// @param cursor of the source; null from the beginning
  /// @throws io.gradus.engine.port.ItemFailure if it can't be opened
  Located open(Query query, @Nullable JsonNode cursor) {
    String resource = query.resource().resourceType() + ":" + query.resource().action();
    TenantId tenant = query.execution().tenant();
    ReaderConfig config = ReaderConfig.of(query.config());
    try {
      return switch (resource) {
        case GET -> object(tenant, config, query.arguments(), cursor);
        case LIST -> list(tenant, config, query.arguments(), cursor);
        default ->
            throw Faults.reader(
                "The resource '%s' can't be read by an ItemReader; there are %s and %s"
                    .formatted(query.resource(), GET, LIST));
      };
    } catch (InvalidArguments invalid) {
      throw Faults.reader(String.valueOf(invalid.getMessage()));
    }
  }

  private Located object(
      TenantId tenant, ReaderConfig config, JsonNode json, @Nullable JsonNode cursor)
      throws InvalidArguments {
    Arguments arguments = Arguments.of(json, GET_FIELDS);
    Place place =
        new Place(
            tenant,
            arguments.required(BUCKET),
            arguments.required(KEY),
            arguments.text(VERSION),
            arguments.text(OWNER));
    if (config.flatten()) {
      throw Faults.reader("The Transformation LOAD_AND_FLATTEN is for listObjectsV2 alone");
    }
    JsonNode after = cursor == null ? null : cursor.path("after");
    if (config.manifest() == Manifest.S3_INVENTORY) {
      Inventory inventory = new Inventory(objects, place, after);
      ReaderConfig files = inventory.config();
      return new FlatSource(inventory, (each, at) -> data(files, each, at), place, cursor);
    }
    if (config.manifest() == Manifest.ATHENA_DATA) {
      return new FlatSource(
          new AthenaPlaces(objects, place, after),
          (each, at) -> data(config, each, at),
          place,
          cursor);
    }
    return new Located.In(Located.uri(place), data(config, place, cursor));
  }

  private Located list(
      TenantId tenant, ReaderConfig config, JsonNode json, @Nullable JsonNode cursor)
      throws InvalidArguments {
    Arguments arguments = Arguments.of(json, LIST_FIELDS);
    String bucket = arguments.required(BUCKET);
    String prefix = arguments.text(PREFIX);
    ListRequest request =
        new ListRequest(
            tenant,
            bucket,
            prefix == null ? "" : prefix,
            arguments.text(START_AFTER),
            arguments.text(OWNER),
            null);
    if (!config.flatten()) {
      return new ListSource(new ObjectList(objects, request, cursor), Located.uri(bucket));
    }
    if (config.inputType() == null) {
      throw Faults.reader(
          "The field 'InputType' is required for the Transformation LOAD_AND_FLATTEN");
    }
    ObjectList list =
        new ObjectList(objects, request, cursor == null ? null : cursor.path("after"));
    return new FlatSource(
        new ListedPlaces(list, tenant, bucket, request.owner()),
        (each, at) -> data(config, each, at),
        new Place(tenant, bucket, "", null, request.owner()),
        cursor);
  }

  /// The items in one object.
  private Source data(ReaderConfig config, Place place, @Nullable JsonNode cursor) {
    InputType type = config.inputType();
    return switch (type) {
      case null -> throw Faults.reader("The field 'InputType' is required to read an object");
      case CSV ->
          new CsvSource(
              new CsvRows(
                  Text.open(objects, place, cursor), config.delimiter(), maxItemBytes, cursor),
              config.given(),
              cursor);
      case JSON ->
          new JsonSource(Text.open(objects, place, cursor), config.pointer(), maxItemBytes, cursor);
      case JSONL -> new JsonLinesSource(Text.open(objects, place, cursor), maxItemBytes, cursor);
      case PARQUET -> {
        if (place.versionId() != null) {
          throw Faults.reader("The field 'VersionId' is not supported for the InputType PARQUET");
        }
        yield new ParquetSource(objects, place, maxItemBytes, cursor);
      }
    };
  }
}
