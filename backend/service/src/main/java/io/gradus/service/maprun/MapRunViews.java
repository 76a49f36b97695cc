package io.gradus.service.maprun;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.MapProcessor;
import io.gradus.service.execution.MapRunRecords;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Looks into Map Runs.
public class MapRunViews {
  /// What did not go well.
  public static final Set<ExecutionStatus> UNSUCCESSFUL =
      Set.copyOf(
          EnumSet.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED));

  /// A Map state is visited again and again at most as often as a history has room for; nobody
  /// looks through more.
  private static final int MOST_RUNS = 1_000;

  private static final int EXPORT_PAGE = 200;
  private static final int SHORTEST_PREFIX = 8;

  private final MapRunRecords runs;
  private final ChildRecords children;
  private final ExecutionFinder finder;
  private final Arns arns;
  private final Clock clock;

  /// Looks them up there.
  public MapRunViews(
      MapRunRecords runs, ChildRecords children, ExecutionFinder finder, Arns arns, Clock clock) {
    this.runs = runs;
    this.children = children;
    this.finder = finder;
    this.arns = arns;
    this.clock = clock;
  }

  /// A Map Run with what its page needs to know of it.
  ///
  /// @param execution whose Map it is
  /// @param type `STANDARD` or `EXPRESS`, of its children
  public record Opened(ExecutionFinder.Row execution, String arn, String type, MapRun run) {
    /// The same, as it stands now.
    public Opened as(MapRun now) {
      return new Opened(execution, arn, type, now);
    }

    /// Whether its children have a history, and so a page of their own.
    public boolean isStandard() {
      return type.equals(MapProcessor.STANDARD);
    }
  }

  /// Which children a list holds.
  ///
  /// @param statuses empty for any
  /// @param search the place of one, or what its name begins with; null for none
  /// @param previews whether their inputs are wanted too
  public record Wanted(
      Set<ExecutionStatus> statuses,
      ChildRecords.Order order,
      @Nullable String search,
      boolean previews) {
    public Wanted {
      statuses = Set.copyOf(statuses);
    }

    /// With the inputs.
    public Wanted(
        Set<ExecutionStatus> statuses, ChildRecords.Order order, @Nullable String search) {
      this(statuses, order, search, true);
    }

    /// How they stand, and no more.
    public Wanted withoutPreviews() {
      return new Wanted(statuses, order, search, false);
    }
  }

  /// How an export is written.
  public enum Format {
    JSON_LINES,
    CSV
  }

  /// A Map Run of an execution.
  ///
  /// @throws Refusal ResourceNotFound, or ExecutionDoesNotExist
  public Opened open(Caller caller, String stateMachine, String execution, String id) {
    ExecutionFinder.Opened around = finder.open(caller, stateMachine, execution);
    MapRun run =
        parsed(id)
            .flatMap(uuid -> runs.find(caller.tenant(), uuid))
            .filter(stored -> stored.execution().equals(around.row().key()))
            .map(MapRunRecords.Stored::mapRun)
            .orElseThrow(
                () ->
                    new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + id + "'"));
    String arn =
        new StatesArn.MapRun(
                arns.region(), caller.account(), stateMachine, run.label(), run.id().toString())
            .text();
    Access.require(caller, Permission.READ, "DescribeMapRun", arn);
    return new Opened(
        around.row(),
        arn,
        MapProcessor.executionType(around.definition(), run.state().value()),
        run);
  }

  /// The Map Run as it stands now.
  public Opened now(Caller caller, Opened opened) {
    check(caller, opened, "DescribeMapRun");
    return runs.find(caller.tenant(), opened.run().id())
        .map(stored -> opened.as(stored.mapRun()))
        .orElse(opened);
  }

  /// The Map Runs of an execution, newest first.
  public List<MapRun> of(Caller caller, ExecutionFinder.Row execution) {
    Access.require(caller, Permission.READ, "ListMapRuns", execution.arn());
    if (!execution.key().tenant().equals(caller.tenant())) {
      throw new Refusal(
          ErrorCode.EXECUTION_DOES_NOT_EXIST,
          "Execution Does Not Exist: '" + execution.arn() + "'");
    }
    return runs.list(execution.key(), new Page.Request(MOST_RUNS, null)).items().stream()
        .map(MapRunRecords.Stored::mapRun)
        .toList();
  }

  /// A page of its children.
  public Page<ChildRecords.Child> children(
      Caller caller, Opened opened, Wanted wanted, Page.Request request) {
    check(caller, opened, "ListExecutions");
    UUID id = opened.run().id();
    String search = wanted.search();
    if (search == null) {
      return children.list(
          caller.tenant(), id, wanted.statuses(), wanted.order(), wanted.previews(), request);
    }
    Page<ChildRecords.Child> found =
        isPlace(search)
            ? at(caller, id, search)
            : search.length() < SHORTEST_PREFIX
                ? new Page<>(List.of(), null)
                : children.named(caller.tenant(), id, search, wanted.previews(), request);
    return wanted.statuses().isEmpty()
        ? found
        : new Page<>(
            found.items().stream()
                .filter(child -> wanted.statuses().contains(child.status()))
                .toList(),
            found.next());
  }

  /// Names begin with the time, and so with a nought; places do not.
  private static boolean isPlace(String search) {
    return search.chars().allMatch(c -> c >= '0' && c <= '9')
        && search.length() < 2 * SHORTEST_PREFIX
        && !(search.startsWith("0") && search.length() >= SHORTEST_PREFIX);
  }

  private Page<ChildRecords.Child> at(Caller caller, UUID id, String number) {
    return new Page<>(
        children.at(caller.tenant(), id, Long.parseLong(number)).stream().toList(), null);
  }

  /// How the children at these places stand now, in any order and without their inputs.
  public List<ChildRecords.Child> standing(Caller caller, Opened opened, List<Long> indexes) {
    check(caller, opened, "ListExecutions");
    return indexes.isEmpty()
        ? List.of()
        : children.standing(caller.tenant(), opened.run().id(), indexes);
  }

  /// The child at a place, with its payloads.
  public Optional<ChildRecords.Whole> child(Caller caller, Opened opened, long index) {
    check(caller, opened, "DescribeExecution");
    return children.whole(caller.tenant(), opened.run().id(), index);
  }

  /// How fast it went, as far as it has come.
  public Pace pace(Caller caller, Opened opened) {
    check(caller, opened, "DescribeMapRun");
    MapRun run = opened.run();
    long count = run.progress().children();
    Instant until = Objects.requireNonNullElseGet(run.stoppedAt(), clock::instant);
    return Pace.of(
        children.ended(caller.tenant(), run.id(), Pace.places(count)),
        count,
        run.startedAt(),
        until);
  }

  /// Writes the children in these statuses, whatever their number, a few at a time.
  public void export(
      Caller caller, Opened opened, Set<ExecutionStatus> statuses, Format format, OutputStream out)
      throws IOException {
    check(caller, opened, "ListExecutions");
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    ChildExport export = ChildExport.of(format, writer);
    export.begin();
    String after = null;
    do {
      Page<ChildRecords.Whole> page =
          children.wholes(
              caller.tenant(), opened.run().id(), statuses, new Page.Request(EXPORT_PAGE, after));
      for (ChildRecords.Whole child : page.items()) {
        export.child(child);
      }
      after = page.next();
    } while (after != null);
    writer.flush();
  }

  /// How many failed items it bears, and how many it had.
  ///
  /// @param most null where the percentage alone is a bound and the number of items is not known
  /// @param percentage null where there is no such bound
  public record Borne(
      long failed, @Nullable Long most, @Nullable Integer count, @Nullable Double percentage) {
    static Borne of(MapRun run) {
      MapProgress progress = run.progress();
      Integer count = progress.tolerance().count();
      Double percentage = progress.tolerance().percentage();
      Long total = run.total();
      Long byShare = percentage == null || total == null ? null : (long) (total * percentage / 100);
      Long most = count == null ? byShare : Long.valueOf(count);
      if (count != null && byShare != null) {
        most = Math.min(count, byShare);
      }
      // Without either bound, the first one that fails ends it.
      if (count == null && percentage == null) {
        most = 0L;
      }
      return new Borne(progress.failedItems() + progress.timedOutItems(), most, count, percentage);
    }
  }

  /// What of its tolerance is used up.
  public static Borne borne(MapRun run) {
    return Borne.of(run);
  }

  private void check(Caller caller, Opened opened, String action) {
    Access.require(caller, Permission.READ, action, opened.arn());
    if (!opened.execution().key().tenant().equals(caller.tenant())) {
      throw new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + opened.arn() + "'");
    }
  }

  private static Optional<UUID> parsed(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
