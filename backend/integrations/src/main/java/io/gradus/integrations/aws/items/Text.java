package io.gradus.integrations.aws.items;

import com.github.luben.zstd.ZstdInputStream;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object whose bytes are text, packed or not, from some place on. Where it is not packed, only
/// what is read is fetched; where it is, coming back to a place means unpacking what is before it
/// once more.
///
/// @param feed positions in it are of the unpacked text
record Text(Place place, Pin pin, Packing packing, Feed feed, InputStream in) {
  /// What unpacking may take in memory, as a power of two: more than zstd's level 19 asks for.
  private static final int MAX_WINDOW_LOG = 24;

  /// How an object is packed, told by its first bytes.
  enum Packing {
    NONE,
    GZIP,
    ZSTD;

    static Packing of(byte[] head) {
      if (head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
        return GZIP;
      }
      if (head.length > 3
          && (head[0] & 0xff) == 0x28
          && (head[1] & 0xff) == 0xb5
          && (head[2] & 0xff) == 0x2f
          && (head[3] & 0xff) == 0xfd) {
        return ZSTD;
      }
      return NONE;
    }

    InputStream unpack(InputStream in) throws IOException {
      return switch (this) {
        case NONE -> in;
        case GZIP -> new GZIPInputStream(in, 32 * 1024);
        case ZSTD -> {
          ZstdInputStream zstd = new ZstdInputStream(in);
          zstd.setLongMax(MAX_WINDOW_LOG);
          yield zstd;
        }
      };
    }
  }

  /// @param cursor as [#addTo] wrote it; null from the beginning
  static Text open(S3Objects objects, Place place, @Nullable JsonNode cursor) {
    Pin pin = cursor == null ? null : Pin.of(cursor);
    Packing packing =
        cursor == null
            ? Packing.NONE
            : Packing.valueOf(cursor.path("packing").asString(Packing.NONE.name()));
    long offset = cursor == null ? 0 : cursor.path("offset").asLong(0);
    ObjectStream stream =
        new ObjectStream(objects, place, pin, packing == Packing.NONE ? offset : 0);
    if (cursor == null) {
      packing = Packing.of(stream.head(4));
    }
    if (packing == Packing.NONE) {
      return new Text(
          place, stream.pin(), packing, new Feed(place.toString(), stream, offset), stream);
    }
    try {
      InputStream unpacked = packing.unpack(stream);
      Feed feed = new Feed(place.toString(), unpacked, 0);
      feed.skip(offset);
      return new Text(place, stream.pin(), packing, feed, unpacked);
    } catch (IOException broken) {
      throw Faults.reader("%s can't be unpacked: %s".formatted(place, Faults.quoted(broken)));
    }
  }

  /// Where it begins, after the mark that some editors put there.
  ///
  /// @throws io.gradus.engine.port.ItemFailure if it is in another encoding than UTF-8
  void begin() {
    int first = feed.peek();
    if (first == 0xfe || first == 0xff || feed.hasNulAmong(2)) {
      throw Faults.reader(place + " is not encoded in UTF-8");
    }
    if (first == 0xef) {
      feed.read();
      if (feed.read() != 0xbb || feed.read() != 0xbf) {
        throw Faults.reader(place + " is not encoded in UTF-8: line 1");
      }
    }
  }

  void addTo(ObjectNode cursor, long offset) {
    pin.addTo(cursor);
    cursor.put("offset", offset);
    if (packing != Packing.NONE) {
      cursor.put("packing", packing.name());
    }
  }

  int weight() {
    return switch (packing) {
      case NONE -> 1 << 20;
      case GZIP -> 2 << 20;
      case ZSTD -> 8 << 20;
    };
  }

  void close() {
    try {
      in.close();
    } catch (IOException _) {
      // Nothing is lost: it was read only.
    }
  }
}
