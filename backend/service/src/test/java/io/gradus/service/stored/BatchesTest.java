package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.Batch.Action;
import io.gradus.service.batch.Batch.Draft;
import io.gradus.service.batch.Batch.Outcome;
import io.gradus.service.batch.Batch.Selection;
import io.gradus.service.batch.BatchRuns;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.store.AuditEntry;
import io.gradus.store.BatchRow.Taken;
import io.gradus.store.engine.BatchRows.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Batches on a real database and a real node.
class BatchesTest {
  private static final Page.Request FIRST = new Page.Request(1_000, null);
  private static final Duration OVER = Duration.ofSeconds(-1);

  private static final String WAITS =
      """
      {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""";

  private static final String FAILS =
      """
      {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Payment.Declined","Cause":"c"}}}""";

  private static StoredWorld world;
  private Caller ann;
  private Caller operator;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  @BeforeEach
  void newTenant() {
    ann = world.administrator();
    operator = world.person(ann, "olga-" + ann.account(), "Olga", Set.of(Role.OPERATOR), Set.of());
  }

  @Test
  void aDryRunSaysHowManyAndWhyNotAndChangesNothing() {
    List<String> failed = started(create("fails", FAILS), 2);
    List<String> waiting = started(create("waits", WAITS), 3);
    failed.forEach(arn -> until(() -> status(arn) == ExecutionStatus.FAILED));
    String none = waiting.getFirst() + "-no-such";

    List<String> all = new ArrayList<>(failed);
    all.addAll(waiting);
    all.add(none);
    all.add(failed.getFirst());
    Batch.DryRun redrive = world.batches.dryRun(operator, picked(Action.REDRIVE, all));
    Batch.DryRun stop =
        world.batches.dryRun(operator, matching(Action.STOP, ExecutionFinder.Wanted.ALL));

    assertThat(redrive.selected()).isEqualTo(6);
    assertThat(redrive.eligible()).isEqualTo(2);
    assertThat(redrive.others())
        .containsExactly(
            new Batch.Reason(
                "ExecutionNotRedrivable", "Execution is RUNNING and cannot be redriven", 3),
            new Batch.Reason("ExecutionDoesNotExist", "There is no such execution", 1));
    assertThat(stop.eligible()).isEqualTo(3);
    assertThat(stop.others())
        .containsExactly(new Batch.Reason(null, "Execution is FAILED and cannot be stopped", 2));
    assertThat(world.batches.list(operator, FIRST).items()).isEmpty();
  }

  @Test
  void whatAFilterFindsIsStoppedInTheNameOfWhoAsked() {
    String machine = create("waits", WAITS);
    List<String> running = started(machine, 45);
    String over = started(machine, 1, "over").getFirst();
    world.executions.stop(ann, over, null, null);
    until(() -> status(over) == ExecutionStatus.ABORTED);

    Batch batch =
        world.batches.create(
            operator,
            new Draft(
                Action.STOP,
                new Selection.Matching(
                    new ExecutionFinder.Wanted("waits", Set.of(), null, null, null, null)),
                "Ops.Stopped",
                "too many"));
    Batch done = worked(batch);

    assertThat(done.status()).isEqualTo(Batch.Status.ENDED);
    assertThat(List.of(done.total(), done.done(), done.refused(), done.cancelled()))
        .containsExactly(46, 45, 1, 0);
    for (String arn : running) {
      Execution execution = world.executions.describe(ann, arn);
      assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
      assertThat(execution.error()).isEqualTo("Ops.Stopped");
      assertThat(execution.cause()).isEqualTo("too many");
    }
    assertThat(items(batch, Outcome.REFUSED))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.executionArn()).isEqualTo(over);
              assertThat(item.reason()).isEqualTo("Execution is ABORTED and cannot be stopped");
            });
    until(() -> audited("StopExecution").size() == 46);
    assertThat(audited("StopExecution"))
        .filteredOn(what -> what.who().equals(operator.principal()))
        .hasSize(45)
        .allSatisfy(what -> assertThat(what.source()).isEqualTo("batch/" + batch.id()));
    assertThat(audited("CreateBatch"))
        .singleElement()
        .satisfies(what -> assertThat(what.who()).isEqualTo(operator.principal()));
  }

  @Test
  void whatCannotBeRedrivenIsAnItemsResult() {
    List<String> failed = started(create("fails", FAILS), 3);
    failed.forEach(arn -> until(() -> status(arn) == ExecutionStatus.FAILED));
    String running = started(create("waits", WAITS), 1).getFirst();

    List<String> all = new ArrayList<>(failed);
    all.add(running);
    Batch done = worked(world.batches.create(operator, picked(Action.REDRIVE, all)));

    assertThat(List.of(done.done(), done.refused())).containsExactly(3, 1);
    assertThat(items(done, Outcome.REFUSED))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.executionArn()).isEqualTo(running);
              assertThat(item.error()).isEqualTo("ExecutionNotRedrivable");
              assertThat(item.reason()).isEqualTo("Execution is RUNNING and cannot be redriven");
            });
    for (String arn : failed) {
      until(() -> status(arn) == ExecutionStatus.FAILED);
      assertThat(world.executions.describe(ann, arn).redriveCount()).isEqualTo(1);
    }
    var declined = new ExecutionFinder.Wanted(null, Set.of(), null, null, null, "Payment.Declined");
    assertThat(world.finder.newest(operator, declined, FIRST).items())
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.error()).isEqualTo("Payment.Declined"));
  }

  /// It took the batch, did part of what it had begun, and died before it could tell.
  @Test
  void whatANodeThatDiedHadBegunIsDoneOnceAndCountedOnce() {
    List<String> waiting = started(create("waits", WAITS), 6);
    Batch stop = world.batches.create(operator, picked(Action.STOP, waiting));
    Taken died = taken(stop);
    world.batchRows.begin(died, 4);
    world.executions.stop(operator, waiting.get(0), null, null);
    world.executions.stop(operator, waiting.get(1), null, null);

    Batch stopped = worked(stop);
    boolean late =
        world.batchRows.tell(
            died,
            List.of(new Told(1, io.gradus.store.BatchRow.Outcome.REFUSED, null, "late")),
            Duration.ofMinutes(1));

    assertThat(late).isFalse();
    assertThat(List.of(stopped.done(), stopped.refused())).containsExactly(6, 0);
    assertThat(world.batches.get(operator, stop.id())).isEqualTo(stopped);

    Batch redrive = world.batches.create(operator, picked(Action.REDRIVE, waiting));
    Taken diedAgain = taken(redrive);
    world.batchRows.begin(diedAgain, 4);
    world.executions.redrive(operator, waiting.get(2), redrive.id() + "-3");
    Batch redriven = worked(redrive);

    assertThat(List.of(redriven.done(), redriven.refused())).containsExactly(6, 0);
    for (String arn : waiting) {
      assertThat(world.executions.describe(ann, arn).redriveCount()).isEqualTo(1);
    }
  }

  @Test
  void nodesThatWorkAtOnceCountEachItemOnce() {
    List<String> waiting = started(create("waits", WAITS), 120);
    Batch batch = world.batches.create(operator, picked(Action.STOP, waiting));
    Batch another = world.batches.create(operator, picked(Action.STOP, waiting));

    Batch first;
    Batch second;
    try (BatchRuns one = world.batchRuns();
        BatchRuns two = world.batchRuns();
        BatchRuns three = world.batchRuns()) {
      one.start();
      two.start();
      three.start();
      first = over(batch);
      second = over(another);
    }

    assertThat(first.done() + first.refused()).isEqualTo(120);
    assertThat(second.done() + second.refused()).isEqualTo(120);
    assertThat(first.done() + second.done()).isEqualTo(120);
    assertThat(waiting)
        .allSatisfy(arn -> assertThat(status(arn)).isEqualTo(ExecutionStatus.ABORTED));
  }

  @Test
  void whatIsCancelledBeginsNothingMore() {
    List<String> waiting = started(create("waits", WAITS), 3);
    Batch batch = world.batches.create(operator, picked(Action.STOP, waiting));

    Batch cancelling = world.batches.cancel(ann, batch.id());
    Batch cancelled = worked(batch);

    assertThat(cancelling.status()).isEqualTo(Batch.Status.CANCELLING);
    assertThat(cancelled.status()).isEqualTo(Batch.Status.CANCELLED);
    assertThat(cancelled.cancelledBy()).isEqualTo("user/ann");
    assertThat(cancelled.cancelled()).isEqualTo(3);
    assertThat(waiting)
        .allSatisfy(arn -> assertThat(status(arn)).isEqualTo(ExecutionStatus.RUNNING));
    refuses(ErrorCode.CONFLICT, () -> world.batches.cancel(ann, batch.id()));
  }

  @Test
  void whatTheAskerMayNoMoreIsRefused() {
    List<String> waiting = started(create("waits", WAITS), 2);
    Batch batch = world.batches.create(operator, picked(Action.STOP, waiting));

    world.leaves(operator);
    Batch refused = worked(batch);

    assertThat(refused.refused()).isEqualTo(2);
    assertThat(items(ann, refused, Outcome.REFUSED))
        .allSatisfy(item -> assertThat(item.error()).isEqualTo("AccessDeniedException"));
    assertThat(waiting)
        .allSatisfy(arn -> assertThat(status(arn)).isEqualTo(ExecutionStatus.RUNNING));
  }

  @Test
  void aKeyAsksAsWell() {
    List<String> waiting = started(create("waits", WAITS), 1);
    String id = world.accessKeys.create(ann, null, Set.of(Role.OPERATOR)).summary().id();
    Caller key = new Caller(ann.tenant(), ann.account(), "key/" + id, Set.of(Role.OPERATOR), "api");

    Batch done = worked(world.batches.create(key, picked(Action.STOP, waiting)));

    assertThat(done.done()).isEqualTo(1);
  }

  @Test
  void whoMayNotRunExecutionsAndWhoIsOfAnotherTenantGetsNowhere() {
    List<String> waiting = started(create("waits", WAITS), 1);
    Batch batch = world.batches.create(operator, picked(Action.STOP, waiting));
    Caller viewer = world.with(operator, Role.VIEWER);
    Caller other = world.administrator();

    refuses(
        ErrorCode.ACCESS_DENIED, () -> world.batches.create(viewer, picked(Action.STOP, waiting)));
    refuses(
        ErrorCode.ACCESS_DENIED, () -> world.batches.dryRun(viewer, picked(Action.STOP, waiting)));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.batches.cancel(viewer, batch.id()));
    assertThat(world.batches.get(viewer, batch.id()).total()).isEqualTo(1);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.batches.get(other, batch.id()));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.batches.cancel(other, batch.id()));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.batches.items(other, batch.id(), Set.of(), FIRST));
    assertThat(world.batches.list(other, FIRST).items()).isEmpty();
    refuses(
        ErrorCode.ACCESS_DENIED, () -> world.batches.create(other, picked(Action.STOP, waiting)));
    refuses(
        ErrorCode.VALIDATION,
        () -> world.batches.create(other, matching(Action.STOP, ExecutionFinder.Wanted.ALL)));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.batches.get(ann, "no such"));
  }

  @Test
  void aTenantHasSoManyOpenAndNoMore() {
    List<String> waiting = started(create("waits", WAITS), 1);
    for (int i = 0; i < Batch.MAX_OPEN; i++) {
      world.batches.create(operator, picked(Action.STOP, waiting));
    }
    refuses(
        ErrorCode.SERVICE_QUOTA_EXCEEDED,
        () -> world.batches.create(operator, picked(Action.STOP, waiting)));
  }

  private static Draft picked(Action action, List<String> arns) {
    return new Draft(action, new Selection.Picked(arns), null, null);
  }

  private static Draft matching(Action action, ExecutionFinder.Wanted wanted) {
    return new Draft(action, new Selection.Matching(wanted), null, null);
  }

  /// As a node has it that dies with it.
  private static Taken taken(Batch batch) {
    Taken taken = world.batchRows.take(OVER).orElseThrow();
    while (!taken.id().toString().equals(batch.id())) {
      world.batchRows.again(taken, Duration.ofHours(1));
      taken = world.batchRows.take(OVER).orElseThrow();
    }
    return taken;
  }

  private Batch worked(Batch batch) {
    try (BatchRuns runs = world.batchRuns()) {
      runs.start();
      return over(batch);
    }
  }

  private Batch over(Batch batch) {
    until(() -> world.batches.get(ann, batch.id()).endedAt() != null);
    return world.batches.get(ann, batch.id());
  }

  private List<Batch.Item> items(Batch batch, Outcome outcome) {
    return items(operator, batch, outcome);
  }

  private static List<Batch.Item> items(Caller caller, Batch batch, Outcome outcome) {
    return world.batches.items(caller, batch.id(), Set.of(outcome), FIRST).items();
  }

  private List<AuditEntry.What> audited(String action) {
    return world.audited(ann).stream().filter(what -> what.action().equals(action)).toList();
  }

  private ExecutionStatus status(String arn) {
    return world.executions.describe(ann, arn).status();
  }

  private String create(String name, String definition) {
    return world
        .stateMachines
        .create(
            ann,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::100000000001:role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private List<String> started(String machine, int count) {
    return started(machine, count, "e");
  }

  private List<String> started(String machine, int count, String name) {
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arns.add(
          world
              .executions
              .start(ann, new Execution.Start(machine, name + i, "{}", null, null))
              .arn());
    }
    return arns;
  }

  private static void until(BooleanSupplier holds) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!holds.getAsBoolean() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }
}
