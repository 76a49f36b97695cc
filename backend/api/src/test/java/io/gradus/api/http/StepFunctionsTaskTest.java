package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.api.task.StepFunctionsConnector;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Tasks call the Step Functions API of the tenant that they belong to.
class StepFunctionsTaskTest extends AwsSdkFixture {
  private final StepFunctionsConnector connector = new StepFunctionsConnector(server::operations);

  @AfterEach
  void close() {
    connector.close();
  }

  private TaskOutcome call(String account, int tenant, String action, String parameters) {
    return connector
        .invoke(
            new TaskInvocation(
                new ExecutionKey(new TenantId(new UUID(0, tenant)), new UUID(0, 9)),
                "arn:aws:states:us-east-1:" + account + ":execution:m:e",
                new TaskId(FrameId.ROOT, 3),
                new StateName("T"),
                new Resource("arn:aws:states:::aws-sdk:sfn:" + action),
                Payload.ofText(parameters),
                0,
                "token",
                null,
                null,
                null))
        .toCompletableFuture()
        .join();
  }

  private TaskOutcome call(String action, String parameters) {
    return call(ApiServer.ACCOUNT, 1, action, parameters);
  }

  @Test
  void anotherExecutionIsStartedAndDescribed() {
    String machine = create("orders", PASS);

    TaskOutcome started =
        call(
            "startExecution",
            "{\"StateMachineArn\":\"" + machine + "\",\"Name\":\"n\",\"Input\":{\"a\":1}}");

    assertThat(started).isInstanceOf(TaskOutcome.Succeeded.class);
    JsonNode answer = ((TaskOutcome.Succeeded) started).output().json();
    String arn = machine.replace(":stateMachine:", ":execution:") + ":n";
    assertThat(answer.path("ExecutionArn").stringValue()).isEqualTo(arn);
    assertThat(answer.path("StartDate").stringValue()).endsWith("Z");
    assertThat(sfn.describeExecution(r -> r.executionArn(arn)).input()).isEqualTo("{\"a\":1}");
    TaskOutcome described = call("describeExecution", "{\"ExecutionArn\":\"" + arn + "\"}");
    assertThat(((TaskOutcome.Succeeded) described).output().json().path("Status").stringValue())
        .isEqualTo("SUCCEEDED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sendTaskSuccess | {"Output":"{}","TaskToken":"x"} | Sfn.InvalidTokenException | Invalid Token: 'Invalid token' (Service: Sfn, Status Code: 400, Request ID:
          sendTaskSuccess | {"Output":"{}"} | Sfn.ValidationException | 1 validation error detected
          sendTaskSuccess | {"output":"{}"} | States.Runtime | The field 'output' is not supported by Step Functions
          sendTaskSuccess | [] | States.Runtime | The parameters must be an object
          doMagic | {} | States.Runtime | The action 'doMagic' is not supported here.
          listActivities | {"MaxResults":"x"} | Sfn.SerializationException | class java.lang.String
          """)
  void whatIsRefusedIsNamedAsTheSdkNamesIt(
      String action, String parameters, String error, @Nullable String cause) {
    TaskOutcome outcome = call(action, parameters);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> {
              assertThat(failed.error().value()).isEqualTo(error);
              assertThat(failed.cause()).startsWith(String.valueOf(cause));
            });
  }

  @Test
  void anotherTenantsThingsAreOutOfReach() {
    String machine = create("orders", PASS);

    TaskOutcome outcome =
        call(
            ApiServer.OTHER_ACCOUNT,
            2,
            "startExecution",
            "{\"StateMachineArn\":\"" + machine + "\"}");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> assertThat(failed.error().value()).isEqualTo("Sfn.AccessDeniedException"));
  }
}
