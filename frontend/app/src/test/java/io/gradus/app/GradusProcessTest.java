package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.start.FirstLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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

/// What an operator does to the process, and what is left of the data afterwards.
class GradusProcessTest {
  private static final String NAP =
      """
      {"StartAt": "Nap", "States": {
        "Nap": {"Type": "Wait", "Seconds": 3, "Next": "Awake"},
        "Awake": {"Type": "Pass", "Result": "rested", "End": true}}}""";

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
