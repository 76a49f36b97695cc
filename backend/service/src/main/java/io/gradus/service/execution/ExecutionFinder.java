package io.gradus.service.execution;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.StateMachineRecords;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds executions of all of a tenant's state machines, and reads what happened in one.
public class ExecutionFinder {
  private final ExecutionLookup lookup;
  private final ExecutionRecords records;
  private final Arns arns;

  /// Looks them up there.
  public ExecutionFinder(ExecutionLookup lookup, ExecutionRecords records, Arns arns) {
    this.lookup = lookup;
    this.records = records;
    this.arns = arns;
  }

  /// What a list holds; null and empty filter nothing.
  ///
  /// @param stateMachine its name
  /// @param startedFrom inclusive
  /// @param startedBefore exclusive
  /// @param namePrefix what the execution's name begins with
  /// @param error that it ended with, exactly
  public record Wanted(
      @Nullable String stateMachine,
      Set<ExecutionStatus> statuses,
      @Nullable Instant startedFrom,
      @Nullable Instant startedBefore,
      @Nullable String namePrefix,
      @Nullable String error) {
    public static final Wanted ALL = new Wanted(null, Set.of(), null, null, null, null);

    public Wanted {
      statuses = Set.copyOf(statuses);
    }

    /// Whether nothing is filtered.
    public boolean isAll() {
      return equals(ALL);
    }
  }

  /// An execution in a list.
  ///
  /// @param stateMachine its name
  /// @param revision the number of the definition it was started with
  /// @param error that it ended with; null where it did not, or none was told
  /// @param strict whether AWS's limits hold for it
  /// @param mapChild null for one that is no child of a Map Run
  public record Row(
      ExecutionKey key,
      String arn,
      String stateMachine,
      int revision,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long events,
      @Nullable String error,
      boolean strict,
      ExecutionLookup.@Nullable MapChild mapChild) {}

  /// An execution as it stands when it is looked into.
  ///
  /// @param stateMachineArn the machine's ARN
  /// @param definition the text it was started with; of a child of a Map Run, what its Map says
  ///   about it
  /// @param parent the execution whose task started this one; null where a caller did
  /// @param origin the execution that this one goes on from; null where it began at its beginning
  public record Opened(
      Row row,
      String stateMachineArn,
      String definition,
      @Nullable Link parent,
      ExecutionLookup.@Nullable Origin origin) {}

  /// Where another execution stands, as its page's URL names it.
  ///
  /// @param frame in which it was started
  public record Link(String stateMachine, String name, FrameId frame) {}

  /// Newest first.
  public Page<Row> newest(Caller caller, Wanted wanted, Page.Request request) {
    Access.require(
        caller, Permission.READ, "ListExecutions", arns.stateMachine(caller, "*").text());
    Page<ExecutionLookup.Found> page = lookup.newest(caller.tenant(), wanted, request);
    Stream<ExecutionLookup.Found> child =
        request.after() == null ? child(caller, wanted) : Stream.empty();
    return new Page<>(
        Stream.concat(child, page.items().stream()).map(found -> row(caller, found)).toList(),
        page.next());
  }

  /// Children of Map Runs are listed with their Map Run, and here only where one is asked for by
  /// its name.
  private Stream<ExecutionLookup.Found> child(Caller caller, Wanted wanted) {
    String name = wanted.namePrefix();
    if (name == null) {
      return Stream.empty();
    }
    return lookup.child(caller.tenant(), name).stream()
        .filter(found -> found.name().equals(name))
        .filter(found -> found.stateMachine().equals(orElse(wanted.stateMachine(), found)))
        .filter(found -> wanted.statuses().isEmpty() || wanted.statuses().contains(found.status()))
        .filter(found -> wanted.error() == null || wanted.error().equals(found.error()));
  }

  private static String orElse(@Nullable String machine, ExecutionLookup.Found found) {
    return machine == null ? found.stateMachine() : machine;
  }

  /// The execution of that name.
  ///
  /// @throws Refusal ExecutionDoesNotExist
  public Row find(Caller caller, String stateMachine, String name) {
    String arn = arn(caller, stateMachine, name);
    Access.require(caller, Permission.READ, "DescribeExecution", arn);
    return lookup
        .find(caller.tenant(), stateMachine, name)
        .map(found -> row(caller, found))
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.EXECUTION_DOES_NOT_EXIST, "Execution Does Not Exist: '" + arn + "'"));
  }

  /// The execution of that name, with what its page needs besides its history.
  ///
  /// @throws Refusal ExecutionDoesNotExist
  public Opened open(Caller caller, String stateMachine, String name) {
    Row row = find(caller, stateMachine, name);
    String definition =
        records
            .stateMachineOf(row.key())
            .map(StateMachineRecords.Stored::definition)
            .orElseThrow(() -> new IllegalStateException("expected the revision of " + row.key()));
    Link parent =
        lookup
            .parent(row.key())
            .map(p -> new Link(p.stateMachine(), p.name(), p.frame()))
            .orElse(null);
    ExecutionLookup.MapChild child = row.mapChild();
    return new Opened(
        row,
        arns.stateMachine(caller, row.stateMachine()).text(),
        child == null ? definition : MapProcessor.of(definition, child.state()),
        parent,
        lookup.origin(row.key()).orElse(null));
  }

  /// The execution that this one goes on from; empty where it began at its beginning.
  public Optional<ExecutionLookup.Origin> origin(Caller caller, Row execution) {
    check(caller, execution);
    return lookup.origin(execution.key());
  }

  /// What happened: whole commits, in order. Their payloads are to be asked for by [#events].
  ///
  /// @param fromEventId 1 for all, or the one after the last that was read
  /// @param limit of commits
  public ExecutionLookup.Outline outline(
      Caller caller, Row execution, long fromEventId, int limit) {
    check(caller, execution);
    return lookup.outline(execution.key(), fromEventId, limit);
  }

  /// These events with their payloads, in order.
  public List<Fact.HistoryEvent> events(Caller caller, Row execution, Collection<Long> ids) {
    check(caller, execution);
    return lookup.events(execution.key(), ids);
  }

  private static void check(Caller caller, Row execution) {
    Access.require(caller, Permission.READ, "GetExecutionHistory", execution.arn());
    if (!execution.key().tenant().equals(caller.tenant())) {
      throw new Refusal(
          ErrorCode.EXECUTION_DOES_NOT_EXIST,
          "Execution Does Not Exist: '" + execution.arn() + "'");
    }
  }

  private Row row(Caller caller, ExecutionLookup.Found found) {
    ExecutionLookup.MapChild child = found.mapChild();
    return new Row(
        found.key(),
        arn(
            caller,
            child == null ? found.stateMachine() : found.stateMachine() + "/" + child.label(),
            found.name()),
        found.stateMachine(),
        found.revision(),
        found.name(),
        found.status(),
        found.startedAt(),
        found.stoppedAt(),
        found.lastEventId(),
        found.error(),
        found.strict(),
        child);
  }

  /// The ARN of the caller's execution of that name.
  public String arn(Caller caller, String stateMachine, String name) {
    return new StatesArn.Execution(arns.region(), caller.account(), stateMachine, name).text();
  }
}
