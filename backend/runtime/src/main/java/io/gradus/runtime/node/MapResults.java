package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Frame;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.engine.Payload;
import io.gradus.engine.interpret.Unstarted;
import io.gradus.engine.map.ChildResult;
import io.gradus.engine.map.ResultFile;
import io.gradus.engine.map.ResultFiles;
import io.gradus.engine.map.WriterConfig;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ResultWriter;
import io.gradus.runtime.Redrivability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts together what the children of a Map Run came to: as the Map's result, or as files, a page
/// of children at a time. What is made depends on the children alone, which are over: done again
/// after a crash, it is the same.
final class MapResults {
  /// Children read at once: with AWS's largest payloads they are some 50 MB.
  private static final int PAGE = 100;

  private static final List<ExecutionStatus> NOT_SUCCEEDED =
      List.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);

  private final Children children;
  private final Supplier<Instant> now;

  /// Where children that ended are read.
  @FunctionalInterface
  interface Children {
    /// A page of those in that status, in their order, with their payloads.
    ///
    /// @param after the place of the last one before, -1 for none
    List<Ended> children(
        HotExecution execution,
        Effect.MapRunKey mapRun,
        ExecutionStatus status,
        long after,
        int limit);
  }

  /// A child that ended.
  ///
  /// @param items how many of the Map's items it had
  record Ended(long index, int items, Execution execution) {}

  /// @param now database time
  MapResults(Children children, Supplier<Instant> now) {
    this.children = children;
    this.now = now;
  }

  /// The Map's result.
  ///
  /// @param maxBytes of the result, at most
  /// @return null where it is more
  @Nullable Payload of(HotExecution execution, Effect.GatherResults gather, int maxBytes) {
    MapSpec.Sink sink = mapState(execution, gather.mapRun()).map().sink();
    JsonNode config = sink == null ? null : sink.config();
    return config == null
        ? outputs(execution, gather.mapRun(), maxBytes)
        : formed(execution, gather.mapRun(), WriterConfig.of(config, false), maxBytes);
  }

  /// The outputs of those that succeeded.
  private @Nullable Payload outputs(HotExecution execution, Effect.MapRunKey mapRun, int maxBytes) {
    List<Payload> all = new ArrayList<>();
    long bytes = 1;
    Walk walk = new Walk(execution, mapRun, List.of(ExecutionStatus.SUCCEEDED));
    for (Ended child = walk.next(); child != null; child = walk.next()) {
      Payload output = Objects.requireNonNull(child.execution().output()).detached();
      bytes += output.size() + 1L;
      if (bytes > maxBytes) {
        return null;
      }
      all.add(output);
    }
    return Payload.array(all);
  }

  private @Nullable Payload formed(
      HotExecution execution, Effect.MapRunKey mapRun, WriterConfig config, int maxBytes) {
    List<Ended> all = new ArrayList<>();
    long bytes = 0;
    List<ExecutionStatus> every = new ArrayList<>(NOT_SUCCEEDED);
    every.addFirst(ExecutionStatus.SUCCEEDED);
    Walk walk = new Walk(execution, mapRun, every);
    for (Ended child = walk.next(); child != null; child = walk.next()) {
      Payload output = child.execution().output();
      bytes += output == null ? 0 : output.size();
      if (bytes > 2L * maxBytes) {
        return null; // what is written of an output is not much less than it
      }
      all.add(child);
    }
    all.sort(Comparator.comparingLong(Ended::index));
    Payload result =
        ResultFiles.output(all.stream().map(child -> result(child, mapRun)).toList(), config);
    return result.size() > maxBytes ? null : result;
  }

  /// What writing came to.
  ///
  /// @param output the Map's result
  record Files(Payload output, MapProgress.Written written) {}

  /// The items of a Map Run that were not handed out.
  @FunctionalInterface
  interface Rest {
    void into(Unstarted unstarted);
  }

  /// Writes a file.
  @FunctionalInterface
  interface Put {
    /// @throws ItemFailure where it cannot be written
    void put(ResultWriter.File file);
  }

  /// Writes all files.
  ///
  /// @param rest asked of one that fails
  /// @throws ItemFailure where they cannot be written
  Files write(HotExecution execution, Effect.GatherResults gather, Put put, Rest rest) {
    Effect.MapRunKey mapRun = gather.mapRun();
    Execution now = execution.execution();
    State.MapState state = mapState(execution, mapRun);
    MapSpec.Sink sink = state.map().sink();
    Frame frame = now.frames().get(mapRun.frame());
    Resource resource = sink == null ? null : sink.resource();
    if (sink == null
        || resource == null
        || frame == null
        || !(frame.phase() instanceof Frame.Phase.InMapRun run)
        || run.sink() == null) {
      throw new IllegalStateException("expected a Map Run that writes its results");
    }
    ExecutionInfo info = now.info();
    JsonNode arguments = run.sink().writerArguments().json();
    WriterConfig config;
    try {
      config = WriterConfig.of(sink.config(), true);
    } catch (IllegalArgumentException e) {
      throw new ItemFailure(ErrorName.RESULT_WRITER_FAILED, String.valueOf(e.getMessage()), false);
    }
    ResultFiles files =
        new ResultFiles(
            new ResultFiles.Target(
                MapRun.arn(
                    info.stateMachineArn(),
                    MapRun.label(info.stateMachineArn(), state),
                    mapRun.id().toString()),
                arguments.path("Bucket").asString(""),
                arguments.path("Prefix").asString(""),
                run.redriveCount()),
            config,
            ResultFiles.DEFAULT_FILE_BYTES);
    Filling filling =
        new Filling(
            files,
            (name, content) ->
                put.put(
                    new ResultWriter.File(
                        execution.key(), info.executionArn(), resource, arguments, name, content)));
    children(execution, mapRun, List.of(ExecutionStatus.SUCCEEDED), filling);
    children(execution, mapRun, NOT_SUCCEEDED, filling);
    if (run.progress().failing() != null) {
      rest.into(
          Engine.unstarted(
              now,
              mapRun.frame(),
              (input, items) -> filling.add(ChildResult.pending(input), items)));
    }
    filling.close();
    return new Files(files.output(), filling.written());
  }

  /// All children in these statuses, which are those of a group.
  private void children(
      HotExecution execution,
      Effect.MapRunKey mapRun,
      List<ExecutionStatus> statuses,
      Filling filling) {
    Walk walk = new Walk(execution, mapRun, statuses);
    for (Ended child = walk.next(); child != null; child = walk.next()) {
      filling.add(result(child, mapRun), child.items());
    }
    filling.closeGroup();
  }

  /// Files, filled one after the other.
  private static final class Filling {
    private final ResultFiles files;
    private final Content put;
    private ResultFiles.Progress progress = ResultFiles.Progress.BEGIN;
    private ResultFile file;
    private long children;
    private long items;

    @FunctionalInterface
    interface Content {
      void put(String name, byte[] content);
    }

    Filling(ResultFiles files, Content put) {
      this.files = files;
      this.put = put;
      this.file = files.open(progress);
    }

    /// Adds one of the group that is written.
    void add(ChildResult result, int ofItems) {
      if (!file.add(result)) {
        put.put(files.name(progress), file.content());
        progress = files.closed(progress, file, false);
        file = files.open(progress);
        file.add(result);
      }
      children++;
      items += ofItems;
    }

    /// The next group follows.
    void closeGroup() {
      if (file.children() > 0) {
        put.put(files.name(progress), file.content());
      }
      progress = files.closed(progress, file, true);
      if (progress.group() != null) {
        file = files.open(progress);
      }
    }

    /// There is nothing left but the manifest.
    void close() {
      closeGroup();
      put.put(files.manifestName(), files.manifest(progress));
    }

    MapProgress.Written written() {
      return new MapProgress.Written(children, items);
    }
  }

  /// The next children that did not succeed, in the order of their items.
  Command.RedrivesPicked redrives(HotExecution execution, Effect.PickRedrives pick) {
    Effect.MapRunKey mapRun = pick.mapRun();
    List<Ended> next = new ArrayList<>();
    int oneMore = pick.limit() + 1; // tells whether there are others
    for (ExecutionStatus status : NOT_SUCCEEDED) {
      next.addAll(children.children(execution, mapRun, status, pick.after(), oneMore));
    }
    next.sort(Comparator.comparingLong(Ended::index));
    boolean last = next.size() <= pick.limit();
    List<Command.Picked> picked = new ArrayList<>();
    long refused = 0;
    long refusedItems = 0;
    long through = pick.after();
    for (Ended child : last ? next : next.subList(0, pick.limit())) {
      Execution ended = child.execution();
      through = child.index();
      if (mapRun.express()) {
        picked.add(
            new Command.Picked(
                ended.info().key().id(), child.index(), child.items(), ended.input()));
      } else if (whyNot(ended, now.get()) == null) {
        picked.add(new Command.Picked(ended.info().key().id(), child.index(), child.items(), null));
      } else {
        refused++;
        refusedItems += child.items();
      }
    }
    return new Command.RedrivesPicked(
        mapRun.frame(),
        mapRun.startedEventId(),
        pick.after(),
        picked,
        new Command.Picked.Not(refused, refusedItems, through),
        last);
  }

  private static @Nullable String whyNot(Execution ended, Instant now) {
    return Redrivability.whyNot(
        ended.status(),
        ended.info().limits().areAws(),
        ended.lastEventId(),
        ended.stoppedAt(),
        now);
  }

  private static ChildResult result(Ended child, Effect.MapRunKey mapRun) {
    Execution execution = child.execution();
    ExecutionInfo info = execution.info();
    Instant stopped = execution.stoppedAt();
    String whyNot = whyNot(execution, stopped == null ? info.startedAt() : stopped);
    return new ChildResult(
        Objects.requireNonNull(execution.input()),
        new ChildResult.Ran(
            info.executionArn(),
            info.stateMachineArn(),
            info.name(),
            execution.status(),
            execution.output(),
            execution.error(),
            execution.cause(),
            info.startedAt(),
            stopped == null ? info.startedAt() : stopped,
            mapRun.express()
                ? null
                : new ChildResult.Redrive(
                    execution.redriveCount(),
                    execution.redrivenAt(),
                    whyNot == null ? "REDRIVABLE_BY_MAP_RUN" : "NOT_REDRIVABLE",
                    whyNot)));
  }

  private static State.MapState mapState(HotExecution execution, Effect.MapRunKey mapRun) {
    if (execution.execution().info().definition().state(mapRun.state())
        instanceof State.MapState state) {
      return state;
    }
    throw new IllegalStateException("expected '" + mapRun.state() + "' to be a Map");
  }

  /// Children one by one, read a page at a time.
  private final class Walk {
    private final HotExecution execution;
    private final Effect.MapRunKey mapRun;
    private final List<ExecutionStatus> statuses;
    private List<Ended> page = List.of();
    private int status;
    private int at;
    private long after = -1;

    Walk(HotExecution execution, Effect.MapRunKey mapRun, List<ExecutionStatus> statuses) {
      this.execution = execution;
      this.mapRun = mapRun;
      this.statuses = statuses;
    }

    /// Null at the end.
    @Nullable Ended next() {
      while (at == page.size()) {
        if (status == statuses.size()) {
          return null;
        }
        page = children.children(execution, mapRun, statuses.get(status), after, PAGE);
        at = 0;
        if (page.isEmpty()) {
          status++;
          after = -1;
        } else {
          after = page.getLast().index();
        }
      }
      return page.get(at++);
    }
  }
}
