package io.gradus.engine;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// How far a Map Run has come: counters, a place to read on from, and which children run. It does
/// not grow with the items, only with how many of them run at once.
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
/// @param open the places of the children that run: an end that is told twice counts once
/// @param redriving children that did not succeed and are taken up again; null where there are none
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
    boolean settled,
    Places open,
    @Nullable Redriving redriving) {

  /// AWS runs up to 10,000 child executions of a Map Run at once.
  public static final int MAX_CONCURRENCY = 10_000;

  /// Nothing has happened yet.
  public static MapProgress begun(int maxConcurrency, Fact.Tolerance tolerance) {
    return new MapProgress(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        0,
        false,
        false,
        false,
        maxConcurrency,
        tolerance,
        false,
        Places.NONE,
        null);
  }

  public long running() {
    long waiting = redriving == null ? 0 : redriving.pending();
    return children - succeeded - failed - timedOut - aborted - waiting;
  }

  public long runningItems() {
    long waiting = redriving == null ? 0 : redriving.pendingItems();
    return items - succeededItems - failedItems - timedOutItems - abortedItems - waiting;
  }

  /// How many more children may begin just now.
  public int room() {
    boolean busy = exhausted || reading || gathering || settled || redriving != null;
    return busy ? 0 : free();
  }

  /// How many more children may be taken up again just now.
  public int redriveRoom() {
    boolean busy =
        settled || redriving == null || redriving.picking() || redriving.opening() != null;
    return busy ? 0 : free();
  }

  private int free() {
    int most = maxConcurrency == 0 ? MAX_CONCURRENCY : Math.min(maxConcurrency, MAX_CONCURRENCY);
    return (int) Math.max(0, most - running());
  }

  /// Whether nothing is to be done until a child comes to its end.
  public boolean isWaiting() {
    boolean opens = redriving != null && (redriving.picking() || redriving.opening() != null);
    return running() > 0 && room() == 0 && redriveRoom() == 0 && !reading && !gathering && !opens;
  }

  /// Whether every item was handed out and came to its end.
  public boolean isThrough() {
    return exhausted && running() == 0 && redriving == null;
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
        settled,
        open.plus(children),
        redriving);
  }

  /// The same after a child with that many items came to its end.
  public MapProgress ended(long index, ExecutionStatus status, int of) {
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
        settled,
        open.minus(index),
        redriving);
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

  /// Children that did not succeed and are taken up again, in the order of their items.
  ///
  /// @param pending how many still wait for it
  /// @param after the place of the last one that does not wait any more; [#UNTOLD] where history
  ///   does not say yet that they are taken up
  /// @param picking whether those that are next are being looked up
  /// @param opening those that are being opened again, as `id:index:items`, with commas between;
  ///   null for none
  public record Redriving(
      long pending, long pendingItems, long after, boolean picking, @Nullable String opening) {
    public static final long UNTOLD = -2;
  }

  /// The same, with children that run again.
  public MapProgress opened(Collection<Long> indexes) {
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
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        settled,
        open.plusAll(indexes),
        redriving);
  }

  /// The same, with the children that are taken up again.
  public MapProgress redriving(@Nullable Redriving next) {
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
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        settled,
        open,
        next);
  }

  /// The same after those were looked at that cannot be taken up again, and those that turned out
  /// to have succeeded.
  public MapProgress settledBefore(Command.Picked.Not not, long succeeding, long succeedingItems) {
    return new MapProgress(
        items,
        children,
        succeeded + succeeding,
        failed + not.children(),
        timedOut,
        aborted,
        succeededItems + succeedingItems,
        failedItems + not.items(),
        timedOutItems,
        abortedItems,
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        settled,
        open,
        redriving);
  }

  /// The same, taken up again where it was over: whatever did not succeed waits for its turn.
  public MapProgress redriven() {
    return new MapProgress(
        items,
        children,
        succeeded,
        0,
        0,
        0,
        succeededItems,
        0,
        0,
        0,
        cursor,
        skipped,
        exhausted,
        false,
        false,
        maxConcurrency,
        tolerance,
        false,
        Places.NONE,
        new Redriving(
            failed + timedOut + aborted,
            failedItems + timedOutItems + abortedItems,
            Redriving.UNTOLD,
            false,
            null));
  }

  /// The same when it is over: whatever still ran is aborted.
  public MapProgress over() {
    return new MapProgress(
        items,
        children,
        succeeded,
        failed,
        timedOut,
        aborted + running() + (redriving == null ? 0 : redriving.pending()),
        succeededItems,
        failedItems,
        timedOutItems,
        abortedItems + runningItems() + (redriving == null ? 0 : redriving.pendingItems()),
        cursor,
        skipped,
        exhausted,
        gathering,
        reading,
        maxConcurrency,
        tolerance,
        true,
        Places.NONE,
        null);
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
        settled,
        open,
        redriving);
  }
}
