package io.gradus.app;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gradus.peers.Moto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.CEState;
import software.amazon.awssdk.services.batch.model.CEType;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;
import software.amazon.awssdk.services.batch.model.EksContainer;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// Jobs that `.sync` tasks wait for, at a peer that was not made for us: a moto server. Where the
/// machine has none, the test says so and is skipped.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoJobsTest {
  private static final String KEY = "AKIAMOTO";
  private static final String SECRET = "moto-moto-moto-moto";
  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/jobs";

  private Moto moto;
  private GradusProcess gradus;
  private SfnClient sfn;

  @BeforeAll
  void start(@TempDir Path data) {
    try {
      moto = Moto.start();
    } catch (IllegalStateException | UncheckedIOException e) {
      String why = "SKIPPED: jobs at a moto server: %s: %s".formatted(e.getMessage(), e.getCause());
      System.err.println(why);
      abort(why);
    }
    say("moto-api/config", "{\"batch\":{\"use_docker\":false}}");
    transition("ecs::task", 1);
    transition("glue::job_run", 2);
    makeResources();
    gradus =
        GradusProcess.start(
            data,
            Map.of(
                "GRADUS_BOOTSTRAP_ACCESS_KEY_ID",
                KEY,
                "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY",
                SECRET,
                "GRADUS_AWS_ENDPOINT_URL",
                moto.uri().toString(),
                "GRADUS_AWS_ACCESS_KEY_ID", // moto knows by its scope which service is meant
                KEY,
                "GRADUS_AWS_SECRET_ACCESS_KEY",
                SECRET));
    sfn = Programs.sfn(gradus.address(), KEY, SECRET);
  }

  @AfterAll
  void stop() {
    if (gradus != null) {
      sfn.close();
      gradus.close();
    }
    if (moto != null) {
      moto.close();
    }
  }

  private void makeResources() {
    role();
    try (EcsClient ecs = client(EcsClient.builder());
        BatchClient batch = client(BatchClient.builder());
        GlueClient glue = client(GlueClient.builder())) {
      ecs.createCluster(r -> r.clusterName("media"));
      ecs.registerTaskDefinition(
          r ->
              r.family("encode")
                  .containerDefinitions(
                      ContainerDefinition.builder()
                          .name("encoder")
                          .image("encoder")
                          .memory(512)
                          .build()));
      String environment =
          batch
              .createComputeEnvironment(
                  r ->
                      r.computeEnvironmentName("own")
                          .type(CEType.UNMANAGED)
                          .state(CEState.ENABLED)
                          .serviceRole(ROLE))
              .computeEnvironmentArn();
      batch.createJobQueue(
          r ->
              r.jobQueueName("nightly")
                  .state(JQState.ENABLED)
                  .priority(1)
                  .computeEnvironmentOrder(
                      ComputeEnvironmentOrder.builder()
                          .order(1)
                          .computeEnvironment(environment)
                          .build()));
      EksContainer image = EksContainer.builder().name("report").image("report").build();
      batch.registerJobDefinition(
          r ->
              r.jobDefinitionName("report")
                  .type(JobDefinitionType.CONTAINER)
                  .eksProperties(e -> e.podProperties(pod -> pod.containers(image))));
      glue.createJob(r -> r.name("clean").role(ROLE).command(c -> c.name("glueetl")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ecs:runTask            | {"Cluster":"media","TaskDefinition":"encode","LaunchType":"FARGATE"}               | "LastStatus":"STOPPED"
          batch:submitJob        | {"JobName":"n","JobQueue":"nightly","JobDefinition":"report"}                      | "Status":"SUCCEEDED"
          glue:startJobRun       | {"JobName":"clean"}                                                                | "JobRunState":"SUCCEEDED"
          sagemaker:createTrainingJob | {"TrainingJobName":"t","RoleArn":"arn:aws:iam::123456789012:role/jobs","AlgorithmSpecification":{"TrainingImage":"i","TrainingInputMode":"File"},"OutputDataConfig":{"S3OutputPath":"s3://b/o"},"ResourceConfig":{"InstanceType":"ml.m5.large","InstanceCount":1,"VolumeSizeInGB":1},"StoppingCondition":{"MaxRuntimeInSeconds":60}} | "TrainingJobStatus":"Completed"
          sagemaker:createTransformJob | {"TransformJobName":"f","ModelName":"m","TransformInput":{"DataSource":{"S3DataSource":{"S3DataType":"S3Prefix","S3Uri":"s3://b/i"}}},"TransformOutput":{"S3OutputPath":"s3://b/o"},"TransformResources":{"InstanceType":"ml.m5.large","InstanceCount":1}} | "TransformJobStatus":"Completed"
          sagemaker:createProcessingJob | {"ProcessingJobName":"p","RoleArn":"arn:aws:iam::123456789012:role/jobs","AppSpecification":{"ImageUri":"i"},"ProcessingResources":{"ClusterConfig":{"InstanceType":"ml.m5.large","InstanceCount":1,"VolumeSizeInGB":1}}} | "ProcessingJobStatus":"Completed"
          """)
  void aJobIsLookedAtUntilItHasEnded(String call, String parameters, String ends) {
    String execution = started(call, parameters);
    DescribeExecutionResponse ended = ended(execution);

    assertThat(ended.status())
        .as("%s: %s", ended.error(), ended.cause())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output()).contains(ends);
    assertThat(sfn.getExecutionHistory(r -> r.executionArn(execution)).events())
        .extracting(e -> e.type())
        .containsSubsequence(
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUBMITTED,
            HistoryEventType.TASK_SUCCEEDED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ecs:runTask      | {"Cluster":"nowhere","TaskDefinition":"encode"}                     | ECS.ClusterNotFoundException
          batch:submitJob  | {"JobName":"n","JobQueue":"nowhere","JobDefinition":"report"}       | Batch.ClientException
          glue:startJobRun | {"JobName":"nothing"}                                               | Glue.EntityNotFoundException
          """)
  void aJobThatIsRefusedFailsWithTheServicesName(String call, String parameters, String error) {
    DescribeExecutionResponse ended = ended(started(call, parameters));

    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.error()).as(ended.cause()).isEqualTo(error);
  }

  @Test
  void stoppingAnExecutionStopsItsTask() {
    // given a task that runs on
    transition("ecs::task", 1_000_000);
    try (EcsClient ecs = client(EcsClient.builder())) {
      ecs.createCluster(r -> r.clusterName("endless"));
      String execution =
          started(
              "ecs:runTask",
              "{\"Cluster\":\"endless\",\"TaskDefinition\":\"encode\",\"LaunchType\":\"FARGATE\"}");
      await("the task", () -> !ecs.listTasks(r -> r.cluster("endless")).taskArns().isEmpty());

      // when
      sfn.stopExecution(r -> r.executionArn(execution));

      // then
      await("its end", () -> task(ecs).lastStatus().equals("STOPPED"));
      assertThat(task(ecs))
          .extracting(Task::desiredStatus, Task::stoppedReason)
          .isEqualTo(tuple("STOPPED", "The task that waited for it is over").toList());
      assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
    } finally {
      transition("ecs::task", 1);
    }
  }

  private static Task task(EcsClient ecs) {
    return ecs.describeTasks(
            r -> r.cluster("endless").tasks(ecs.listTasks(l -> l.cluster("endless")).taskArns()))
        .tasks()
        .getFirst();
  }

  private String started(String call, String parameters) {
    return Programs.started(sfn, call + ".sync", parameters);
  }

  private DescribeExecutionResponse ended(String execution) {
    return Programs.ended(sfn, execution);
  }

  private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(moto.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .build();
  }

  /// How often moto is asked for a thing before it takes its next state.
  private void transition(String model, int looks) {
    say(
        "moto-api/state-manager/set-transition",
        "{\"model_name\":\"%s\",\"transition\":{\"progression\":\"manual\",\"times\":%d}}"
            .formatted(model, looks));
  }

  /// Batch wants a role that is there; IAM's own client is not among what Gradus brings.
  private void role() {
    String scope = "/20260101/us-east-1/iam/aws4_request";
    post(
        "",
        "Action=CreateRole&Version=2010-05-08&RoleName=jobs&AssumeRolePolicyDocument=%7B%7D",
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=" + KEY + scope + ", SignedHeaders=host, Signature=0");
  }

  private void say(String path, String json) {
    post(path, json, "Content-Type", "application/json");
  }

  private void post(String path, String body, String... headers) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(moto.uri() + "/" + path))
                  .headers(headers)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
