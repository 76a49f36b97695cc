package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.activity.Activity;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Use cases from end to end, on a real database and a real node.
class UseCasesTest {
  private static final String ROLE = "arn:aws:iam::100000000001:role/any";
  private static final String PASS =
      """
      {"StartAt":"Say","States":{"Say":{"Type":"Pass","Result":{"hello":"wörld"},"End":true}}}""";
  private static final String TASK =
      """
      {"StartAt":"Charge","States":{"Charge":{"Type":"Task",\
      "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"charge"},\
      "Next":"Say"},"Say":{"Type":"Pass","End":true}}}""";
  private static final String WAIT =
      """
      {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""";
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

  private StateMachine.Summary create(String name, String definition) {
    return create(name, definition, MachineType.STANDARD);
  }

  private StateMachine.Summary create(String name, String definition, MachineType type) {
    return world.stateMachines.create(
        ann, new StateMachine.Draft(name, definition, ROLE, type, null, null, Map.of("k", "v")));
  }

  private Execution.Started start(
      String machine, @Nullable String name, String input, @Nullable String mocks) {
    return world.executions.start(
        ann, new Execution.Start(machine, name, input, "Root=1-2-3", mocks));
  }

  private Execution finished(String arn) {
    return world.ended(ann, arn);
  }

  @Test
  void aStateMachineKeepsItsRevisionsAndItsSettings() {
    StateMachine.Summary made = create("orders", PASS);
    var logging = new LoggingConfiguration(LogLevel.ERROR, true, List.of("arn:aws:logs:x"));

    var updated =
        world.stateMachines.update(
            ann, made.arn(), new StateMachine.Change(TASK, null, logging, true));

    StateMachine now = world.stateMachines.describe(ann, made.arn());
    assertThat(now.definition()).isEqualTo(TASK);
    assertThat(now.roleArn()).isEqualTo(ROLE);
    assertThat(now.logging()).isEqualTo(logging);
    assertThat(now.tracing()).isTrue();
    assertThat(now.revisionId()).isEqualTo(updated.revisionId());
    assertThat(world.tags.list(ann, made.arn())).containsExactly(Map.entry("k", "v"));
  }

  @Test
  void aNameIsFreeAgainWhenItsStateMachineIsDeleted() {
    StateMachine.Summary made = create("orders", PASS);
    Execution.Started started = start(made.arn(), "run", "{}", null);
    finished(started.arn());

    world.stateMachines.delete(ann, made.arn());

    refuses(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
        () -> world.stateMachines.describe(ann, made.arn()));
    refuses(ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, () -> start(made.arn(), "run2", "{}", null));
    assertThat(world.executions.describe(ann, started.arn()).status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(world.executions.describeStateMachine(ann, started.arn()).definition())
        .isEqualTo(PASS);
    assertThat(create("orders", TASK).arn()).isEqualTo(made.arn());
    assertThat(world.stateMachines.list(ann, FIRST).items()).hasSize(1);
  }

  @Test
  void anExecutionTellsItsPayloadsAndItsHistory() {
    String machine = create("orders", TASK).arn();
    String large = "{\"text\":\"" + "x".repeat(5_000) + "\"}";

    Execution.Started started =
        start(machine, null, large, "{\"Charge\":[{\"return\":{\"paid\":true}}]}");

    Execution done = finished(started.arn());
    assertThat(done.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(done.input()).isEqualTo(large);
    assertThat(done.output()).isEqualTo("{\"paid\":true}");
    assertThat(done.traceHeader()).isEqualTo("Root=1-2-3");
    List<Fact.HistoryEvent> all = history(started.arn(), false, 100);
    assertThat(all)
        .extracting(event -> EventType.of(event.details()))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded");
    assertThat(history(started.arn(), false, 2)).isEqualTo(all);
    assertThat(history(started.arn(), true, 4)).isEqualTo(all.reversed());
    assertThat(all.get(1).details().toString()).as("a payload that is stored once").contains(large);
  }

  private List<Fact.HistoryEvent> history(String arn, boolean reverse, int pageSize) {
    List<Fact.HistoryEvent> events = new ArrayList<>();
    String next = null;
    do {
      Page<Fact.HistoryEvent> page =
          world.executions.history(ann, arn, reverse, new Page.Request(pageSize, next));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
      events.addAll(page.items());
      next = page.next();
    } while (next != null);
    return events;
  }

  @Test
  void anExecutionThatFailedOrWasStoppedSaysWhy() {
    String machine = create("orders", TASK).arn();
    Execution.Started failed =
        start(machine, "f", "{}", "{\"Charge\":[{\"throw\":{\"error\":\"No\",\"cause\":\"c\"}}]}");
    String waiting = create("slow", WAIT).arn();
    Execution.Started stopped = start(waiting, "s", "{}", null);

    Instant at = world.executions.stop(ann, stopped.arn(), "Enough", "of it");

    assertThat(finished(failed.arn()).error()).isEqualTo("No");
    assertThat(finished(failed.arn()).cause()).isEqualTo("c");
    Execution now = finished(stopped.arn());
    assertThat(now.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(now.error()).isEqualTo("Enough");
    assertThat(now.stoppedAt()).as("what stop answered").isEqualTo(at);
    assertThat(world.executions.stop(ann, stopped.arn(), null, null))
        .as("stopping what is over")
        .isEqualTo(now.stoppedAt());
  }

  @Test
  void startingIsIdempotentByName() {
    String machine = create("slow", WAIT).arn();
    Execution.Started first = start(machine, "once", "{\"a\":1}", null);

    assertThat(start(machine, "once", "{\"a\":1}", null)).isEqualTo(first);
    refuses(ErrorCode.EXECUTION_ALREADY_EXISTS, () -> start(machine, "once", "{\"a\":2}", null));
  }

  @Test
  void executionsAreListedNewestFirstPageByPage() {
    String machine = create("orders", PASS).arn();
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      started.addFirst(start(machine, "run-" + i, "{}", null).arn());
    }
    started.forEach(this::finished);

    List<String> listed = new ArrayList<>();
    String next = null;
    do {
      Page<Execution.Summary> page =
          world.executions.list(
              ann,
              machine,
              new ExecutionService.Filter(ExecutionStatus.SUCCEEDED, null),
              new Page.Request(3, next));
      page.items().forEach(item -> listed.add(item.arn()));
      next = page.next();
    } while (next != null);

    assertThat(listed).isEqualTo(started);
    assertThat(
            world
                .executions
                .list(
                    ann, machine, new ExecutionService.Filter(ExecutionStatus.FAILED, null), FIRST)
                .items())
        .isEmpty();
  }

  @Test
  void anExpressExecutionRunsInMemory() {
    String machine = create("quick", PASS, MachineType.EXPRESS).arn();

    Execution done =
        world.executions.startSync(ann, new Execution.Start(machine, "n", "{\"a\":1}", null, null));

    assertThat(done.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(done.output()).isEqualTo("{\"hello\":\"wörld\"}");
    assertThat(done.arn()).contains(":express:quick:n:");
  }

  @Test
  void anActivityTaskGoesToAWorkerAndBack() {
    String activity = world.activities.create(ann, "ask", Map.of()).arn();
    String machine =
        create(
                "asking",
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\""
                    + activity
                    + "\",\"End\":true}}}")
            .arn();
    Execution.Started started = start(machine, null, "{\"q\":\"?\"}", null);

    Activity.Task task = world.activities.poll(ann, activity, "worker").orElseThrow();
    world.tasks.heartbeat(ann, task.token());
    world.tasks.succeed(ann, task.token(), "{\"a\":\"!\"}");

    assertThat(task.input()).isEqualTo("{\"q\":\"?\"}");
    assertThat(finished(started.arn()).output()).isEqualTo("{\"a\":\"!\"}");
    refuses(ErrorCode.TASK_TIMED_OUT, () -> world.tasks.succeed(ann, task.token(), "1"));
    refuses(ErrorCode.INVALID_TOKEN, () -> world.tasks.fail(ann, "nonsense", null, null));
    Caller bob = world.administrator();
    refuses(ErrorCode.INVALID_TOKEN, () -> world.tasks.heartbeat(bob, task.token()));
  }

  @Test
  void tenantsSeeNothingOfEachOther() {
    create("orders", PASS);
    world.activities.create(ann, "ask", Map.of());
    world.functions.put(ann, "f", "http://127.0.0.1:9/", null);
    Caller bob = world.administrator();

    assertThat(world.stateMachines.list(bob, FIRST).items()).isEmpty();
    assertThat(world.activities.list(bob, FIRST).items()).isEmpty();
    assertThat(world.functions.list(bob)).isEmpty();
    assertThat(world.functions.find(bob.tenant(), "f")).isEmpty();
    assertThat(world.functions.find(ann.tenant(), "f")).isPresent();
  }

  @Test
  void aKeyIsFoundUntilItIsRevoked() {
    var fresh = world.accessKeys.create(ann, "ci", Set.of(Role.OPERATOR));
    String id = fresh.summary().id();

    var found = world.accessKeys.find(id).orElseThrow();
    assertThat(found.secret()).isEqualTo(fresh.secret());
    assertThat(found.active()).isTrue();
    assertThat(found.caller().roles()).containsExactly(Role.OPERATOR);
    assertThat(found.caller().account()).isEqualTo(ann.account());

    var rotated = world.accessKeys.rotate(ann, id);
    assertThat(world.accessKeys.find(id).orElseThrow().secret()).isEqualTo(rotated.secret());

    world.accessKeys.revoke(ann, id);
    assertThat(world.accessKeys.find(id).orElseThrow().active()).isFalse();
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.accessKeys.rotate(ann, id));
    assertThat(world.accessKeys.find("AKIA\0")).isEmpty();
    Caller bob = world.administrator();
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.accessKeys.revoke(bob, id));
  }

  @Test
  void everyChangeIsInTheAuditLogAndNoRefusalIs() {
    StateMachine.Summary made = create("orders", PASS);
    create("orders", PASS);
    refuses(ErrorCode.STATE_MACHINE_ALREADY_EXISTS, () -> create("orders", TASK));
    world.stateMachines.update(ann, made.arn(), new StateMachine.Change(TASK, null, null, null));
    world.tags.add(ann, made.arn(), Map.of("a", "b"));
    world.functions.put(ann, "f", "http://127.0.0.1:9/", 5);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.functions.delete(ann, "g"));
    world.stateMachines.delete(ann, made.arn());

    assertThat(world.audited(ann))
        .extracting(AuditEntry.What::action)
        .containsExactly(
            "CreateStateMachine",
            "UpdateStateMachine",
            "TagResource",
            "PutFunction",
            "DeleteStateMachine");
    assertThat(world.audited(ann)).extracting(AuditEntry.What::who).containsOnly("user/ann");
  }

  @Test
  void whatComesAtTheEnginesRateIsInTheAuditLogSoonAfter() {
    String activity = world.activities.create(ann, "ask", Map.of()).arn();
    String asking =
        create(
                "asking",
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\""
                    + activity
                    + "\",\"End\":true}}}")
            .arn();
    Execution.Started asked = start(asking, null, "{}", null);
    String token = world.activities.poll(ann, activity, null).orElseThrow().token();
    world.tasks.heartbeat(ann, token);
    world.tasks.succeed(ann, token, "1");
    Execution.Started waiting = start(create("slow", WAIT).arn(), null, "{}", null);
    world.executions.stop(ann, waiting.arn(), null, null);

    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (world.audited(ann).size() < 7 && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    List<AuditEntry.What> audited = world.audited(ann);
    assertThat(audited)
        .extracting(AuditEntry.What::action)
        .containsExactlyInAnyOrder(
            "CreateActivity",
            "CreateStateMachine",
            "StartExecution",
            "SendTaskSuccess",
            "CreateStateMachine",
            "StartExecution",
            "StopExecution");
    assertThat(audited)
        .extracting(AuditEntry.What::target)
        .contains(asked.arn(), waiting.arn())
        .doesNotContain(token);
  }

  @Test
  void aCharacterThatTheDatabaseCannotHoldIsRefusedBeforeIt() {
    String nul = "a\0";
    String machine = create("orders", PASS).arn();
    String activity = world.activities.create(ann, "ask", Map.of()).arn();

    refuses(ErrorCode.INVALID_ARN, () -> world.stateMachines.describe(ann, machine + nul));
    refuses(ErrorCode.INVALID_ARN, () -> world.executions.describe(ann, machine + nul));
    refuses(ErrorCode.INVALID_NAME, () -> start(machine, nul, "{}", null));
    refuses(ErrorCode.VALIDATION, () -> world.tags.add(ann, machine, Map.of("k", nul)));
    world.tags.remove(ann, machine, List.of(nul));
    refuses(ErrorCode.VALIDATION, () -> world.activities.poll(ann, activity, nul));
    refuses(ErrorCode.VALIDATION, () -> world.accessKeys.create(ann, nul, null));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.accessKeys.rotate(ann, nul));
    refuses(ErrorCode.INVALID_NAME, () -> world.functions.describe(ann, nul));
    refuses(
        ErrorCode.INVALID_ARN,
        () ->
            world.stateMachines.update(
                ann, machine, new StateMachine.Change(null, ROLE + nul, null, null)));
    refuses(
        ErrorCode.VALIDATION,
        () ->
            world.executions.start(
                ann, new Execution.Start(machine, null, "{}", "Root=" + nul, null)));
    String text = "{\"a\":\"\\u0000\"}";
    assertThat(finished(start(machine, null, text, null).arn()).input()).isEqualTo(text);
  }
}
