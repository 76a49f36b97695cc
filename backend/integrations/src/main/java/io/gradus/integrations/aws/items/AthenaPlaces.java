package io.gradus.integrations.aws.items;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects that Athena's manifest of an `UNLOAD` names: an `s3://` address on each line.
final class AthenaPlaces implements Places {
  private static final String SCHEME = "s3://";
  private static final int MAX_LINE = 16 * 1024;

  private final Place manifest;
  private final CsvRows rows;

  /// @param cursor as [#position] made it; null from the beginning
  AthenaPlaces(S3Objects objects, Place manifest, @Nullable JsonNode cursor) {
    this.manifest = manifest;
    this.rows = new CsvRows(Text.open(objects, manifest, cursor), ',', MAX_LINE, cursor);
  }

  @Override
  public @Nullable Place next() {
    List<String> row = rows.next();
    if (row == null) {
      return null;
    }
    String address = row.getFirst().strip();
    int slash = address.startsWith(SCHEME) ? address.indexOf('/', SCHEME.length()) : -1;
    if (slash <= SCHEME.length() || slash == address.length() - 1) {
      throw Faults.reader(rows.where() + " is not the address of an object in S3");
    }
    return new Place(
        manifest.tenant(),
        address.substring(SCHEME.length(), slash),
        address.substring(slash + 1),
        null,
        null);
  }

  @Override
  public ObjectNode position() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    rows.mark();
    rows.addTo(cursor);
    return cursor;
  }

  @Override
  public void close() {
    rows.close();
  }
}
