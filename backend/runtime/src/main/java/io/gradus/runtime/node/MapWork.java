package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Payload;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import io.gradus.runtime.MapPorts;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a Map Run needs from outside its execution: items are read, results put together. All of it
/// follows a commit, and is done again when it was lost.
final class MapWork {
  private static final Logger LOG = LoggerFactory.getLogger(MapWork.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// How often what fails in passing is tried, over a minute or so.
  private static final int ATTEMPTS = 12;

  private final MapResults results;
  private final MapPorts ports;
  private final Supplier<Reopener> reopener;

  /// Takes a child up again, once for each token.
  @FunctionalInterface
  interface Reopener {
    /// @param index its place among the children
    /// @return whether it is open again
    boolean reopen(ExecutionKey child, long index, String token);
  }

  /// @param reopener asked for when there is something to take up again
  MapWork(MapResults results, MapPorts ports, Supplier<Reopener> reopener) {
    this.results = results;
    this.ports = ports;
    this.reopener = reopener;
  }

  void pick(HotExecution execution, Effect.PickRedrives pick, Acting.Replies replies) {
    run(
        execution,
        pick.mapRun(),
        ErrorName.RUNTIME,
        replies,
        () -> results.redrives(execution, pick));
  }

  void reopen(HotExecution execution, Effect.ReopenChildren reopen, Acting.Replies replies) {
    run(
        execution,
        reopen.mapRun(),
        ErrorName.RUNTIME,
        replies,
        () -> reopened(execution, reopen, replies));
  }

  private Command reopened(
      HotExecution execution, Effect.ReopenChildren reopen, Acting.Replies replies) {
    Effect.MapRunKey run = reopen.mapRun();
    String token = "map-run:" + run.id() + ":" + reopen.redriveCount();
    for (String each : reopen.opening().split(",")) {
      String[] parts = each.split(":");
      var key = new ExecutionKey(execution.key().tenant(), UUID.fromString(parts[0]));
      if (!reopener.get().reopen(key, Long.parseLong(parts[1]), token)) {
        // It could be when it was picked: its time ran out in between.
        replies.deliver(
            execution,
            new Command.ChildEnded(
                run.frame(),
                run.startedEventId(),
                Long.parseLong(parts[1]),
                ExecutionStatus.FAILED,
                Integer.parseInt(parts[2])));
      }
    }
    return new Command.ChildrenReopened(run.frame(), run.startedEventId(), reopen.opening());
  }

  /// Work that comes to a command.
  @FunctionalInterface
  private interface Work {
    Command command();
  }

  void read(HotExecution execution, Effect.ReadItems read, Acting.Replies replies) {
    run(
        execution,
        read.mapRun(),
        ErrorName.ITEM_READER_FAILED,
        replies,
        () -> page(execution, read));
  }

  private Command page(HotExecution execution, Effect.ReadItems read) {
    Effect.MapRunKey run = read.mapRun();
    ItemReader reader = ports.reader();
    MapSpec.Source source = mapState(execution, run).map().source();
    if (reader == null || source == null) {
      throw new ItemFailure(
          ErrorName.ITEM_READER_FAILED,
          "No connection to read the items of '" + run.state() + "' from.",
          false);
    }
    String cursor = read.cursor();
    ItemReader.Page page =
        reader
            .read(
                new ItemReader.Query(
                    execution.key(),
                    execution.execution().info().executionArn(),
                    source.resource(),
                    read.source().readerConfig().json(),
                    read.source().readerArguments().json(),
                    cursor == null ? null : Base64.getDecoder().decode(cursor),
                    read.maxItems(),
                    read.maxBytes()))
            .toCompletableFuture()
            .join();
    byte[] next = page.next();
    return new Command.ItemsRead(
        run.frame(),
        run.startedEventId(),
        read.taken(),
        page.items(),
        next == null ? null : Base64.getEncoder().encodeToString(next));
  }

  void gather(HotExecution execution, Effect.GatherResults gather, Acting.Replies replies) {
    run(
        execution,
        gather.mapRun(),
        ErrorName.RESULT_WRITER_FAILED,
        replies,
        () -> gathered(execution, gather));
  }

  private Command gathered(HotExecution execution, Effect.GatherResults gather) {
    Effect.MapRunKey run = gather.mapRun();
    MapSpec.Sink sink = mapState(execution, run).map().sink();
    int most = gather.maxBytes() > 0 ? gather.maxBytes() : ExecutionInfo.Limits.MAX_PAYLOAD_BYTES;
    Payload result;
    if (sink == null || sink.resource() == null) {
      result = results.of(execution, gather, most);
    } else {
      ResultWriter writer = ports.writer();
      if (writer == null) {
        throw new ItemFailure(
            ErrorName.RESULT_WRITER_FAILED,
            "No connection to write the results of '" + run.state() + "' to.",
            false);
      }
      result = results.write(execution, gather, writer);
    }
    return result == null
        ? new Command.MapRunHindered(
            run.frame(),
            run.startedEventId(),
            ErrorName.DATA_LIMIT_EXCEEDED,
            "The state/task '"
                + run.state()
                + "' returned a result with a size exceeding the maximum number of bytes service"
                + " limit.")
        : new Command.ResultsGathered(run.frame(), run.startedEventId(), result);
  }

  private static void run(
      HotExecution execution,
      Effect.MapRunKey run,
      ErrorName error,
      Acting.Replies replies,
      Work work) {
    Thread.startVirtualThread(
        () -> {
          Command command = patiently(execution, run, error, work);
          if (command != null) {
            replies.deliver(execution, command);
          }
        });
  }

  /// Null where the execution has left meanwhile: whoever has it then begins again.
  private static @Nullable Command patiently(
      HotExecution execution, Effect.MapRunKey run, ErrorName error, Work work) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; !execution.isGone(); attempt++) {
      RuntimeException why;
      try {
        return work.command();
      } catch (DatabaseFailure e) {
        why = e;
      } catch (CompletionException e) {
        why = e.getCause() instanceof ItemFailure failure ? failure : e;
      } catch (RuntimeException e) {
        why = e;
      }
      if (why instanceof ItemFailure failure && (!failure.isPassing() || attempt >= ATTEMPTS)) {
        return new Command.MapRunHindered(
            run.frame(),
            run.startedEventId(),
            failure.error(),
            String.valueOf(failure.getMessage()));
      }
      if (!(why instanceof ItemFailure) && !(why instanceof DatabaseFailure)) {
        LOG.error("ALARM: a Map Run's items or results broke: mapRun={}", run.id(), why);
        return new Command.MapRunHindered(
            run.frame(),
            run.startedEventId(),
            error,
            "The items or results of '" + run.state() + "' could not be handled.");
      }
      LOG.info("A Map Run's items or results are tried again: {}", why.getMessage());
      LockSupport.parkNanos(pause.toNanos());
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
    return null;
  }

  private static State.MapState mapState(HotExecution execution, Effect.MapRunKey run) {
    if (execution.execution().info().definition().state(run.state())
        instanceof State.MapState state) {
      return state;
    }
    throw new IllegalStateException("expected '" + run.state() + "' to be a Map");
  }
}
