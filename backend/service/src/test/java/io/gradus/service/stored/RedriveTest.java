package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.activity.Activity;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Redrives on a real database and a real node.
class RedriveTest {
  private static final Page.Request FIRST = new Page.Request(100, null);
  private static StoredWorld world;
  private Caller ann;

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
  }

  private String create(String definition) {
    return world
        .stateMachines
        .create(
            ann,
            new StateMachine.Draft(
                "m",
                definition,
                "arn:aws:iam::100000000001:role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private String start(String machine, String input) {
    return world.executions.start(ann, new Execution.Start(machine, "e", input, null, null)).arn();
  }

  private Execution until(String arn, ExecutionStatus status) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    Execution now = world.executions.describe(ann, arn);
    while (now.status() != status && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      now = world.executions.describe(ann, arn);
    }
    assertThat(now.status()).isEqualTo(status);
    return now;
  }

  private List<String> types(String arn) {
    return world.executions.history(ann, arn, false, FIRST).items().stream()
        .map(Fact.HistoryEvent::details)
        .map(EventType::of)
        .toList();
  }

  @Test
  void manyIterationsGoOnFromWhereTheyWere() {
    Activity work = world.activities.create(ann, "work", Map.of());
    String machine =
        create(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{
              "StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","End":true}}}}}}"""
                .formatted(work.arn()));
    String big = "x".repeat(400);
    String arn = start(machine, "[" + ("\"" + big + "\",").repeat(19) + "\"" + big + "\"]");
    for (int i = 0; i < 3; i++) {
      answer(work.arn(), true);
    }
    answer(work.arn(), false);
    until(arn, ExecutionStatus.FAILED);

    Instant redriven = world.executions.redrive(ann, arn, "once");
    assertThat(world.executions.redrive(ann, arn, "once")).isEqualTo(redriven);
    for (int i = 0; i < 17; i++) {
      answer(work.arn(), true);
    }

    Execution over = until(arn, ExecutionStatus.SUCCEEDED);
    assertThat(over.output()).startsWith("[\"" + big + "\",");
    assertThat(over.redriveCount()).isEqualTo(1);
    assertThat(over.redrivenAt()).isEqualTo(redriven);
    assertThat(types(arn)).contains("ExecutionRedriven");
    refuses(ErrorCode.EXECUTION_NOT_REDRIVABLE, () -> world.executions.redrive(ann, arn, "twice"));
    assertThat(world.executions.redrive(ann, arn, "once")).isEqualTo(redriven);
  }

  /// Works on one task of the activity and hands back what it was given.
  private void answer(String activity, boolean well) {
    Activity.Task task = world.activities.poll(ann, activity, null).orElseThrow();
    if (well) {
      world.tasks.succeed(ann, task.token(), task.input());
    } else {
      world.tasks.fail(ann, task.token(), "Boom", "it broke");
    }
  }

  @Test
  void aStoppedExecutionIsTakenUpAgain() {
    String machine =
        create(
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""");
    String arn = start(machine, "{}");
    refuses(ErrorCode.EXECUTION_NOT_REDRIVABLE, () -> world.executions.redrive(ann, arn, null));
    world.executions.stop(ann, arn, "E", "C");
    until(arn, ExecutionStatus.ABORTED);

    world.executions.redrive(ann, arn, null);

    Execution again = until(arn, ExecutionStatus.RUNNING);
    assertThat(again.stoppedAt()).isNull();
    assertThat(again.error()).isNull();
    var redriven = new ExecutionService.Filter(null, true);
    var never = new ExecutionService.Filter(null, false);
    assertThat(world.executions.list(ann, machine, redriven, FIRST).items()).hasSize(1);
    assertThat(world.executions.list(ann, machine, never, FIRST).items()).isEmpty();
    world.executions.stop(ann, arn, null, null);
    until(arn, ExecutionStatus.ABORTED);
    assertThat(types(arn))
        .containsExactly(
            "ExecutionStarted",
            "WaitStateEntered",
            "ExecutionAborted",
            "ExecutionRedriven",
            "ExecutionAborted");
    Caller viewer =
        new Caller(ann.tenant(), ann.account(), "user/eve", Set.of(Role.VIEWER), "test");
    refuses(ErrorCode.ACCESS_DENIED, () -> world.executions.redrive(viewer, arn, null));
  }
}
