package io.gradus.integrations.aws.items;

import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Part;
import io.gradus.integrations.aws.S3Objects.Place;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An object's bytes from some place on, fetched a piece at a time and only as far as they are
/// read. All pieces are of one object, or it fails.
final class ObjectStream extends InputStream {
  /// The first piece may be all that is wanted.
  private static final int FIRST = 256 * 1024;

  private static final int MOST = 1024 * 1024;

  /// As AWS: larger files are refused.
  private static final long MAX_OBJECT = 10L * 1024 * 1024 * 1024;

  private final S3Objects objects;
  private final Place place;
  private @Nullable Pin pin;
  private byte[] piece = new byte[0];
  private int at;
  private long fetched;
  private int length = FIRST;

  /// @param pin null where reading begins
  ObjectStream(S3Objects objects, Place place, @Nullable Pin pin, long from) {
    this.objects = objects;
    this.place = place;
    this.pin = pin;
    this.fetched = from;
    if (pin == null) {
      fetch();
    }
  }

  Pin pin() {
    return Objects.requireNonNull(pin);
  }

  /// The first bytes, without reading them.
  byte[] head(int bytes) {
    return Arrays.copyOf(piece, Math.min(bytes, piece.length));
  }

  private boolean fetch() {
    Pin known = pin;
    if (known != null && fetched >= known.size()) {
      return false;
    }
    Part part;
    try {
      part =
          objects.read(
              place,
              known == null || known.etag().isEmpty() ? null : known.etag(),
              fetched,
              length);
    } catch (S3Objects.Failed failed) {
      throw Faults.reader(place, failed);
    }
    if (known == null) {
      if (part.size() > MAX_OBJECT) {
        throw Faults.reader(
            "%s is larger than a file of items may be: %d bytes".formatted(place, MAX_OBJECT));
      }
      pin = new Pin(part.etag(), part.size());
    } else if (known.size() != part.size() || part.content().length == 0) {
      throw Faults.reader(place + " changed while its items were read");
    }
    piece = part.content();
    at = 0;
    fetched += piece.length;
    length = Math.min(2 * length, MOST);
    return piece.length > 0;
  }

  @Override
  public int read() {
    if (at == piece.length && !fetch()) {
      return -1;
    }
    return piece[at++] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) {
    if (most == 0) {
      return 0;
    }
    if (at == piece.length && !fetch()) {
      return -1;
    }
    int read = Math.min(most, piece.length - at);
    System.arraycopy(piece, at, into, from, read);
    at += read;
    return read;
  }

  /// What is left of the object: who reads compressed files that were put together asks whether
  /// another one follows.
  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, pin().size() - fetched + piece.length - at);
  }
}
