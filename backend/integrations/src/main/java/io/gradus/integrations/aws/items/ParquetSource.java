package io.gradus.integrations.aws.items;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
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
/// before it.
final class ParquetSource implements Source {
  /// A row group and its pages, unpacked and decoded a piece at a time.
  private static final int WEIGHT = 32 << 20;

  private final Place place;
  private final Pin pin;
  private final int maxBytes;
  private final HardwoodContext context;
  private final ParquetFileReader file;
  private final @Nullable RowReader rows;
  private long row;
  private long markedRow;

  /// @param cursor as [#marked] made it; null from the beginning
  ParquetSource(S3Objects objects, Place place, int maxBytes, @Nullable JsonNode cursor) {
    this.place = place;
    this.maxBytes = maxBytes;
    row = cursor == null ? 0 : cursor.path("row").asLong(0);
    ParquetObject object =
        new ParquetObject(objects, place, cursor == null ? null : Pin.of(cursor));
    pin = object.pin();
    // Threads of its own: who waits for a slow service holds up nobody else.
    context = HardwoodContext.create(1);
    ParquetFileReader opened = null;
    try {
      opened = ParquetFileReader.open(object, context);
      check(opened.getFileMetaData().rowGroups());
      rows =
          row >= opened.getFileMetaData().numRows()
              ? null
              : row == 0 ? opened.rowReader() : opened.buildRowReader().skip(row).build();
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
      if (rows == null || !rows.hasNext()) {
        return null;
      }
      rows.next();
      row++;
      Payload item = Payload.ofText(ParquetJson.row(rows));
      if (item.size() > maxBytes) {
        throw Faults.tooLarge(place + ", row " + row, maxBytes);
      }
      return item;
    } catch (RuntimeException broken) {
      throw failure(broken);
    }
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
    if (rows != null) {
      rows.close();
    }
    close(file);
    context.close();
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
