package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Payload;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a Map Run needs from outside its execution: items are read, results put together. All of it
/// follows a commit, and is done again when it was lost.
final class MapWork {
  private static final Logger LOG = LoggerFactory.getLogger(MapWork.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Results results;

  /// Where the outputs of children are.
  @FunctionalInterface
  interface Results {
    /// The outputs of those that succeeded, in their order; null where they are too much.
    @Nullable Payload of(HotExecution execution, Effect.MapRunKey mapRun, int maxBytes);
  }

  MapWork(Results results) {
    this.results = results;
  }

  void read(HotExecution execution, Effect.ReadItems read, Acting.Replies replies) {
    Effect.MapRunKey run = read.mapRun();
    replies.deliver(
        execution,
        new Command.MapRunHindered(
            run.frame(),
            run.startedEventId(),
            ErrorName.ITEM_READER_FAILED,
            "No connection to read the items of '" + run.state() + "' from."));
  }

  void gather(HotExecution execution, Effect.GatherResults gather, Acting.Replies replies) {
    Thread.startVirtualThread(
        () -> {
          Command command = command(execution, gather);
          if (command != null) {
            replies.deliver(execution, command);
          }
        });
  }

  /// Null where the execution has left meanwhile: whoever has it then begins again.
  private @Nullable Command command(HotExecution execution, Effect.GatherResults gather) {
    Effect.MapRunKey run = gather.mapRun();
    int most =
        gather.maxBytes() > 0 ? gather.maxBytes() : ExecutionInfo.Limits.MAX_PAYLOAD_BYTES;
    for (Duration pause = FIRST_PAUSE; !execution.isGone(); pause = longer(pause)) {
      try {
        Payload outputs = results.of(execution, run, most);
        return outputs == null
            ? new Command.MapRunHindered(
                run.frame(),
                run.startedEventId(),
                ErrorName.DATA_LIMIT_EXCEEDED,
                "The state/task '"
                    + run.state()
                    + "' returned a result with a size exceeding the maximum number of bytes"
                    + " service limit.")
            : new Command.ResultsGathered(run.frame(), run.startedEventId(), outputs);
      } catch (DatabaseFailure e) {
        LOG.warn("The results of a Map Run are gathered again: {}", e.getMessage());
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    return null;
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
