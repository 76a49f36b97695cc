package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.OtherProgram.Ended;
import io.gradus.worker.ActivityWorker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The workers of docs/workers.md, as they are there, do an activity's tasks.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkersTest {
  private static final Path EXAMPLES = Path.of("../../examples/worker").toAbsolutePath();

  private RunningGradus gradus;
  private SignedCalls calls;
  private SfnClient sfn;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
    calls = SignedCalls.ofNewTenant(gradus);
    Map<String, String> environment = calls.environment();
    sfn =
        SfnClient.builder()
            .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
            .region(Region.of(environment.get("AWS_REGION")))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"),
                        environment.get("AWS_SECRET_ACCESS_KEY"))))
            .build();
  }

  @AfterAll
  void stop() {
    sfn.close();
    gradus.close();
  }

  @Test
  void inJava() throws Exception {
    String activity = activity("java");
    String execution = started(activity);

    try (var _ =
        ActivityWorker.of(sfn, activity, input -> "{\"doubled\":" + input.length() + "}")
            .heartbeat(Duration.ofSeconds(1))
            .start()) {
      assertThat(output(execution)).isEqualTo("{\"doubled\":8}");
    }
  }

  @Test
  void inPython(@TempDir Path work) throws Exception {
    Map<String, String> environment = new HashMap<>(calls.environment());
    if (OtherProgram.run(work, Map.of(), List.of("python3", "-c", "import boto3")).code() != 0) {
      Path folder = work.resolve("python");
      Ended pip =
          OtherProgram.run(
              work,
              Map.of(),
              List.of(
                  "python3",
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "--target",
                  folder.toString(),
                  "boto3"));
      if (pip.code() != 0) {
        OtherProgram.skip("the AWS SDK for Python", pip);
      }
      environment.put("PYTHONPATH", folder.toString());
    }
    doesATask("python", work, environment, List.of("python3", EXAMPLES + "/worker.py"));
  }

  @Test
  void inJavaScript(@TempDir Path work) throws Exception {
    JavaScriptSdkTest.brought(work);
    Files.copy(EXAMPLES.resolve("worker.mjs"), work.resolve("worker.mjs"));
    doesATask(
        "javascript", work, calls.environment(), List.of(JavaScriptSdkTest.node(), "worker.mjs"));
  }

  private void doesATask(
      String name, Path work, Map<String, String> environment, List<String> command)
      throws Exception {
    String activity = activity(name);
    String execution = started(activity);
    Map<String, String> settings = new HashMap<>(environment);
    settings.put("AWS_DEFAULT_REGION", environment.get("AWS_REGION"));
    settings.put("ACTIVITY_ARN", activity);
    settings.put("TASKS", "1");

    Ended ended = OtherProgram.run(work, settings, command);

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(output(execution)).isEqualTo("{\"doubled\": 42}".replace(" ", spaced(name)));
  }

  /// Python writes JSON with blanks.
  private static String spaced(String name) {
    return name.equals("python") ? " " : "";
  }

  private String activity(String name) {
    return sfn.createActivity(r -> r.name(name)).activityArn();
  }

  private String started(String activity) {
    String definition =
        "{\"StartAt\":\"D\",\"States\":{\"D\":{\"Type\":\"Task\",\"Resource\":\"%s\",\"HeartbeatSeconds\":60,\"End\":true}}}"
            .formatted(activity);
    String name = activity.substring(activity.lastIndexOf(':') + 1);
    String machine =
        sfn.createStateMachine(
                r ->
                    r.name(name)
                        .roleArn("arn:aws:iam::" + calls.account + ":role/any")
                        .definition(definition))
            .stateMachineArn();
    return sfn.startExecution(r -> r.stateMachineArn(machine).input("{\"n\":21}")).executionArn();
  }

  private String output(String execution) {
    while (true) {
      var described = sfn.describeExecution(r -> r.executionArn(execution));
      if (described.status() != ExecutionStatus.RUNNING) {
        assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return described.output();
      }
      Thread.onSpinWait();
    }
  }
}
