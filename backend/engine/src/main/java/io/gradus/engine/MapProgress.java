package io.gradus.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
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
/// @param failing why it is about to fail; null where it is not
/// @param written what is in the result files; null where none were written
/// @param notRedrivable child executions that did not succeed and cannot be taken up again
/// @param notRedrivableItems items of those
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
    @Nullable Redriving redriving,
    @Nullable Failing failing,
    @Nullable Written written,
    long notRedrivable,
    long notRedrivableItems) {

  /// AWS runs up to 10,000 child executions of a Map Run at once.
  public static final int MAX_CONCURRENCY = 10_000;

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

    /// Whether something is being looked up or opened.
    boolean isBusy() {
      return picking || opening != null;
    }
  }

  /// A failure that is told when all children have come to their end and the result files are
  /// written.
  ///
  /// @param at when it failed
  public record Failing(String error, String cause, Instant at) {}

  /// What is in the result files, children that were not started among it.
  public record Written(long children, long items) {}

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
        null,
        null,
        null,
        0,
        0);
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
    boolean busy = exhausted || reading || gathering || redriving != null || isEnding();
    return busy ? 0 : free();
  }

  /// How many more children may be taken up again just now.
  public int redriveRoom() {
    boolean busy = redriving == null || redriving.isBusy() || isEnding();
    return busy ? 0 : free();
  }

  private int free() {
    int most = maxConcurrency == 0 ? MAX_CONCURRENCY : Math.min(maxConcurrency, MAX_CONCURRENCY);
    return (int) Math.max(0, most - running());
  }

  private boolean isEnding() {
    return settled || failing != null;
  }

  /// Whether nothing is to be done until a child comes to its end.
  public boolean isWaiting() {
    boolean opens = redriving != null && redriving.isBusy();
    return running() > 0 && room() == 0 && redriveRoom() == 0 && !reading && !gathering && !opens;
  }

  /// Whether every item was handed out and came to its end.
  public boolean isThrough() {
    return exhausted && running() == 0 && redriving == null;
  }

  /// Whether it fails and no child of it runs any more.
  public boolean isQuiet() {
    return failing != null && running() == 0 && (redriving == null || redriving.opening() == null);
  }

  /// The same after another child was given that many items.
  public MapProgress started(int more) {
    return changed(
        d -> {
          d.items += more;
          d.open = d.open.plus(d.children);
          d.children++;
        });
  }

  /// The same after a child with that many items came to its end.
  ///
  /// @param redrivable whether it could be taken up again
  public MapProgress ended(long index, ExecutionStatus status, int of, boolean redrivable) {
    return changed(
        d -> {
          d.open = d.open.minus(index);
          switch (status) {
            case SUCCEEDED -> {
              d.succeeded++;
              d.succeededItems += of;
            }
            case FAILED -> {
              d.failed++;
              d.failedItems += of;
            }
            case TIMED_OUT -> {
              d.timedOut++;
              d.timedOutItems += of;
            }
            case ABORTED -> {
              d.aborted++;
              d.abortedItems += of;
            }
            case RUNNING, PENDING_REDRIVE ->
                throw new IllegalArgumentException("expected an end, found " + status);
          }
          if (!redrivable && status != ExecutionStatus.SUCCEEDED) {
            d.notRedrivable++;
            d.notRedrivableItems += of;
          }
        });
  }

  /// The same while a page of items is being read.
  public MapProgress whileReading() {
    return changed(d -> d.reading = true);
  }

  /// The same with another place to read on from.
  ///
  /// @param skip how many items from there on are handed out already
  /// @param last whether there is nothing more to read
  public MapProgress read(@Nullable String next, int skip, boolean last) {
    return changed(
        d -> {
          d.cursor = next;
          d.skipped = skip;
          d.exhausted = last;
          d.reading = false;
        });
  }

  /// The same when nothing is left but to put the results together.
  public MapProgress gatheringResults() {
    return changed(
        d -> {
          d.gathering = true;
          d.reading = false;
        });
  }

  /// The same when that is all in the result files.
  public MapProgress written(Written all) {
    return changed(d -> d.written = all);
  }

  /// The same when it is about to fail: nothing more begins.
  public MapProgress failing(Failing why) {
    return changed(
        d -> {
          d.failing = why;
          d.reading = false;
          d.gathering = false;
          if (redriving != null) {
            d.redriving =
                new Redriving(
                    redriving.pending(),
                    redriving.pendingItems(),
                    redriving.after(),
                    false,
                    redriving.opening());
          }
        });
  }

  /// The same with other bounds.
  public MapProgress bounded(int concurrency, Fact.Tolerance borne) {
    return changed(
        d -> {
          d.maxConcurrency = concurrency;
          d.tolerance = borne;
        });
  }

  /// The same, with children that run again.
  public MapProgress opened(Collection<Long> indexes) {
    return changed(d -> d.open = open.plusAll(indexes));
  }

  /// The same, with the children that are taken up again.
  public MapProgress redriving(@Nullable Redriving next) {
    return changed(d -> d.redriving = next);
  }

  /// The same after those were looked at that cannot be taken up again, and those that turned out
  /// to have succeeded.
  public MapProgress settledBefore(Command.Picked.Not not, long succeeding, long succeedingItems) {
    return changed(
        d -> {
          d.succeeded += succeeding;
          d.succeededItems += succeedingItems;
          d.failed += not.children();
          d.failedItems += not.items();
          d.notRedrivable += not.children();
          d.notRedrivableItems += not.items();
        });
  }

  /// The same, taken up again where it was over: whatever did not succeed waits for its turn.
  public MapProgress redriven() {
    return changed(
        d -> {
          d.failed = 0;
          d.timedOut = 0;
          d.aborted = 0;
          d.failedItems = 0;
          d.timedOutItems = 0;
          d.abortedItems = 0;
          d.notRedrivable = 0;
          d.notRedrivableItems = 0;
          d.gathering = false;
          d.reading = false;
          d.settled = false;
          d.open = Places.NONE;
          d.failing = null;
          d.written = null;
          d.redriving =
              new Redriving(
                  failed + timedOut + aborted,
                  failedItems + timedOutItems + abortedItems,
                  Redriving.UNTOLD,
                  false,
                  null);
        });
  }

  /// The same when it is over: whatever still ran is aborted.
  public MapProgress over() {
    return changed(
        d -> {
          d.aborted += running() + (redriving == null ? 0 : redriving.pending());
          d.abortedItems += runningItems() + (redriving == null ? 0 : redriving.pendingItems());
          d.settled = true;
          d.open = Places.NONE;
          d.redriving = null;
          d.failing = null;
        });
  }

  private MapProgress changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /// The next progress in the making.
  private static final class Draft {
    private long items;
    private long children;
    private long succeeded;
    private long failed;
    private long timedOut;
    private long aborted;
    private long succeededItems;
    private long failedItems;
    private long timedOutItems;
    private long abortedItems;
    private @Nullable String cursor;
    private int skipped;
    private boolean exhausted;
    private boolean gathering;
    private boolean reading;
    private int maxConcurrency;
    private Fact.Tolerance tolerance;
    private boolean settled;
    private Places open;
    private @Nullable Redriving redriving;
    private @Nullable Failing failing;
    private @Nullable Written written;
    private long notRedrivable;
    private long notRedrivableItems;

    Draft(MapProgress from) {
      items = from.items;
      children = from.children;
      succeeded = from.succeeded;
      failed = from.failed;
      timedOut = from.timedOut;
      aborted = from.aborted;
      succeededItems = from.succeededItems;
      failedItems = from.failedItems;
      timedOutItems = from.timedOutItems;
      abortedItems = from.abortedItems;
      cursor = from.cursor;
      skipped = from.skipped;
      exhausted = from.exhausted;
      gathering = from.gathering;
      reading = from.reading;
      maxConcurrency = from.maxConcurrency;
      tolerance = from.tolerance;
      settled = from.settled;
      open = from.open;
      redriving = from.redriving;
      failing = from.failing;
      written = from.written;
      notRedrivable = from.notRedrivable;
      notRedrivableItems = from.notRedrivableItems;
    }

    MapProgress done() {
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
          redriving,
          failing,
          written,
          notRedrivable,
          notRedrivableItems);
    }
  }
}
