package io.gradus.integrations.aws.items;

import dev.hardwood.InputFile;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Part;
import io.gradus.integrations.aws.S3Objects.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// A Parquet file in S3, fetched by ranges of one and the same object.
final class ParquetObject implements InputFile {
  /// As AWS: what a row group may have is the most that is read at once.
  static final int MAX_ROW_GROUP = 256 * 1024 * 1024;

  /// What is read at once and held in memory; more goes over a file.
  private static final int IN_MEMORY = 256 * 1024;

  private static final int BLOCK = 1024 * 1024;

  /// Of a shelf: a row group, and what may be between its columns.
  private static final long SPAN = MAX_ROW_GROUP + 64L * BLOCK;

  private static final int MAX_FOOTER = 5 * 1024 * 1024;

  /// The length of the footer and the magic number.
  private static final int TAIL = 8;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final S3Objects objects;
  private final Place place;
  private final Pin pin;
  private @Nullable Shelf shelf;

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
  public synchronized ByteBuffer readRange(long from, int length) {
    if (length < 0 || length > MAX_ROW_GROUP || from < 0 || from + length > pin.size()) {
      throw Faults.reader(place + " is not a whole Parquet file");
    }
    if (length <= IN_MEMORY) {
      ByteBuffer read = ByteBuffer.allocate(length);
      fetch(from, read);
      return read.flip();
    }
    try {
      Shelf shelf = shelf(from, length);
      shelf.fill(from, from + length);
      return shelf.map(from, length);
    } catch (IOException broken) {
      throw Faults.noRoom(place, broken);
    }
  }

  /// Fills the buffer.
  private void fetch(long from, ByteBuffer read) {
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
  }

  /// What was fetched of a row group, and of another one no more.
  private Shelf shelf(long from, int length) throws IOException {
    Shelf known = shelf;
    if (known != null && from >= known.base && from + length <= known.base + SPAN) {
      return known;
    }
    if (known != null) {
      known.close();
    }
    Shelf another = new Shelf(from - from % BLOCK);
    shelf = another;
    return another;
  }

  /// A part of the object in a file of this node: pieces are fetched as they are needed, each once,
  /// and mapped into memory rather than held there.
  private final class Shelf {
    private final long base;
    private final Path file;
    private final FileChannel channel;
    private final BitSet fetched = new BitSet();

    Shelf(long base) throws IOException {
      this.base = base;
      file = Files.createTempFile("gradus-items", ".parquet");
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }

    void fill(long from, long to) throws IOException {
      for (long at = from - (from - base) % BLOCK; at < to; at += BLOCK) {
        int number = (int) ((at - base) / BLOCK);
        if (!fetched.get(number)) {
          ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, pin.size() - at));
          fetch(at, block);
          block.flip();
          for (long place = at - base; block.hasRemaining(); ) {
            place += channel.write(block, place);
          }
          fetched.set(number);
        }
      }
    }

    ByteBuffer map(long from, int length) throws IOException {
      return channel.map(FileChannel.MapMode.READ_ONLY, from - base, length);
    }

    void close() {
      try {
        channel.close();
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // It is in the system's folder of such files.
      }
    }
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
  public synchronized void close() {
    if (shelf != null) {
      shelf.close();
      shelf = null;
    }
  }
}
