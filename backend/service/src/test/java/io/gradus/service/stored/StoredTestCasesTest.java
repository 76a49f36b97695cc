package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.testcase.KeptCase;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.run.CaseResult;
import io.gradus.service.testcase.run.TestCase;
import io.gradus.service.testcase.run.TestCaseJson;
import io.gradus.store.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Test cases as they are kept: by whom, how many, and with what came of them.
class StoredTestCasesTest {
  private static final String DEFINITION =
      """
      {"StartAt": "Charge", "States": {"Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "charge", "Payload.$": "$"}, "OutputPath": "$.Payload",
        "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 1}], "End": true}}}""";

  private static StoredWorld world;

  @BeforeAll
  static void start() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static String machine(Caller caller) {
    return world
        .stateMachines
        .create(
            caller,
            new StateMachine.Draft(
                "orders",
                DEFINITION,
                "arn:aws:iam::" + caller.account() + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private static TestCase testCase(String name, String json) {
    return TestCaseJson.read(name, PayloadJson.MAPPER.readTree(json));
  }

  private static TestCase paid(String name, boolean expected) {
    return testCase(
        name,
        "{\"mocks\":{\"Charge\":[{\"return\":{\"Payload\":{\"paid\":true}}}]},"
            + "\"expected\":{\"output\":{\"paid\":"
            + expected
            + "}}}");
  }

  @Test
  void aCaseKeepsWhatCameOfItsLastRunUntilItIsChanged() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    assertThat(world.testCases.put(ann, arn, paid("a", true)).result()).isNull();
    world.testCases.create(ann, arn, paid("b", false));

    List<KeptCase.Ran> ran = world.testRuns.runAll(ann, arn, null);

    assertThat(ran).extracting(each -> each.result().passed()).containsExactly(true, false);
    assertThat(world.testCases.list(ann, arn))
        .extracting(each -> Objects.requireNonNull(each.last()).passed())
        .containsExactly(true, false);
    KeptCase kept = world.testCases.get(ann, arn, "b");
    CaseResult result = Objects.requireNonNull(kept.result());
    assertThat(result.differences().getFirst().sentence())
        .isEqualTo("/paid: expected false, found true");
    assertThat(result.steps()).extracting(CaseResult.Step::state).containsExactly("Charge");
    KeptCase.LastRun last = Objects.requireNonNull(kept.summary().last());
    assertThat(last.revision()).isEqualTo(1);
    assertThat(last.by()).isEqualTo("user/ann");

    assertThat(world.testCases.put(ann, arn, paid("b", true)).summary().last()).isNull();
    assertThat(world.testRuns.run(ann, arn, "b", null).result().passed()).isTrue();
    assertThat(world.audited(ann))
        .extracting(AuditEntry.What::action)
        .containsExactly(
            "CreateStateMachine",
            "PutTestCase",
            "PutTestCase",
            "RunTestCases",
            "PutTestCase",
            "RunTestCase");
  }

  @Test
  void aDefinitionThatIsSentAlongIsTriedAndLeavesNothing() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    world.testCases.put(ann, arn, paid("a", true));
    String other = "{\"StartAt\":\"Charge\",\"States\":{\"Charge\":{\"Type\":\"Fail\"}}}";

    KeptCase.Ran ran = world.testRuns.run(ann, arn, "a", other);

    assertThat(ran.revision()).isNull();
    assertThat(ran.result().problems().getFirst()).contains("which is a Fail");
    assertThat(world.testCases.get(ann, arn, "a").summary().last()).isNull();
    refuses(ErrorCode.INVALID_DEFINITION, () -> world.testRuns.run(ann, arn, "a", "{}"));
  }

  @Test
  void aCaseCanBeToldThatWhatCameIsRight() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    world.testCases.put(ann, arn, paid("a", false));

    assertThat(world.testRuns.expectWhatComes(ann, arn, "a").result().passed()).isTrue();
    assertThat(String.valueOf(world.testCases.get(ann, arn, "a").testCase().expected().path()))
        .isEqualTo("[\"Charge\"]");
    world.testCases.put(ann, arn, testCase("none", "{}"));
    refuses(ErrorCode.VALIDATION, () -> world.testRuns.expectWhatComes(ann, arn, "none"));
  }

  @Test
  void aMockConfigurationGivesMocksAndLeavesTheRest() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    world.testCases.put(ann, arn, paid("Happy", true));
    String file =
        """
        {"StateMachines": {"orders": {"TestCases": {"Happy": {"Charge": "R"}, "Other": {"Charge": "R"}}}},
         "MockedResponses": {"R": {"0": {"Throw": {"Error": "Busy"}}, "1": {"Return": {"Payload": {"paid": true}}}}}}""";

    assertThat(world.testCases.importFile(ann, arn, file, null)).containsExactly("Happy", "Other");

    assertThat(world.testRuns.runAll(ann, arn, null))
        .allSatisfy(ran -> assertThat(ran.result().problems()).isEmpty());
    assertThat(world.testCases.get(ann, arn, "Happy").testCase().expected().output()).isNotNull();
    assertThat(world.testCases.exportMocks(ann, arn).toString()).contains("\"Mocked Charge\"");
    String exported = world.testCases.export(ann, arn).toString();
    world.testCases.delete(ann, arn, "Happy");
    world.testCases.importFile(ann, arn, exported, null);
    assertThat(world.testCases.export(ann, arn)).hasToString(exported);
  }

  @Test
  void thereIsABoundOnTheirNumberAndSize() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    StringBuilder many = new StringBuilder("{\"testCases\":{");
    for (int i = 0; i < TestCaseService.MAX_CASES; i++) {
      many.append(i == 0 ? "" : ",").append("\"c").append(i).append("\":{}");
    }
    assertThat(world.testCases.importFile(ann, arn, many + "}}", null))
        .hasSize(TestCaseService.MAX_CASES);
    refuses(
        ErrorCode.SERVICE_QUOTA_EXCEEDED,
        () -> world.testCases.put(ann, arn, testCase("one more", "{}")));
    world.testCases.put(ann, arn, paid("c7", true));
    String long1 = "{\"input\":\"" + "x".repeat(500_000) + "\"}";
    refuses(
        ErrorCode.SERVICE_QUOTA_EXCEEDED,
        () ->
            world.testCases.put(
                ann, arn, testCase("c7", "{\"input\":\"" + "x".repeat(600_000) + "\"}")));
    for (int i = 0; i < 16; i++) {
      world.testCases.put(ann, arn, testCase("c" + i, long1));
    }
    refuses(
        ErrorCode.SERVICE_QUOTA_EXCEEDED,
        () -> world.testCases.put(ann, arn, testCase("c16", long1)));
    assertThat(world.testCases.list(ann, arn)).hasSize(TestCaseService.MAX_CASES);
  }

  @Test
  void rolesTenantsAndNamesAreMinded() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    world.testCases.put(ann, arn, paid("a", true));
    Caller operator = world.with(ann, Role.OPERATOR);
    Caller viewer = world.with(ann, Role.VIEWER);

    assertThat(world.testRuns.run(operator, arn, "a", null).result().passed()).isTrue();
    assertThat(world.testCases.get(viewer, arn, "a").summary().name()).isEqualTo("a");
    refuses(ErrorCode.ACCESS_DENIED, () -> world.testRuns.run(viewer, arn, "a", null));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.testCases.put(operator, arn, paid("b", true)));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.testCases.delete(operator, arn, "a"));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.testRuns.expectWhatComes(operator, arn, "a"));
    refuses(ErrorCode.CONFLICT, () -> world.testCases.create(ann, arn, paid("a", true)));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.testRuns.run(ann, arn, "none", null));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.testCases.delete(ann, arn, "none"));
    refuses(ErrorCode.INVALID_NAME, () -> testCase("a/b", "{}"));

    Caller stranger = world.administrator();
    refuses(ErrorCode.ACCESS_DENIED, () -> world.testCases.get(stranger, arn, "a"));
    String own = machine(stranger);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.testCases.get(stranger, own, "a"));
  }

  @Test
  void theyGoWithTheirStateMachine() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    world.testCases.put(ann, arn, paid("a", true));
    world.stateMachines.delete(ann, arn);

    refuses(ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, () -> world.testCases.list(ann, arn));
    machine(ann);
    assertThat(world.testCases.list(ann, arn)).isEmpty();
  }

  @Test
  void oneIsMadeOfAnExecution() {
    Caller ann = world.administrator();
    String arn = machine(ann);
    String execution =
        world
            .executions
            .start(
                ann,
                new Execution.Start(
                    arn,
                    "monday",
                    "{\"order\":7}",
                    null,
                    "{\"Charge\":[{\"throw\":{\"error\":\"Busy\"}},"
                        + "{\"return\":{\"Payload\":{\"paid\":true}}}]}"))
            .arn();
    refusesWhileRunning(ann, execution);
    world.ended(ann, execution);

    ProposalService.Proposal made = world.proposals.of(ann, execution);

    assertThat(made.stateMachineArn()).isEqualTo(arn);
    assertThat(made.testCase().name()).isEqualTo("monday");
    assertThat(made.testCase().mocks().toString())
        .isEqualTo(
            "{\"Charge\":{\"0\":{\"Throw\":{\"Error\":\"Busy\"}},"
                + "\"1\":{\"Return\":{\"Payload\":{\"paid\":true}}}}}");
    world.testCases.put(ann, arn, made.testCase());
    assertThat(world.testRuns.run(ann, arn, "monday", null).result().problems()).isEmpty();
    refuses(ErrorCode.EXECUTION_DOES_NOT_EXIST, () -> world.proposals.of(ann, execution + "x"));
  }

  private static void refusesWhileRunning(Caller ann, String execution) {
    if (world.executions.describe(ann, execution).status() == ExecutionStatus.RUNNING) {
      refuses(ErrorCode.VALIDATION, () -> world.proposals.of(ann, execution));
    }
  }
}
