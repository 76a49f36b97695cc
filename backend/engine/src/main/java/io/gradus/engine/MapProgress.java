package io.gradus.engine;

import org.jspecify.annotations.Nullable;

/// How far a Map Run has come. Counters alone, and a place to read on from: it is as small for ten
/// million items as for ten.
///
/// @param items handed to child executions so far
/// @param children child executions started so far
/// @param succeeded child executions that ended so; likewise the next three
/// @param succeededItems items of those; likewise the next three
/// @param cursor where the reader goes on; null at the beginning, and for items that are not read
/// @param skipped how many items of the page at `cursor` are handed out already
/// @param exhausted whether all items are handed out
/// @param gathering whether the results of all children are being put together
/// @param reading whether a page of items is being read
/// @param maxConcurrency 0 means no limit of its own
/// @param settled whether the Map Run is over
public record MapProgress(
    long items,
    long children,
    long succeeded,
    long failed,
    long timedOut,
    long aborted,
    long succeededItems,
    long failedItems,
    long timedOutItems,
    long abortedItems,
    @Nullable String cursor,
    int skipped,
    boolean exhausted,
    boolean gathering,
    boolean reading,
    int maxConcurrency,
    Fact.Tolerance tolerance,
    boolean settled) {

  /// AWS runs up to 10,000 child executions of a Map Run at once.
  public static final int MAX_CONCURRENCY = 10_000;

  /// Nothing has happened yet.
  public static MapProgress begun(int maxConcurrency, Fact.Tolerance tolerance) {
    return new MapProgress(
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, false, false, false, maxConcurrency, tolerance, false);
  }

  public long running() {
    return children - succeeded - failed - timedOut - aborted;
  }

  public long runningItems() {
    return items - succeededItems - failedItems - timedOutItems - abortedItems;
  }

  /// How many more children may run just now.
  public int room() {
    int most =
        maxConcurrency == 0 ? MAX_CONCURRENCY : Math.min(maxConcurrency, MAX_CONCURRENCY);
    return exhausted || reading || gathering || settled ? 0 : (int) Math.max(0, most - running());
  }

  /// Whether nothing is to be done until a child comes to its end.
  public boolean isWaiting() {
    return running() > 0 && room() == 0 && !reading && !gathering;
  }

  /// Whether every item was handed out and came to its end.
  public boolean isThrough() {
    return exhausted && running() == 0;
  }

  /// The same after another child was given that many items.
  public MapProgress started(int more) {
    return new MapProgress(
        items + more,
        children + 1,
        succeeded,
        failed,
        timedOut,
        aborted,
        succeededItems,
        failedItems,
        timedOutItems,
        abortedItems,
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        settled);
  }

  /// The same after a child with that many items came to its end.
  public MapProgress ended(ExecutionStatus status, int of) {
    boolean s = status == ExecutionStatus.SUCCEEDED;
    boolean f = status == ExecutionStatus.FAILED;
    boolean t = status == ExecutionStatus.TIMED_OUT;
    boolean a = status == ExecutionStatus.ABORTED;
    return new MapProgress(
        items,
        children,
        succeeded + (s ? 1 : 0),
        failed + (f ? 1 : 0),
        timedOut + (t ? 1 : 0),
        aborted + (a ? 1 : 0),
        succeededItems + (s ? of : 0),
        failedItems + (f ? of : 0),
        timedOutItems + (t ? of : 0),
        abortedItems + (a ? of : 0),
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        settled);
  }

  /// The same while a page of items is being read.
  public MapProgress whileReading() {
    return with(cursor, skipped, exhausted, gathering, true, maxConcurrency, tolerance);
  }

  /// The same with another place to read on from.
  ///
  /// @param skip how many items from there on are handed out already
  /// @param last whether there is nothing more to read
  public MapProgress read(@Nullable String next, int skip, boolean last) {
    return with(next, skip, last, gathering, false, maxConcurrency, tolerance);
  }

  /// The same when nothing is left but to put the results together.
  public MapProgress gatheringResults() {
    return with(cursor, skipped, exhausted, true, false, maxConcurrency, tolerance);
  }

  /// The same with other bounds.
  public MapProgress bounded(int concurrency, Fact.Tolerance borne) {
    return with(cursor, skipped, exhausted, gathering, reading, concurrency, borne);
  }

  /// The same when it is over: whatever still ran is aborted.
  public MapProgress over() {
    return new MapProgress(
        items,
        children,
        succeeded,
        failed,
        timedOut,
        aborted + running(),
        succeededItems,
        failedItems,
        timedOutItems,
        abortedItems + runningItems(),
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        true);
  }

  private MapProgress with(
      @Nullable String next,
      int skip,
      boolean last,
      boolean gathers,
      boolean reads,
      int concurrency,
      Fact.Tolerance borne) {
    return new MapProgress(
        items,
        children,
        succeeded,
        failed,
        timedOut,
        aborted,
        succeededItems,
        failedItems,
        timedOutItems,
        abortedItems,
        next,
        skip,
        last,
        gathers,
        reads,
        concurrency,
        borne,
        settled);
  }
}
