package io.gradus.integrations.aws.items;

import java.util.concurrent.atomic.LongAdder;

/// What readers and writers have done since the node began.
public final class ItemFigures {
  private final LongAdder pages = new LongAdder();
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder readFailures = new LongAdder();
  private final LongAdder reopened = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final LongAdder fileBytes = new LongAdder();
  private final LongAdder writeFailures = new LongAdder();

  void read(int count, long size) {
    pages.increment();
    items.add(count);
    bytes.add(size);
  }

  void readFailed() {
    readFailures.increment();
  }

  void wasReopened() {
    reopened.increment();
  }

  void written(long size) {
    files.increment();
    fileBytes.add(size);
  }

  void writeFailed() {
    writeFailures.increment();
  }

  /// Pages of items that were read.
  public long pages() {
    return pages.sum();
  }

  public long items() {
    return items.sum();
  }

  /// Of the items, as JSON.
  public long bytes() {
    return bytes.sum();
  }

  public long readFailures() {
    return readFailures.sum();
  }

  /// How often a page was not read on from what was kept open.
  public long reopened() {
    return reopened.sum();
  }

  /// Files of results that were written.
  public long files() {
    return files.sum();
  }

  public long fileBytes() {
    return fileBytes.sum();
  }

  public long writeFailures() {
    return writeFailures.sum();
  }
}
