package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.start.FirstLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;

/// What an operator does to the process, and what is left of the data afterwards.
class GradusProcessTest {
  private static final String NAP =
      """
      {"StartAt": "Nap", "States": {
        "Nap": {"Type": "Wait", "Seconds": 3, "Next": "Awake"},
        "Awake": {"Type": "Pass", "Result": "rested", "End": true}}}\
      """;

  private static final String ASKS =
      """
      {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::approval:request.waitForTaskToken",
        "Parameters": {"Title": "Ship it?", "Approvers": {"Users": ["admin"]}}}}}\
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;

  @Test
  @Timeout(300)
  void whatWasAcknowledgedSurvivesAKillAndASecondOwnerIsTurnedAway() throws Exception {
    String execution;
    try (GradusProcess first = GradusProcess.start(data);
        SfnClient client = client(first.address())) {
      String machine =
          client
              .createStateMachine(
                  r -> r.name("nap").definition(NAP).roleArn("arn:aws:iam::000000000000:role/any"))
              .stateMachineArn();
      execution = client.startExecution(r -> r.stateMachineArn(machine)).executionArn();

      try (GradusProcess second = GradusProcess.start(data)) {
        assertThat(second.line(Pattern.compile("Another Gradus")))
            .contains("is using the data directory " + data, "--data");
        assertThat(second.end()).isNotZero();
      }
      first.kill();
    }

    try (GradusProcess again = GradusProcess.start(data);
        SfnClient client = client(again.address())) {
      while (client.describeExecution(r -> r.executionArn(execution)).status()
          == ExecutionStatus.RUNNING) {
        Thread.onSpinWait();
      }
      var ended = client.describeExecution(r -> r.executionArn(execution));
      assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).isEqualTo("\"rested\"");

      assertThat(again.terminate()).as("the exit code of SIGTERM").isEqualTo(143);
      assertThat(data.resolve("postgres/postmaster.pid"))
          .as("left by a server that was stopped")
          .doesNotExist();
    }
  }

  @Test
  @Timeout(300)
  void anApprovalThatWaitsSurvivesAKillAndIsAnsweredAfterwards() throws Exception {
    String execution;
    String waiting;
    try (GradusProcess first = GradusProcess.start(data);
        SfnClient client = client(first.address())) {
      String machine =
          client
              .createStateMachine(
                  r ->
                      r.name("asks").definition(ASKS).roleArn("arn:aws:iam::000000000000:role/any"))
              .stateMachineArn();
      execution = client.startExecution(r -> r.stateMachineArn(machine)).executionArn();
      try (PersonsHttp admin = logIn(first.address())) {
        JsonNode open = open(admin);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (open.isEmpty()) {
          assertThat(client.describeExecution(r -> r.executionArn(execution)).status())
              .isEqualTo(ExecutionStatus.RUNNING);
          assertThat(System.nanoTime()).as("the approval opens").isLessThan(until);
          open = open(admin);
        }
        waiting = open.get(0).get("id").stringValue();
      }
      first.kill();
    }

    try (GradusProcess again = GradusProcess.start(data);
        SfnClient client = client(again.address());
        PersonsHttp admin = logIn(again.address())) {
      JsonNode open = open(admin);
      assertThat(open).hasSize(1);
      assertThat(open.get(0).get("id").stringValue()).isEqualTo(waiting);
      assertThat(open.get(0).get("title").stringValue()).isEqualTo("Ship it?");

      var decided =
          admin.call("POST", "/approvals/" + waiting + "/decide", "{\"outcome\":\"APPROVED\"}");

      assertThat(decided.status()).as(decided.text()).isEqualTo(200);
      while (client.describeExecution(r -> r.executionArn(execution)).status()
          == ExecutionStatus.RUNNING) {
        Thread.onSpinWait();
      }
      assertThat(client.describeExecution(r -> r.executionArn(execution)).output())
          .contains("\"Decision\":\"APPROVED\"", "\"admin\"");
    }
  }

  private static JsonNode open(PersonsHttp person) {
    var answer = person.call("GET", "/approvals", "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("approvals");
  }

  private PersonsHttp logIn(String address) throws IOException {
    FirstLogin login = FirstLogin.read(data.resolve("first-login")).orElseThrow();
    return PersonsHttp.logIn(address, login.login(), login.password());
  }

  private SfnClient client(String address) throws IOException {
    FirstLogin login = FirstLogin.read(data.resolve("first-login")).orElseThrow();
    return SfnClient.builder()
        .endpointOverride(URI.create(address))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(login.accessKeyId(), login.secretAccessKey())))
        .overrideConfiguration(
            c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }
}
