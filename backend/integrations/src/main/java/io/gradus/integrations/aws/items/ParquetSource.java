package io.gradus.integrations.aws.items;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.ParquetFileReader.RowReaderBuilder;
import dev.hardwood.reader.RowReader;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.ItemFailure;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Place;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A row of a Parquet file is an item: an object with a member for each column. One comes back to a
/// row by its number: the row groups before it are not read again, and of its own only what is
/// before it. Rows are decoded a window at a time, because the reader would decode a whole row
/// group ahead.
final class ParquetSource implements Source {
  /// What the reader takes, for batches of all columns and what is decoded ahead: measured with few
  /// columns, in bytes.
  static final int WEIGHT = 96 << 20;

  /// Rows decoded at once, as they are unpacked.
  private static final int WINDOW =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / 128, 4L << 20, 16L << 20);

  private static final int MIN_ROWS = 100;

  private final Place place;
  private final Pin pin;
  private final int maxBytes;
  private final ParquetObject object;
  private final HardwoodContext context;
  private final ParquetFileReader file;
  private @Nullable RowReader window;

  /// The row group that is known to be sound, by its first row.
  private long checked = -1;

  /// Of that row group, in bytes.
  private long unpacked = 1;

  private long row;
  private long markedRow;

  /// @param cursor as [#marked] made it; null from the beginning
  ParquetSource(S3Objects objects, Place place, int maxBytes, @Nullable JsonNode cursor) {
    this.place = place;
    this.maxBytes = maxBytes;
    row = cursor == null ? 0 : cursor.path("row").asLong(0);
    object = new ParquetObject(objects, place, cursor == null ? null : Pin.of(cursor));
    pin = object.pin();
    // Threads of its own: who waits for a slow service holds up nobody else.
    context = HardwoodContext.create(1);
    ParquetFileReader opened = null;
    try {
      opened = ParquetFileReader.open(object, context);
      check(opened.getFileMetaData().rowGroups());
      file = opened;
    } catch (IOException | RuntimeException broken) {
      close(opened);
      context.close();
      throw failure(broken);
    }
    mark();
  }

  private void check(List<RowGroup> groups) {
    for (RowGroup group : groups) {
      if (group.totalByteSize() > ParquetObject.MAX_ROW_GROUP) {
        throw Faults.reader(
            "A row group of %s is larger than it may be: %d bytes"
                .formatted(place, ParquetObject.MAX_ROW_GROUP));
      }
    }
  }

  @Override
  public @Nullable Payload next() {
    try {
      RowReader rows = window;
      if (rows == null || !rows.hasNext()) {
        rows = open();
        if (rows == null || !rows.hasNext()) {
          return null;
        }
      }
      rows.next();
      row++;
      Payload item = Payload.ofText(ParquetJson.row(rows));
      if (item.size() > maxBytes) {
        throw Faults.tooLarge(place + ", row " + row, maxBytes);
      }
      return item;
    } catch (IOException | RuntimeException broken) {
      throw failure(broken);
    }
  }

  /// The rows that are decoded next; null where there are none.
  private @Nullable RowReader open() throws IOException {
    if (window != null) {
      window.close();
      window = null;
    }
    long first = 0;
    for (RowGroup group : file.getFileMetaData().rowGroups()) {
      long end = first + group.numRows();
      if (row < end) {
        if (checked != first) {
          unpacked = Math.max(1, ParquetPages.check(object, group));
          checked = first;
        }
        long count = Math.max(MIN_ROWS, (long) ((double) group.numRows() * WINDOW / unpacked));
        RowReaderBuilder builder = file.buildRowReader();
        RowReader opened =
            (row == 0 ? builder : builder.skip(row)).head(Math.min(count, end - row)).build();
        window = opened;
        return opened;
      }
      first = end;
    }
    return null;
  }

  /// What the reader says of a file that it can't read; or what was said when it was fetched.
  private ItemFailure failure(Exception broken) {
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      if (cause instanceof ItemFailure failure) {
        return failure;
      }
    }
    return Faults.reader(
        "%s can't be read as Parquet, after row %d: %s"
            .formatted(place, row, Faults.quoted(broken)));
  }

  @Override
  public void mark() {
    markedRow = row;
  }

  @Override
  public ObjectNode marked() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    pin.addTo(cursor);
    return cursor.put("row", markedRow);
  }

  @Override
  public int weight() {
    return WEIGHT;
  }

  @Override
  public void close() {
    if (window != null) {
      window.close();
    }
    close(file);
    context.close();
    object.close();
  }

  private static void close(@Nullable ParquetFileReader file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException _) {
      // Nothing is lost: it was read only.
    }
  }
}
