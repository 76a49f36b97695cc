package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.MapProgress;
import io.gradus.engine.Payload;
import io.gradus.engine.interpret.Unstarted;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import io.gradus.runtime.MapPorts;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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

  /// Of a page of items that are only written down.
  private static final int REST_PAGE_ITEMS = 1_000;

  private static final int REST_PAGE_BYTES = 1024 * 1024;

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
                Integer.parseInt(parts[2]),
                false));
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
    ItemReader.Page page =
        reader(run)
            .read(
                query(
                    execution,
                    run,
                    read.source(),
                    decoded(read.cursor()),
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

  private static byte @Nullable [] decoded(@Nullable String cursor) {
    return cursor == null ? null : Base64.getDecoder().decode(cursor);
  }

  private ItemReader reader(Effect.MapRunKey run) {
    ItemReader reader = ports.reader();
    if (reader == null) {
      throw new ItemFailure(
          ErrorName.ITEM_READER_FAILED,
          "No connection to read the items of '" + run.state() + "' from.",
          false);
    }
    return reader;
  }

  private static ItemReader.Query query(
      HotExecution execution,
      Effect.MapRunKey run,
      InMapRun.Source source,
      byte @Nullable [] cursor,
      int maxItems,
      int maxBytes) {
    MapSpec.Source spec = mapState(execution, run).map().source();
    if (spec == null) {
      throw new IllegalStateException("expected '" + run.state() + "' to read its items");
    }
    return new ItemReader.Query(
        execution.key(),
        execution.execution().info().executionArn(),
        spec.resource(),
        source.readerConfig().json(),
        source.readerArguments().json(),
        cursor,
        maxItems,
        maxBytes);
  }

  /// What was not handed out of a Map Run that fails, from where it stopped to read. Where the
  /// reader can get no further, nobody knows what comes after.
  private void rest(HotExecution execution, Effect.MapRunKey run, Unstarted unstarted) {
    if (!unstarted.addOwn()
        && execution.execution().frame(run.frame()).phase() instanceof InMapRun now
        && now.source() != null
        && !now.progress().exhausted()) {
      try {
        rest(execution, run, now.source(), now.progress(), unstarted);
      } catch (ItemFailure failure) {
        if (execution.isGone()) {
          throw failure;
        }
        LOG.info(
            "The rest of a failed Map Run's items is not in its files: {}", failure.getMessage());
      }
    }
    unstarted.end();
  }

  private void rest(
      HotExecution execution,
      Effect.MapRunKey run,
      InMapRun.Source source,
      MapProgress progress,
      Unstarted unstarted) {
    ItemReader reader = reader(run);
    byte[] cursor = decoded(progress.cursor());
    int skip = progress.skipped();
    long left = source.maxItems() == 0 ? Long.MAX_VALUE : source.maxItems() - progress.items();
    while (left > 0) {
      ItemReader.Query query =
          query(
              execution,
              run,
              source,
              cursor,
              skip + (int) Math.min(left, REST_PAGE_ITEMS),
              REST_PAGE_BYTES);
      ItemReader.Page page = tried(execution, () -> reader.read(query));
      for (int i = skip; i < page.items().size(); i++) {
        unstarted.add(page.items().get(i));
        left--;
      }
      skip = Math.max(0, skip - page.items().size());
      cursor = page.next();
      if (cursor == null) {
        return;
      }
    }
  }

  /// A part of long work: it is tried again by itself, and not all that was before it.
  private static <T> T tried(HotExecution execution, Supplier<CompletionStage<T>> part) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return part.get().toCompletableFuture().join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof ItemFailure failure)) {
          throw e;
        }
        if (!failure.isPassing() || execution.isGone()) {
          throw failure;
        }
        if (attempt >= ATTEMPTS) {
          throw new ItemFailure(failure.error(), String.valueOf(failure.getMessage()), false);
        }
        LOG.info("A Map Run's items or results are tried again: {}", failure.getMessage());
        pause = paused(pause);
      }
    }
  }

  /// Waits.
  ///
  /// @return how long the next time
  private static Duration paused(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
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
    if (sink != null && sink.resource() != null) {
      return written(execution, gather);
    }
    Payload result = results.of(execution, gather, most);
    return result == null
        ? new Command.MapRunHindered(
            run.frame(),
            run.startedEventId(),
            ErrorName.DATA_LIMIT_EXCEEDED,
            "The state/task '"
                + run.state()
                + "' returned a result with a size exceeding the maximum number of bytes service"
                + " limit.")
        : new Command.ResultsGathered(run.frame(), run.startedEventId(), result, null);
  }

  private Command written(HotExecution execution, Effect.GatherResults gather) {
    Effect.MapRunKey run = gather.mapRun();
    ResultWriter writer = ports.writer();
    if (writer == null) {
      throw new ItemFailure(
          ErrorName.RESULT_WRITER_FAILED,
          "No connection to write the results of '" + run.state() + "' to.",
          false);
    }
    MapResults.Files files =
        results.write(
            execution,
            gather,
            file -> tried(execution, () -> writer.write(file)),
            unstarted -> rest(execution, run, unstarted));
    return new Command.ResultsGathered(
        run.frame(), run.startedEventId(), files.output(), files.written());
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
      Throwable why;
      try {
        return work.command();
      } catch (DatabaseFailure e) {
        why = e;
      } catch (CompletionException e) {
        why = e.getCause() instanceof ItemFailure failure ? failure : e;
      } catch (RuntimeException | Error e) {
        why = e;
      }
      if (execution.isGone()) {
        return null;
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
      pause = paused(pause);
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
