package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.approval.Approval;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Approvals from the task that asks to the task that goes on, over PostgreSQL and a running node.
class ApprovalsTest {
  private static final String APPROVAL = "arn:aws:states:::approval:request.waitForTaskToken";
  private static final Page.Request ALL = new Page.Request(100, null);

  private static StoredWorld world;
  private static Caller ann;
  private static Caller ben;
  private static Caller cleo;
  private static int machines;

  @BeforeAll
  static void open() {
    world = new StoredWorld();
    Caller admin = world.administrator();
    ann = world.person(admin, "ann", "Ann Ada", Set.of(Role.ADMIN), Set.of());
    ben = world.person(admin, "ben", "Ben Bit", Set.of(Role.APPROVER), Set.of("Procurement"));
    cleo = world.person(admin, "cleo", "Cleo Coe", Set.of(Role.APPROVER), Set.of("Procurement"));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void aDecisionIsTheTasksOutput() {
    // given
    String execution = start(ann, "'Title':'Ship?','Approvers':{'Users':['ben']}");
    Approval.Summary asked = waiting(ben, execution);

    // when
    Approval decided = decide(ben, asked, Approval.APPROVED, "Fine.", null);

    // then
    assertThat(decided.summary().status()).isEqualTo(Approval.Status.DECIDED);
    JsonNode output = json(ended(execution, ExecutionStatus.SUCCEEDED).output());
    assertThat(output.propertyNames())
        .containsExactlyInAnyOrder("Decision", "DecidedBy", "Comments", "Form", "DecidedAt");
    assertThat(output.get("Decision").stringValue()).isEqualTo("APPROVED");
    assertThat(output.get("DecidedBy").toString()).isEqualTo("[\"ben\"]");
    assertThat(output.get("Comments").toString()).isEqualTo("[\"Fine.\"]");
    assertThat(output.get("Form").toString()).isEqualTo("{}");
    assertThat(Instant.parse(output.get("DecidedAt").stringValue()))
        .isAfter(asked.openedAt())
        .isBefore(Instant.now().plusSeconds(60));
    // The start is audited in its own time: before or after.
    assertThat(world.audited(ann))
        .filteredOn(
            entry ->
                entry.action().equals("DecideApproval")
                    && ("approval/" + asked.id()).equals(entry.target()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.who()).isEqualTo("user/ben");
              assertThat(entry.target()).isEqualTo("approval/" + asked.id());
              assertThat(new String(entry.detail(), StandardCharsets.UTF_8))
                  .contains("APPROVED", "Fine.", execution);
            });
  }

  @Test
  void aRejectionIsAnOutputOrAnErrorAsTheAuthorSays() {
    String out = start(ann, "'Title':'Ship?','Approvers':{'Users':['ben']},'Quorum':1");
    String fail = start(ann, "'Title':'Ship?','Approvers':{'Users':['ben']},'FailOnReject':true");

    refuses(
        ErrorCode.VALIDATION, () -> decide(ben, waiting(ben, out), Approval.REJECTED, " ", null));
    decide(ben, waiting(ben, out), Approval.REJECTED, "Too dear", null);
    decide(ben, waiting(ben, fail), Approval.REJECTED, "Too dear", null);

    assertThat(json(ended(out, ExecutionStatus.SUCCEEDED).output()).get("Decision").stringValue())
        .isEqualTo("REJECTED");
    Execution failed = ended(fail, ExecutionStatus.FAILED);
    assertThat(failed.error()).isEqualTo("Approval.Rejected");
    assertThat(failed.cause()).isEqualTo("Too dear");
  }

  @Test
  void aQuorumTakesDifferentPeopleAndOneRejectionEndsIt() {
    String two = start(ann, "'Title':'Two','Approvers':{'Groups':['Procurement']},'Quorum':2");
    Approval.Summary asked = waiting(ben, two);

    Approval first = decide(ben, asked, Approval.APPROVED, null, null);

    assertThat(first.summary().status()).isEqualTo(Approval.Status.OPEN);
    assertThat(first.refusal()).contains("already");
    refuses(ErrorCode.ACCESS_DENIED, () -> decide(ben, asked, Approval.APPROVED, null, null));
    assertThat(world.approvals.list(ben, Approval.Which.MINE, ALL).items())
        .noneMatch(a -> a.id().equals(asked.id()));
    decide(cleo, asked, Approval.APPROVED, null, null);
    assertThat(json(ended(two, ExecutionStatus.SUCCEEDED).output()).get("DecidedBy").toString())
        .isEqualTo("[\"ben\",\"cleo\"]");

    String no = start(ann, "'Title':'Two','Approvers':{'Groups':['Procurement']},'Quorum':2");
    decide(ben, waiting(ben, no), Approval.APPROVED, null, null);
    decide(cleo, waiting(cleo, no), Approval.REJECTED, "No", null);
    assertThat(json(ended(no, ExecutionStatus.SUCCEEDED).output()).get("Decision").stringValue())
        .isEqualTo("REJECTED");
  }

  @Test
  void ofManyAtOnceOneWinsAndTheOthersAreToldWho() throws Exception {
    String execution = start(ann, "'Title':'Race','Approvers':{'Groups':['Procurement']}");
    Approval.Summary asked = waiting(ben, execution);
    var barrier = new CyclicBarrier(2);
    List<Throwable> lost = new CopyOnWriteArrayList<>();
    var won = new AtomicInteger();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Caller one : List.of(ben, cleo)) {
        var _ =
            threads.submit(
                (Callable<Object>)
                    () -> {
                      barrier.await();
                      try {
                        decide(one, asked, Approval.APPROVED, null, null);
                        won.incrementAndGet();
                      } catch (Refusal e) {
                        lost.add(e);
                      }
                      return one;
                    });
      }
    }

    assertThat(won).hasValue(1);
    assertThat(lost)
        .singleElement()
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
              assertThat(refusal.message()).matches("(Ben Bit|Cleo Coe) approved this on .* UTC");
            });
    ended(execution, ExecutionStatus.SUCCEEDED);
  }

  @Test
  void nobodyApprovesWhatTheyStartedUnlessTheAuthorSaysSo() {
    Caller runner = world.with(ben, Role.APPROVER, Role.OPERATOR);
    String own = start(runner, "'Title':'Own','Approvers':{'Users':['ben','cleo']}");
    String allowed =
        start(runner, "'Title':'Own','Approvers':{'Users':['ben']},'AllowStarter':true");

    Approval.Summary asked = waiting(cleo, own);
    refuses(ErrorCode.ACCESS_DENIED, () -> decide(ben, asked, Approval.APPROVED, null, null));
    assertThat(world.approvals.find(ben, asked.id()).refusal()).contains("You started");
    assertThat(world.approvals.list(ben, Approval.Which.MINE, ALL).items())
        .noneMatch(a -> a.id().equals(asked.id()));
    decide(ben, waiting(ben, allowed), Approval.APPROVED, null, null);
    ended(allowed, ExecutionStatus.SUCCEEDED);
  }

  @Test
  void whoIsNotAskedOrNotAnApproverOrGoneDecidesNothing() {
    String execution = start(ann, "'Title':'Not you','Approvers':{'Users':['dora']}");
    Caller dora = world.person(ann, "dora", "Dora Dee", Set.of(Role.APPROVER), Set.of());
    Approval.Summary asked = waiting(dora, execution);

    refuses(ErrorCode.ACCESS_DENIED, () -> decide(ben, asked, Approval.APPROVED, null, null));
    refuses(
        ErrorCode.ACCESS_DENIED,
        () -> decide(world.with(dora, Role.VIEWER), asked, Approval.APPROVED, null, null));
    Caller key = new Caller(ann.tenant(), ann.account(), "key/AKIA1", Set.of(Role.ADMIN), "test");
    refuses(ErrorCode.ACCESS_DENIED, () -> decide(key, asked, Approval.APPROVED, null, null));
    world.leaves(dora);
    refuses(ErrorCode.ACCESS_DENIED, () -> decide(dora, asked, Approval.APPROVED, null, null));

    Approval seen = world.approvals.find(ann, asked.id());
    assertThat(seen.stuck()).contains("Nobody can decide this");
    assertThat(seen.missing()).containsExactly("dora");
    world.approvals.delegate(ann, asked.id(), "cleo", "Dora has left");
    decide(cleo, asked, Approval.APPROVED, null, null);
    ended(execution, ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aStopWithdrawsWhatNobodyCanDecideAfterwards() {
    String execution = start(ann, "'Title':'Stopped','Approvers':{'Users':['ben']}");
    Approval.Summary asked = waiting(ben, execution);

    world.executions.stop(ann, execution, null, null);

    Approval seen = world.approvals.find(ben, asked.id());
    assertThat(seen.summary().status()).isEqualTo(Approval.Status.WITHDRAWN);
    assertThat(seen.refusal()).contains("withdrawn").contains("stopped");
    refuses(ErrorCode.CONFLICT, () -> decide(ben, asked, Approval.APPROVED, null, null));
    refuses(ErrorCode.CONFLICT, () -> world.approvals.comment(ben, asked.id(), "late"));
    assertThat(world.approvals.list(ben, Approval.Which.MINE, ALL).items())
        .noneMatch(a -> a.id().equals(asked.id()));
    assertThat(world.approvals.list(ben, Approval.Which.DONE, ALL).items())
        .anyMatch(a -> a.id().equals(asked.id()));
  }

  @Test
  void anOverdueApprovalTimesItsTaskOutExactly() {
    String execution = start(ann, "'Title':'Soon','Approvers':{'Users':['ben']},'DueSeconds':1");

    Execution failed = ended(execution, ExecutionStatus.FAILED);

    assertThat(failed.error()).isEqualTo("States.Timeout");
    Approval.Summary done = find(ben, Approval.Which.DONE, execution);
    assertThat(done.status()).isEqualTo(Approval.Status.OVERDUE);
    assertThat(done.dueAt()).isNotNull();
    assertThat(done.closedAt()).isAfterOrEqualTo(done.dueAt());
    assertThat(Duration.between(done.dueAt(), done.closedAt())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void theFormIsCheckedAndItsAnswersAreInTheOutput() {
    String form =
        "{'type':'object','required':['costCentre'],'properties':{"
            + "'costCentre':{'type':'string','enum':['4410','4420']},"
            + "'days':{'type':'integer','minimum':1,'maximum':60}}}";
    String execution = start(ann, "'Title':'Form','Approvers':{'Users':['ben']},'Form':" + form);
    Approval.Summary asked = waiting(ben, execution);

    assertThat(world.approvals.faults(ben, asked.id(), json("{'costCentre':'9','days':99}")))
        .containsEntry("costCentre", "Is none of the choices")
        .containsKey("days");
    assertThat(world.approvals.faults(ben, asked.id(), json("{}")))
        .isEqualTo(Map.of("costCentre", "Needs an answer"));
    refuses(
        ErrorCode.VALIDATION,
        () -> decide(ben, asked, Approval.APPROVED, null, json("{'days':2}")));
    decide(ben, asked, Approval.APPROVED, null, json("{'costCentre':'4410','days':30}"));

    assertThat(json(ended(execution, ExecutionStatus.SUCCEEDED).output()).get("Form").toString())
        .isEqualTo("{\"costCentre\":\"4410\",\"days\":30}");
  }

  @Test
  void ofItsOwnOutcomesOneMayBeChosen() {
    String execution =
        start(ann, "'Title':'O','Approvers':{'Users':['ben']},'Outcomes':['ESCALATE']");
    Approval.Summary asked = waiting(ben, execution);

    refuses(ErrorCode.VALIDATION, () -> decide(ben, asked, "MAYBE", null, null));
    decide(ben, asked, "ESCALATE", null, null);

    assertThat(
            json(ended(execution, ExecutionStatus.SUCCEEDED).output())
                .get("Decision")
                .stringValue())
        .isEqualTo("ESCALATE");
  }

  @Test
  void whatNobodyCouldAnswerFailsItsTaskWithThePlace() {
    String[][] bad = {
      {"'Approvers':{'Users':['ben']}", "Title"},
      {"'Title':'x'", "Approvers"},
      {"'Title':'x','Approvers':{'Users':['ben',7]}", "Approvers.Users[1]"},
      {"'Title':'x','Approvers':{'Users':['ben']},'Quorum':2", "Quorum"},
      {"'Title':'x','Approvers':{'Users':['ben']},'Due':2", "Due"},
      {"'Title':'x','Approvers':{'Users':['ben']},'DueSeconds':0", "DueSeconds"},
      {"'Title':'x','Approvers':{'Users':['ben']},'Outcomes':['APPROVED']", "Outcomes[0]"},
      {"'Title':'x\\n','Approvers':{'Users':['ben']}", "Title"},
      {
        "'Title':'x','Approvers':{'Users':['ben']},'Form':{'type':'object','properties':{'a':{'$ref':'http://x/y'}}}",
        "Form.properties.a.$ref"
      },
      {
        "'Title':'x','Approvers':{'Users':['ben']},'Form':{'type':'object','properties':{'a':{'type':'object'}}}",
        "Form.properties.a"
      },
      {
        "'Title':'x','Approvers':{'Users':['ben']},'Form':{'type':'object','properties':{'a':{'type':'string','maxLength':'q'}}}",
        "Form.properties.a.maxLength"
      },
    };
    List<String> executions = new ArrayList<>();
    for (String[] one : bad) {
      executions.add(start(ann, one[0]));
    }
    for (int i = 0; i < bad.length; i++) {
      Execution failed = ended(executions.get(i), ExecutionStatus.FAILED);
      assertThat(failed.error()).as(bad[i][0]).isEqualTo("Approval.InvalidRequest");
      assertThat(failed.cause()).as(bad[i][0]).startsWith("The field '" + bad[i][1] + "' ");
    }
  }

  @Test
  void claimsAndCommentsAreSeenByOthers() {
    String execution = start(ann, "'Title':'C','Approvers':{'Groups':['Procurement']}");
    Approval.Summary asked = waiting(ben, execution);
    int before = world.approvals.counts(cleo).mine();

    world.approvals.claim(ben, asked.id());
    assertThat(world.approvals.counts(cleo).mine()).isEqualTo(before - 1);
    assertThatThrownBy(() -> world.approvals.claim(cleo, asked.id()))
        .hasMessage("Ben Bit has taken this up");
    refuses(ErrorCode.CONFLICT, () -> world.approvals.unclaim(cleo, asked.id()));
    world.approvals.comment(cleo, asked.id(), "Mind the <b>date</b>");
    world.approvals.unclaim(ben, asked.id());

    assertThat(world.approvals.find(cleo, asked.id()).events())
        .extracting(Approval.Event::kind)
        .containsExactly(
            Approval.EventKind.OPENED,
            Approval.EventKind.CLAIMED,
            Approval.EventKind.COMMENTED,
            Approval.EventKind.UNCLAIMED);
    assertThat(world.approvals.counts(cleo).mine()).isEqualTo(before);
    decide(cleo, asked, Approval.APPROVED, null, null);
  }

  @Test
  void watchersLearnOfWhatOpensAndCloses() throws Exception {
    var told = new AtomicInteger();
    try (AutoCloseable _ = world.approvalWatch.watch(ben, told::incrementAndGet)) {
      await("the first look", () -> told.get() > 0);
      int before = told.get();
      String execution = start(ann, "'Title':'W','Approvers':{'Users':['ben']}");
      Approval.Summary asked = waiting(ben, execution);
      await("news of an approval", () -> told.get() > before);
      int opened = told.get();
      world.executions.stop(ann, execution, null, null);
      await("news of its withdrawal", () -> told.get() > opened);
      assertThat(asked.title()).isEqualTo("W");
    }
  }

  private static Approval decide(
      Caller who,
      Approval.Summary asked,
      String outcome,
      @Nullable String comment,
      @Nullable JsonNode form) {
    return world.approvals.decide(who, asked.id(), new Approval.Answer(outcome, comment, form));
  }

  private static String start(Caller who, String arguments) {
    String definition =
        ("{'StartAt':'Ask','States':{'Ask':{'Type':'Task','QueryLanguage':'JSONata','Resource':'"
                + APPROVAL
                + "','Arguments':'{% $states.input %}','End':true}}}")
            .replace('\'', '"');
    return world
        .executions
        .start(
            who,
            new Execution.Start(
                machine(definition), null, ("{" + arguments + "}").replace('\'', '"'), null, null))
        .arn();
  }

  private static String machine(String definition) {
    return world
        .stateMachines
        .create(
            ann,
            new StateMachine.Draft(
                "m" + ++machines,
                definition,
                "arn:aws:iam::123456789012:role/r",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private static Approval.Summary waiting(Caller who, String execution) {
    await(
        "an approval for " + who.principal(),
        () -> any(who, Approval.Which.OPEN, execution) != null);
    return find(who, Approval.Which.OPEN, execution);
  }

  private static Approval.Summary find(Caller who, Approval.Which which, String execution) {
    Approval.Summary found = any(who, which, execution);
    if (found == null) {
      throw new AssertionError("expected an approval of " + execution);
    }
    return found;
  }

  private static Approval.@Nullable Summary any(
      Caller who, Approval.Which which, String execution) {
    return world.approvals.list(who, which, ALL).items().stream()
        .filter(a -> a.executionArn().equals(execution))
        .findFirst()
        .orElse(null);
  }

  private static Execution ended(String execution, ExecutionStatus status) {
    await(
        "the end of " + execution,
        () -> world.executions.describe(ann, execution).status() != ExecutionStatus.RUNNING);
    Execution ended = world.executions.describe(ann, execution);
    assertThat(ended.status()).as(String.valueOf(ended.cause())).isEqualTo(status);
    return ended;
  }

  private static JsonNode json(@Nullable String text) {
    return PayloadJson.MAPPER.readTree(String.valueOf(text).replace('\'', '"'));
  }

  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("expected " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
