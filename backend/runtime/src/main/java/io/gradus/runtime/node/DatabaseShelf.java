package io.gradus.runtime.node;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.task.Mocks;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.Transition;
import io.gradus.store.engine.ExecutionClaims;
import io.gradus.store.engine.ExecutionLoader;
import io.gradus.store.engine.HistoryReader;
import io.gradus.store.engine.StoredExecution;
import io.gradus.store.engine.StoredRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Makes stored executions into ones that can be moved: definition parsed, state decoded, payloads
/// fetched from the history that they stand in.
final class DatabaseShelf implements Shelf, Starting.Names, MapResults.Children {
  /// Parsed definitions kept; AWS's largest is 1 MiB.
  private static final int MAX_DEFINITIONS = 1_000;

  private final ExecutionLoader loader;
  private final ExecutionClaims claims;
  private final HistoryReader history;
  private final String region;
  private final ExecutionInfo.Limits lifted;
  private final Map<UUID, Definition> definitions = new ConcurrentHashMap<>();

  /// @param lifted what executions may use that AWS's limits do not hold for
  DatabaseShelf(DataSource engine, String region, ExecutionInfo.Limits lifted) {
    this.loader = new ExecutionLoader(engine);
    this.claims = new ExecutionClaims(engine);
    this.history = new HistoryReader(engine);
    this.region = region;
    this.lifted = lifted;
  }

  @Override
  public List<Volume> load(List<ExecutionKey> keys) {
    List<Volume> volumes = new ArrayList<>();
    Map<ExecutionKey, List<Payload>> unresolved = new HashMap<>();
    for (StoredExecution one : loader.load(keys)) {
      if (one.status() != ExecutionStatus.RUNNING) {
        continue;
      }
      List<byte[]> frames = one.frames().stream().map(SideRows.FrameRow::state).toList();
      Execution execution = StateCodec.decode(info(one), one.state(), frames);
      List<Payload> missing = StateCodec.unresolved(execution);
      if (!missing.isEmpty()) {
        unresolved.put(one.key(), missing);
      }
      volumes.add(volume(one, execution));
    }
    if (!unresolved.isEmpty()) {
      resolve(unresolved);
    }
    return volumes;
  }

  /// An execution as it is known once it is over (or is not).
  ///
  /// @param logs how much of it is logged
  /// @param version to fence with
  record Ended(
      ExecutionInfo info,
      LogLevel logs,
      ExecutionStatus status,
      long version,
      long lastEventId,
      @Nullable Instant stoppedAt) {}

  /// The execution, whether it is over or not.
  Optional<Ended> ended(ExecutionKey key) {
    return loader.load(List.of(key)).stream()
        .findFirst()
        .map(
            one ->
                new Ended(
                    info(one),
                    one.revision().logs(),
                    one.status(),
                    one.version(),
                    one.lastEventId(),
                    one.stoppedAt()));
  }

  /// Whether a Map Run of an execution that is over has children that are still to stop.
  boolean hasRunningChildren(ExecutionKey key) {
    return loader.hasRunningChildren(key);
  }

  /// What happened to an execution up to an event; its payloads have no text, but for what a Map
  /// runs over.
  Iterable<Fact> journal(ExecutionKey key, long lastEventId) {
    return new StoredJournal(history, key, lastEventId);
  }

  private void resolve(Map<ExecutionKey, List<Payload>> unresolved) {
    Map<ExecutionKey, Set<Long>> events = new HashMap<>();
    unresolved.forEach(
        (key, payloads) ->
            payloads.forEach(
                p ->
                    events
                        .computeIfAbsent(key, _ -> new LinkedHashSet<>())
                        .add(origin(p).eventId())));
    history
        .containing(events)
        .forEach(
            (key, runs) -> {
              List<Payload> payloads = unresolved.getOrDefault(key, List.of());
              for (Transition.HistoryRun run : runs) {
                resolve(payloads, run);
              }
            });
  }

  private static void resolve(List<Payload> payloads, Transition.HistoryRun run) {
    List<Origin> origins =
        payloads.stream().filter(p -> !p.isResolved()).map(DatabaseShelf::origin).toList();
    Map<Origin, byte[]> texts = JournalCodec.payloads(run.events(), origins);
    for (Payload payload : payloads) {
      byte[] text = texts.get(origin(payload));
      if (text != null) {
        payload.resolve(text);
      }
    }
  }

  private static Origin origin(Payload payload) {
    Origin origin = payload.origin();
    if (origin == null) {
      throw new IllegalStateException("expected an unresolved payload to know its place");
    }
    return origin;
  }

  private Volume volume(StoredExecution one, Execution execution) {
    Mocks mocks = Mocks.parse(one.mocks());
    var fixed =
        new HotExecution.Fixed(
            one.key(),
            mocks,
            isExpress(one) ? HotExecution.Kind.EXPRESS : HotExecution.Kind.STANDARD,
            one.revision().logs(),
            parent(one.key().tenant(), one.parent(), one.mapChild()),
            null);
    List<InboxRow> inbox =
        one.inbox().stream().map(m -> new InboxRow(m.sourceId(), m.payload())).toList();
    return new Volume(
        fixed, execution, one.version(), one.owner(), one.size(), inbox, visits(one, mocks));
  }

  private Visits visits(StoredExecution one, Mocks mocks) {
    if (!mocks.countsVisits()) {
      return new Visits();
    }
    return Visits.of(journal(one.key(), one.lastEventId()), mocks);
  }

  private ExecutionInfo info(StoredExecution one) {
    StoredRevision of = one.revision();
    String machineArn = arn(one.account(), "stateMachine") + of.stateMachineName();
    Definition definition = definition(of);
    StoredExecution.MapChild child = one.mapChild();
    ExecutionInfo plain = plain(one, machineArn, definition);
    return child == null
        ? plain
        : io.gradus.runtime.node.Children.info(
            plain,
            one.key(),
            one.name(),
            one.startedAt(),
            new StateName(child.mapState()),
            isExpress(one));
  }

  /// A child of a Map Run is what its Map says.
  private boolean isExpress(StoredExecution one) {
    StoredExecution.MapChild child = one.mapChild();
    return child == null
        ? one.revision().express()
        : definition(one.revision()).state(new StateName(child.mapState()))
                instanceof State.MapState map
            && map.map().mode() == MapSpec.Mode.DISTRIBUTED_EXPRESS;
  }

  @Override
  public List<MapResults.Ended> children(
      HotExecution execution,
      Effect.MapRunKey mapRun,
      ExecutionStatus status,
      long after,
      int limit) {
    ExecutionInfo around = execution.execution().info();
    List<MapResults.Ended> ended = new ArrayList<>();
    Map<ExecutionKey, List<Payload>> unresolved = new HashMap<>();
    // One that succeeded is never run anew.
    boolean last = mapRun.express() && status != ExecutionStatus.SUCCEEDED;
    for (ExecutionLoader.ChildState child :
        loader.children(execution.key().tenant(), mapRun.id(), status, after, limit, last)) {
      ExecutionInfo info =
          io.gradus.runtime.node.Children.info(
              around,
              child.key(),
              child.name(),
              child.startedAt(),
              mapRun.state(),
              mapRun.express());
      Execution state = StateCodec.decode(info, child.state(), List.of());
      List<Payload> missing = StateCodec.unresolved(state);
      if (!missing.isEmpty()) {
        unresolved.put(child.key(), missing);
      }
      ended.add(new MapResults.Ended(child.index(), child.items(), state));
    }
    resolve(unresolved);
    return ended;
  }

  private ExecutionInfo plain(StoredExecution one, String machineArn, Definition definition) {
    StoredRevision of = one.revision();
    return new ExecutionInfo(
        one.key(),
        Starting.executionArn(machineArn, of.express(), one.name(), one.key().id()),
        one.name(),
        machineArn,
        of.stateMachineName(),
        of.roleArn(),
        one.versionArn(),
        one.aliasArn(),
        one.startedAt(),
        of.express() ? Starting.bounded(definition) : definition,
        one.awsStrict() ? ExecutionInfo.Limits.AWS : lifted);
  }

  private String arn(String account, String kind) {
    return "arn:aws:states:" + region + ":" + account + ":" + kind + ":";
  }

  private Definition definition(StoredRevision revision) {
    Definition known = definitions.get(revision.id());
    if (known != null) {
      return known;
    }
    Definition parsed = DefinitionParser.parse(revision.definition()).definition();
    if (parsed == null) {
      throw new IllegalStateException("expected revision " + revision.id() + " to be valid");
    }
    if (definitions.size() >= MAX_DEFINITIONS) {
      definitions.clear();
    }
    definitions.put(revision.id(), parsed);
    return parsed;
  }

  @Override
  public List<ExecutionKey> claim(List<ExecutionKey> keys, int incarnation) {
    return claims.claimParked(keys, incarnation);
  }

  @Override
  public Optional<Existing> find(StartRequest request, String name, @Nullable UUID namesake) {
    Machine machine = request.machine();
    return loader
        .named(request.tenant(), machine.id(), name, namesake)
        .map(
            there ->
                new Existing(
                    there.key(),
                    Starting.executionArn(machine.arn(), machine.express(), name, there.key().id()),
                    there.startedAt(),
                    there.status() == ExecutionStatus.RUNNING,
                    there.inputHash(),
                    parent(request.tenant(), there.parent(), null)));
  }

  private static StartRequest.@Nullable Parent parent(
      TenantId tenant,
      NewExecution.@Nullable Parent parent,
      StoredExecution.@Nullable MapChild child) {
    return parent == null
        ? null
        : new StartRequest.Parent(
            new ExecutionKey(tenant, parent.executionId()),
            parent.task(),
            true,
            child == null ? null : new StartRequest.MapItem(child.index(), child.items()));
  }
}
