package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// The AWS SDK for Java drives what runs: executions, their histories and their tasks.
class AwsSdkExecutionsTest extends AwsSdkFixture {
  @Test
  void runsAnExecutionAndTellsWhatHappened() {
    String machine = create("orders", PASS);

    String arn =
        sfn.startExecution(r -> r.stateMachineArn(machine).name("first").input("{\"a\": 1}"))
            .executionArn();

    assertThat(arn).isEqualTo("arn:aws:states:us-east-1:111122223333:execution:orders:first");
    var described = sfn.describeExecution(r -> r.executionArn(arn));
    assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(described.input()).isEqualTo("{\"a\": 1}");
    assertThat(described.output()).isEqualTo("{\"hello\":\"wörld\"}");
    assertThat(described.stopDate()).isAfterOrEqualTo(described.startDate());
    assertThat(described.redriveStatusReason())
        .isEqualTo("Execution is SUCCEEDED and cannot be redriven");
    List<HistoryEvent> events = sfn.getExecutionHistory(r -> r.executionArn(arn)).events();
    assertThat(events)
        .extracting(HistoryEvent::type)
        .containsExactly(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.PASS_STATE_ENTERED,
            HistoryEventType.PASS_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED);
    assertThat(events).extracting(HistoryEvent::previousEventId).containsExactly(0L, 0L, 2L, 3L);
    assertThat(events.getFirst().executionStartedEventDetails().roleArn()).isEqualTo(ROLE);
    assertThat(events.get(1).stateEnteredEventDetails().input()).isEqualTo("{\"a\": 1}");
    assertThat(sfn.describeStateMachineForExecution(r -> r.executionArn(arn)).stateMachineArn())
        .isEqualTo(machine);
  }

  @Test
  void pagesThroughAHistoryInBothDirections() {
    String machine = create("orders", PASS);
    String arn = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();

    List<Long> forward =
        sfn.getExecutionHistoryPaginator(r -> r.executionArn(arn).maxResults(3)).events().stream()
            .map(HistoryEvent::id)
            .toList();
    List<Long> backward =
        sfn
            .getExecutionHistoryPaginator(r -> r.executionArn(arn).maxResults(3).reverseOrder(true))
            .stream()
            .map(GetExecutionHistoryResponse::events)
            .flatMap(List::stream)
            .map(HistoryEvent::id)
            .toList();

    assertThat(forward).containsExactly(1L, 2L, 3L, 4L);
    assertThat(backward).containsExactly(4L, 3L, 2L, 1L);
  }

  @Test
  void keepsPayloadsToItselfWhenAskedTo() {
    String machine = create("orders", PASS);
    String arn = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();

    var events =
        sfn.getExecutionHistory(r -> r.executionArn(arn).includeExecutionData(false)).events();
    var described = sfn.describeExecution(r -> r.executionArn(arn).includedData("METADATA_ONLY"));

    assertThat(events.get(1).stateEnteredEventDetails().input()).isNull();
    assertThat(described.input()).isNull();
    assertThat(described.output()).isNull();
    assertThat(described.inputDetails().included()).isFalse();
  }

  @Test
  void startingIsIdempotentByNameWhileItRuns() {
    String machine = create("slow", FOREVER);
    String arn = start(machine, "once", "{\"a\":1}");

    assertThat(start(machine, "once", "{\"a\":1}")).isEqualTo(arn);
    var refused =
        catchThrowableOfType(
            ExecutionAlreadyExistsException.class, () -> start(machine, "once", "{\"a\":2}"));
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("Execution Already Exists: '" + arn + "'");

    sfn.stopExecution(r -> r.executionArn(arn).error("Enough").cause("of it"));
    var stopped = sfn.describeExecution(r -> r.executionArn(arn));
    assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(stopped.error()).isEqualTo("Enough");
    assertThat(
            catchThrowableOfType(
                ExecutionAlreadyExistsException.class, () -> start(machine, "once", "{\"a\":1}")))
        .isNotNull();
    assertThat(sfn.stopExecution(r -> r.executionArn(arn)).stopDate())
        .isEqualTo(stopped.stopDate());
  }

  @Test
  void refusesInputThatIsNotJsonInAwsWords() {
    String machine = create("orders", PASS);
    Map<String, String> expected =
        Map.of(
            "not some json",
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token"
                + " 'null', 'true' or 'false')",
            "{'not': 'json'",
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            "",
            "Invalid execution input.",
            "{\"a\":1,\"a\":2}",
            "Duplicate field \"a\"",
            "{} {}",
            "Trailing token found after the JSON value.");

    expected.forEach(
        (input, sentence) -> {
          var refused =
              catchThrowableOfType(
                  InvalidExecutionInputException.class, () -> start(machine, "x", input));
          assertThat(refused.awsErrorDetails().errorMessage())
              .isEqualTo("Invalid State Machine Execution Input: '" + sentence + "'");
        });
  }

  @Test
  void listsExecutionsNewestFirstAndByStatus() {
    String machine = create("orders", PASS);
    List<String> started =
        IntStream.range(0, 7).mapToObj(i -> start(machine, "run-" + i, "{}")).toList();

    var listed =
        sfn
            .listExecutionsPaginator(r -> r.stateMachineArn(machine).maxResults(3))
            .executions()
            .stream()
            .map(e -> e.executionArn())
            .collect(Collectors.toList());

    assertThat(listed).isEqualTo(started.reversed());
    assertThat(
            sfn.listExecutions(r -> r.stateMachineArn(machine).statusFilter("RUNNING"))
                .executions())
        .isEmpty();
  }

  @Test
  void runsAnExpressExecutionToItsEnd() {
    String machine =
        sfn.createStateMachine(
                r -> r.name("quick").definition(PASS).roleArn(ROLE).type(StateMachineType.EXPRESS))
            .stateMachineArn();

    var done = sfn.startSyncExecution(r -> r.stateMachineArn(machine).name("n").input("{}"));

    assertThat(done.status()).isEqualTo(SyncExecutionStatus.SUCCEEDED);
    assertThat(done.output()).isEqualTo("{\"hello\":\"wörld\"}");
    assertThat(done.executionArn())
        .startsWith("arn:aws:states:us-east-1:111122223333:express:quick:n:");
    assertThat(done.billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
    assertThat(done.billingDetails().billedDurationInMilliseconds()).isPositive();
    String standard = create("standard", PASS);
    assertThat(code(() -> sfn.startSyncExecution(r -> r.stateMachineArn(standard))))
        .isEqualTo("StateMachineTypeNotSupported");
    assertThat(code(() -> sfn.listExecutions(r -> r.stateMachineArn(machine))))
        .isEqualTo("StateMachineTypeNotSupported");
  }

  @Test
  void handsAnActivityTaskToAWorkerAndTakesItsResult() {
    String activity = sfn.createActivity(r -> r.name("ask")).activityArn();
    String machine =
        create(
            "asking",
            """
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"%s","End":true}}}"""
                .formatted(activity));
    String arn = start(machine, "q", "{\"q\":\"?\"}");

    var task = sfn.getActivityTask(r -> r.activityArn(activity).workerName("ann"));
    assertThat(task.input()).isEqualTo("{\"q\":\"?\"}");
    sfn.sendTaskHeartbeat(r -> r.taskToken(task.taskToken()));
    sfn.sendTaskSuccess(r -> r.taskToken(task.taskToken()).output("{\"a\":\"!\"}"));

    assertThat(sfn.describeExecution(r -> r.executionArn(arn)).output()).isEqualTo("{\"a\":\"!\"}");
    assertThat(
            catchThrowableOfType(
                TaskTimedOutException.class,
                () -> sfn.sendTaskSuccess(r -> r.taskToken(task.taskToken()).output("1"))))
        .isNotNull();
    assertThat(
            catchThrowableOfType(
                InvalidTokenException.class,
                () -> sfn.sendTaskFailure(r -> r.taskToken("NoSuchTaskToken"))))
        .isNotNull();
    try (SfnClient other = server.client("AKIAOTHER")) {
      assertThat(
              catchThrowableOfType(
                  InvalidTokenException.class,
                  () -> other.sendTaskHeartbeat(r -> r.taskToken(task.taskToken()))))
          .isNotNull();
    }
    assertThat(
            sfn.getExecutionHistory(r -> r.executionArn(arn)).events().stream()
                .filter(e -> e.type() == HistoryEventType.ACTIVITY_STARTED)
                .map(e -> e.activityStartedEventDetails().workerName()))
        .containsExactly("ann");
  }

  @Test
  void anExecutionThatIsNotThereIsSaidNotToBe() {
    assertThat(
            catchThrowableOfType(
                ExecutionDoesNotExistException.class,
                () ->
                    sfn.describeExecution(
                        r ->
                            r.executionArn(
                                "arn:aws:states:us-east-1:111122223333:execution:m:none"))))
        .isNotNull();
  }
}
