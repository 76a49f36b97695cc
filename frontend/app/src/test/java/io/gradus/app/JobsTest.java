package io.gradus.app;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.JobPeer.Service;
import io.gradus.app.JobPeer.Standing;
import io.gradus.peers.ElasticMq;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
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
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Jobs of AWS services that `.sync` tasks wait for, in a node that is killed in the middle.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/any";
  private static final String KEY = "AKIAJOBS";
  private static final String SECRET = "jobs-jobs-jobs-jobs";

  private final JobPeer aws = new JobPeer();
  private final ElasticMq sqs = ElasticMq.start();
  private Path data;
  private GradusProcess gradus;
  private SfnClient sfn;

  @BeforeAll
  void first(@TempDir Path directory) {
    data = directory;
    start();
  }

  private void start() {
    gradus =
        GradusProcess.start(
            data,
            Map.of(
                "GRADUS_BOOTSTRAP_ACCESS_KEY_ID",
                KEY,
                "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY",
                SECRET,
                "GRADUS_AWS_ENDPOINT_URL",
                aws.address(),
                "GRADUS_AWS_ENDPOINT_URL_SQS",
                sqs.uri().toString()));
    sfn = Programs.sfn(gradus.address(), KEY, SECRET);
  }

  @AfterAll
  void stop() {
    sfn.close();
    gradus.close();
    aws.close();
    sqs.close();
  }

  @Test
  void aJobIsLookedAtUntilItHasEnded() {
    // given
    aws.end(Service.ECS, 1, Standing.SUCCEEDED);

    // when
    String execution = started("ecs:runTask.sync", "{\"TaskDefinition\":\"d\",\"Cluster\":\"c\"}");
    DescribeExecutionResponse ended = ended(execution);

    // then
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output())
        .isEqualTo(
            "{\"ClusterArn\":\"arn:aws:ecs:us-east-1:000000000000:cluster/c\",\"Containers\":[{\"ExitCode\":0}],"
                + "\"LastStatus\":\"STOPPED\",\"TaskArn\":\"arn:aws:ecs:us-east-1:000000000000:task/t\"}");
    assertThat(history(execution))
        .containsExactly(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUBMITTED,
            HistoryEventType.TASK_SUCCEEDED,
            HistoryEventType.TASK_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED);
    assertThat(aws.count("RunTask")).isEqualTo(1);
    assertThat(aws.count("DescribeTasks")).isEqualTo(2);
    assertThat(metrics())
        .contains(
            "gradus_aws_calls_seconds_count{action=\"describeTasks\",outcome=\"succeeded\",service=\"ecs\"} 2",
            "gradus_jobs_ended_total{kind=\"ecs:runTask\",outcome=\"succeeded\"} 1",
            "gradus_jobs_looked_total{kind=\"ecs:runTask\"} 2",
            "gradus_jobs_open ",
            "gradus_logs_outgoing 0",
            "gradus_triggers_fired_total{kind=\"webhook\",outcome=\"denied\"} 0");
  }

  private String metrics() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(gradus.address() + "/actuator/prometheus")).build(),
              BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aJobThatFailsFailsItsTaskWithItsDescription() {
    // given
    aws.end(Service.BATCH, 0, Standing.FAILED);

    // when
    DescribeExecutionResponse ended =
        ended(
            started(
                "batch:submitJob.sync",
                "{\"JobName\":\"n\",\"JobQueue\":\"q\",\"JobDefinition\":\"d\"}"));

    // then
    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.error()).isEqualTo("States.TaskFailed");
    assertThat(ended.cause())
        .isEqualTo("{\"JobId\":\"j\",\"Status\":\"FAILED\",\"StatusReason\":\"No\"}");
  }

  @Test
  void aJobWhoseStandingCannotBeReadFailsItsTask() {
    // given
    aws.spoil("StartQueryExecution", "{\"QueryExecutionId\":\"q\"}");
    aws.spoil("GetQueryExecution", "<html>Nothing here</html>");

    // when
    DescribeExecutionResponse ended =
        ended(started("athena:startQueryExecution.sync", "{\"QueryString\":\"select 1\"}"));

    // then
    assertThat(ended.error()).isEqualTo("Athena.SdkClientException");
    assertThat(ended.cause()).startsWith("Unable to unmarshall response");
  }

  @Test
  void stoppingAnExecutionStopsItsJob() {
    // given
    String execution = started("glue:startJobRun.sync", "{\"JobName\":\"n\"}");
    await("a look at the job", () -> aws.count("GetJobRun") > 0);

    // when
    sfn.stopExecution(r -> r.executionArn(execution));

    // then
    await("the job's end", () -> aws.count("BatchStopJobRun") == 1);
    long looks = aws.count("GetJobRun");
    assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(aws.count("GetJobRun") - looks).isLessThanOrEqualTo(1);
  }

  @Test
  void aKilledNodeNeitherLosesNorDoublesAJob() throws Exception {
    // given
    String execution =
        started(
            "sagemaker:createTrainingJob.sync",
            """
            {"TrainingJobName": "t", "RoleArn": "%s", "AlgorithmSpecification": {"TrainingInputMode": "File"},
             "OutputDataConfig": {"S3OutputPath": "s3://b"}, "StoppingCondition": {"MaxRuntimeInSeconds": 60},
             "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1}}"""
                .formatted(ROLE));
    await("a look at the job", () -> aws.count("DescribeTrainingJob") > 0);

    // when
    gradus.kill();
    sfn.close();
    aws.end(Service.SAGEMAKER, 0, Standing.SUCCEEDED);
    start();

    // then
    DescribeExecutionResponse ended = ended(execution);
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output())
        .isEqualTo("{\"TrainingJobName\":\"t\",\"TrainingJobStatus\":\"Completed\"}");
    assertThat(aws.count("CreateTrainingJob")).isEqualTo(1);
    assertThat(history(execution))
        .containsOnlyOnce(HistoryEventType.TASK_SUBMITTED, HistoryEventType.TASK_SUCCEEDED);
  }

  @Test
  void aMessageWhoseSenderIsKilledBeforeTheAnswerIsSentOnce() throws Exception {
    // given a queue that has the call, and no answer for it
    String queue;
    try (SqsClient client = sqsClient()) {
      queue =
          client
              .createQueue(
                  r ->
                      r.queueName("once.fifo")
                          .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
              .queueUrl();
    }
    sqs.pause();
    String execution =
        started(
            "sqs:sendMessage",
            "{\"QueueUrl\":\"" + queue + "\",\"MessageBody\":\"m\",\"MessageGroupId\":\"g\"}");
    await("the call", () -> history(execution).contains(HistoryEventType.TASK_STARTED));

    // when
    gradus.kill();
    sfn.close();
    sqs.resume();
    start();

    // then
    assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(history(execution)).containsOnlyOnce(HistoryEventType.TASK_SUCCEEDED);
    try (SqsClient client = sqsClient()) {
      assertThat(client.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages())
          .hasSize(1);
      assertThat(
              client
                  .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                  .attributesAsStrings())
          .containsEntry("ApproximateNumberOfMessages", "0")
          .containsEntry("ApproximateNumberOfMessagesNotVisible", "1");
    }
  }

  private SqsClient sqsClient() {
    return SqsClient.builder()
        .endpointOverride(sqs.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .build();
  }

  private String started(String resource, String parameters) {
    return Programs.started(sfn, resource, parameters);
  }

  private List<HistoryEventType> history(String execution) {
    return sfn.getExecutionHistory(r -> r.executionArn(execution)).events().stream()
        .map(HistoryEvent::type)
        .toList();
  }

  private DescribeExecutionResponse ended(String execution) {
    return Programs.ended(sfn, execution);
  }
}
