package io.gradus.integrations.aws.items;

import dev.hardwood.InputFile;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Part;
import io.gradus.integrations.aws.S3Objects.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A Parquet file in S3, fetched by ranges of one and the same object.
final class ParquetObject implements InputFile {
  /// As AWS: what a row group may have is the most that is read at once.
  static final int MAX_ROW_GROUP = 256 * 1024 * 1024;

  private static final int MAX_FOOTER = 5 * 1024 * 1024;

  /// The length of the footer and the magic number.
  private static final int TAIL = 8;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final S3Objects objects;
  private final Place place;
  private final Pin pin;

  /// @param pin null where reading begins
  /// @throws io.gradus.engine.port.ItemFailure if it is no Parquet file
  ParquetObject(S3Objects objects, Place place, @Nullable Pin pin) {
    this.objects = objects;
    this.place = place;
    this.pin = pin == null ? look() : pin;
    if (pin == null) {
      checkTail();
    }
  }

  private Pin look() {
    try {
      Part head = objects.read(place, null, 0, MAGIC.length);
      if (!Arrays.equals(head.content(), MAGIC)) {
        throw Faults.reader(place + " is not a Parquet file");
      }
      return new Pin(head.etag(), head.size());
    } catch (S3Objects.Failed failed) {
      throw Faults.reader(place, failed);
    }
  }

  private void checkTail() {
    if (pin.size() < MAGIC.length + TAIL) {
      throw Faults.reader(place + " is not a whole Parquet file");
    }
    ByteBuffer tail = readRange(pin.size() - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
    int footer = tail.getInt();
    byte[] magic = new byte[MAGIC.length];
    tail.get(magic);
    if (!Arrays.equals(magic, MAGIC) || footer <= 0 || footer > pin.size() - MAGIC.length - TAIL) {
      throw Faults.reader(place + " is not a whole Parquet file");
    }
    if (footer > MAX_FOOTER) {
      throw Faults.reader(
          "The footer of %s is larger than it may be: %d bytes".formatted(place, MAX_FOOTER));
    }
  }

  Pin pin() {
    return pin;
  }

  @Override
  public void open() {
    // There is nothing to be opened.
  }

  @Override
  public ByteBuffer readRange(long from, int length) {
    if (length < 0 || length > MAX_ROW_GROUP || from < 0 || from + length > pin.size()) {
      throw Faults.reader(place + " is not a whole Parquet file");
    }
    ByteBuffer read = ByteBuffer.allocate(length);
    while (read.hasRemaining()) {
      try {
        Part part =
            objects.read(
                place,
                pin.etag().isEmpty() ? null : pin.etag(),
                from + read.position(),
                Math.min(read.remaining(), S3Objects.MAX_READ));
        if (part.size() != pin.size()
            || part.content().length == 0
            || part.content().length > read.remaining()) {
          throw Faults.reader(place + " changed while its items were read");
        }
        read.put(part.content());
      } catch (S3Objects.Failed failed) {
        throw Faults.reader(place, failed);
      }
    }
    return read.flip();
  }

  @Override
  public long length() {
    return pin.size();
  }

  @Override
  public String name() {
    return place.toString();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
