package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.ItemFailure;
import io.gradus.integrations.aws.S3Objects.Place;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Documents in memory, read as those in S3 are.
final class Documents {
  private static final Place PLACE =
      new Place(new TenantId(new UUID(0, 1)), "bucket", "key", null, null);

  private Documents() {}

  /// Opens a source of a document.
  interface Opener {
    Source open(Text text, @Nullable JsonNode cursor);
  }

  static Text text(byte[] document, @Nullable JsonNode cursor) {
    int offset = cursor == null ? 0 : cursor.path("offset").intValue();
    ByteArrayInputStream in = new ByteArrayInputStream(document, offset, document.length - offset);
    return new Text(
        PLACE,
        new Pin("\"etag\"", document.length),
        Text.Packing.NONE,
        new Feed(PLACE.toString(), in, offset),
        in);
  }

  /// All items, and then the failure if there is one.
  static List<String> all(byte[] document, Opener opener) {
    return pages(document, opener, Integer.MAX_VALUE);
  }

  static List<String> all(String document, Opener opener) {
    return all(document.getBytes(StandardCharsets.UTF_8), opener);
  }

  /// The same, from a source that is opened again after every so many items.
  static List<String> pages(byte[] document, Opener opener, int size) {
    List<String> items = new ArrayList<>();
    JsonNode cursor = null;
    try {
      while (true) {
        try (Source source = opener.open(text(document, cursor), cursor)) {
          for (int i = 0; i < size; i++) {
            source.mark();
            Payload item = source.next();
            if (item == null) {
              return items;
            }
            items.add(item.toString());
          }
          source.mark();
          cursor = PayloadJson.MAPPER.readTree(source.marked().toString());
        }
      }
    } catch (ItemFailure failure) {
      items.add(failure.error() + ": " + failure.getMessage());
      return items;
    }
  }
}
