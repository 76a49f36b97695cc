package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.RunningPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;

/// Two nodes as plain processes on one database, and a balancer before them that knows nothing.
class TwoNodesTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/any";
  private static final String KEY = "AKIATWONODES";
  private static final String SECRET = "two-nodes-two-nodes-two-nodes";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void anyNodeTakesAnyCallAndOneMayLeave() throws Exception {
    try (RunningPostgres postgres = PostgresCluster.open(directory.resolve("database"))) {
      try (GradusProcess migration =
          GradusProcess.start(directory.resolve("m"), settings(postgres, "m"), "migrate")) {
        migration.line(Pattern.compile("The schema is up to date: [1-9][0-9]* migrations ran"));
        assertThat(migration.end()).isZero();
      }
      try (GradusProcess a = GradusProcess.start(directory.resolve("a"), settings(postgres, "a"));
          GradusProcess b = GradusProcess.start(directory.resolve("b"), settings(postgres, "b"))) {
        String atA = a.address();
        String atB = b.address();
        try (RoundRobin balancer = new RoundRobin(List.of(port(atA), port(atB)));
            SfnClient any = client(balancer.address());
            SfnClient onA = client(atA);
            SfnClient onB = client(atB)) {
          workCrossesNodes(any, onA, onB);
          aNodeLeavesAndItsPollsAreAnswered(a, atA, onA, onB);
        }
      }
    }
  }

  private static void workCrossesNodes(SfnClient any, SfnClient onA, SfnClient onB)
      throws Exception {
    String activity = any.createActivity(r -> r.name("paint")).activityArn();
    String machine =
        any.createStateMachine(r -> r.name("painting").roleArn(ROLE).definition(work(activity)))
            .stateMachineArn();
    CompletableFuture<GetActivityTaskResponse> poll = poll(onA, activity);
    String execution = onB.startExecution(r -> r.stateMachineArn(machine)).executionArn();
    String token = poll.get(30, TimeUnit.SECONDS).taskToken();
    onA.sendTaskHeartbeat(r -> r.taskToken(token));
    onB.sendTaskSuccess(r -> r.taskToken(token).output("\"blue\""));
    assertThat(ended(any, execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
    String second = onA.startExecution(r -> r.stateMachineArn(machine)).executionArn();
    onB.stopExecution(r -> r.executionArn(second));
    assertThat(ended(any, second)).isEqualTo(ExecutionStatus.ABORTED);
  }

  /// What it had goes on at the other one, and its worker is not left to wait.
  private static void aNodeLeavesAndItsPollsAreAnswered(
      GradusProcess a, String atA, SfnClient onA, SfnClient onB) throws Exception {
    String activity = onB.createActivity(r -> r.name("quiet")).activityArn();
    String nap =
        onB.createStateMachine(
                r ->
                    r.name("nap")
                        .roleArn(ROLE)
                        .definition(
                            "{\"StartAt\":\"N\",\"States\":{\"N\":{\"Type\":\"Wait\",\"Seconds\":5,\"End\":true}}}"))
            .stateMachineArn();
    String execution = onA.startExecution(r -> r.stateMachineArn(nap)).executionArn();
    CompletableFuture<GetActivityTaskResponse> poll = poll(onA, activity);
    while (!metrics(atA).contains("\ngradus_node_pollers 1.0\n")) {
      Thread.onSpinWait();
    }
    assertThat(a.terminate()).isEqualTo(143);
    assertThat(poll.get(30, TimeUnit.SECONDS).taskToken()).isNull();
    assertThat(ended(onB, execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  private static CompletableFuture<GetActivityTaskResponse> poll(SfnClient node, String activity) {
    return CompletableFuture.supplyAsync(() -> node.getActivityTask(r -> r.activityArn(activity)));
  }

  private static String metrics(String address) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(address + "/actuator/prometheus")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static ExecutionStatus ended(SfnClient client, String execution) {
    while (true) {
      ExecutionStatus status = client.describeExecution(r -> r.executionArn(execution)).status();
      if (status != ExecutionStatus.RUNNING) {
        return status;
      }
      Thread.onSpinWait();
    }
  }

  private static String work(String activity) {
    return """
        {"StartAt": "Paint", "States": {"Paint": {"Type": "Task", "Resource": "%s", "HeartbeatSeconds": 60,
          "End": true}}}"""
        .formatted(activity);
  }

  private static Map<String, String> settings(RunningPostgres postgres, String name) {
    Map<String, String> settings = new HashMap<>();
    settings.put("GRADUS_DATABASE_URL", postgres.jdbcUrl());
    settings.put("GRADUS_DATABASE_USERNAME", postgres.superuser());
    settings.put("GRADUS_DATABASE_PASSWORD", postgres.password());
    settings.put("GRADUS_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    settings.put("GRADUS_NODE_NAME", name);
    settings.put("GRADUS_BOOTSTRAP_ACCESS_KEY_ID", KEY);
    settings.put("GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY", SECRET);
    return settings;
  }

  private static int port(String address) {
    return URI.create(address).getPort();
  }

  private static SfnClient client(String address) {
    return SfnClient.builder()
        .endpointOverride(URI.create(address))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .overrideConfiguration(
            c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }
}
