package io.gradus.integrations.aws.items;

import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.RowGroup;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What the pages of a Parquet file say of themselves, before anybody makes room for it: a page of
/// some bytes may claim to have billions when it is unpacked.
final class ParquetPages {
  /// Of a page, unpacked: writers make them of a megabyte.
  private static final int MAX_PAGE = 32 * 1024 * 1024;

  private static final int MAX_VALUES = 4_000_000;

  private ParquetPages() {}

  /// Walks over the pages of a row group.
  ///
  /// @return what they have together when they are unpacked, in bytes
  /// @throws io.gradus.engine.port.ItemFailure if one is larger than a page may be, or they are
  ///   larger than a row group may be
  /// @throws IOException if there are none where there should be
  static long check(ParquetObject object, RowGroup group) throws IOException {
    long unpacked = 0;
    for (ColumnChunk chunk : group.columns()) {
      long size = chunk.metaData().totalCompressedSize();
      if (size < 0 || size > ParquetObject.MAX_ROW_GROUP) {
        throw Faults.reader(
            "A column of %s is larger than it may be: %d bytes"
                .formatted(object.name(), ParquetObject.MAX_ROW_GROUP));
      }
      ByteBuffer bytes = object.readRange(chunk.chunkStartOffset(), (int) size);
      long values = 0;
      int at = 0;
      while (at < size && values < chunk.metaData().numValues()) {
        ThriftCompactReader thrift = new ThriftCompactReader(bytes, at);
        PageHeader page = PageHeaderReader.read(thrift);
        int inPage = values(page);
        if (page.uncompressedPageSize() > MAX_PAGE || inPage > MAX_VALUES) {
          throw Faults.reader(
              "A page of %s is larger than it may be: %d bytes, or %d values"
                  .formatted(object.name(), MAX_PAGE, MAX_VALUES));
        }
        if (page.compressedPageSize() < 0 || page.uncompressedPageSize() < 0 || inPage < 0) {
          throw new IOException("A page of less than nothing");
        }
        unpacked += page.uncompressedPageSize();
        values += page.dictionaryPageHeader() == null ? inPage : 0;
        at = Math.addExact(at, Math.addExact(thrift.getBytesRead(), page.compressedPageSize()));
      }
    }
    if (unpacked > ParquetObject.MAX_ROW_GROUP) {
      throw Faults.reader(
          "A row group of %s is larger than it may be: %d bytes"
              .formatted(object.name(), ParquetObject.MAX_ROW_GROUP));
    }
    return unpacked;
  }

  private static int values(PageHeader page) {
    if (page.dataPageHeader() != null) {
      return page.dataPageHeader().numValues();
    }
    if (page.dataPageHeaderV2() != null) {
      return page.dataPageHeaderV2().numValues();
    }
    return page.dictionaryPageHeader() == null ? 0 : page.dictionaryPageHeader().numValues();
  }
}
