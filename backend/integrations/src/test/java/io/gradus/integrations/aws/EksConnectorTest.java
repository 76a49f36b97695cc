package io.gradus.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.CallMeter;
import io.gradus.integrations.Certificates;
import io.gradus.integrations.Connectors;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.aws.job.JobBook;
import io.gradus.integrations.aws.job.JobConnector;
import io.gradus.integrations.aws.job.JobDesk;
import io.gradus.integrations.aws.job.JobDesk.Look;
import io.gradus.integrations.aws.job.JobMeter;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Jobs and calls of a cluster, against a peer that speaks Kubernetes behind TLS.
class EksConnectorTest {
  private static final String SECRET = "canary-secret-key";
  private static final String CALL = "arn:aws:states:::eks:call";
  private static final String RUN = "arn:aws:states:::eks:runJob";

  private final ClusterPeer cluster = new ClusterPeer("cluster", SECRET);
  private EgressClient egress =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.0/8,::1/128", Set.of()));
  private final AwsConnection connection =
      new AwsConnection(
          "1",
          "us-east-1",
          null,
          Map.of(),
          new AwsConnection.Keys("AKIDCANARY", SECRET, null),
          null,
          false);
  private final Map<TaskId, JobBook.Job> kept = new HashMap<>();

  @AfterEach
  void close() {
    cluster.close();
    egress.close();
  }

  private AwsCalls aws() {
    return new AwsCalls(
        _ -> Optional.of(connection),
        EksConnectorTest.class.getClassLoader(),
        egress,
        egress,
        CallMeter.NONE);
  }

  private TaskOutcome run(String resource, ObjectNode arguments) {
    try (AwsCalls aws = aws()) {
      return Invocations.outcome(
          new EksConnector(aws, egress), Invocations.of(resource, arguments.toString()));
    }
  }

  private TaskOutcome.Failed failed(String resource, ObjectNode arguments) {
    return (TaskOutcome.Failed) run(resource, arguments);
  }

  private ObjectNode arguments(String rest) {
    ObjectNode arguments = (ObjectNode) PayloadJson.MAPPER.readTree(rest);
    arguments.put("ClusterName", "cluster");
    arguments.put("CertificateAuthority", cluster.authority());
    arguments.put("Endpoint", cluster.endpoint());
    return arguments;
  }

  private ObjectNode job(String options) {
    return arguments(
        "{\"Job\": {\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"metadata\": {\"name\":"
            + " \"pi\"}, \"spec\": {}}"
            + options
            + "}");
  }

  @Test
  void aCallIsMadeAsWhoTheConnectionIs() {
    // when
    TaskOutcome outcome =
        run(
            CALL,
            arguments(
                "{\"Method\": \"GET\", \"Path\": \"/api/v1/namespaces/default/pods\","
                    + " \"QueryParameters\": {\"labelSelector\": [\"job-name=pi\"]}}"));

    // then
    assertThat(Invocations.output(outcome).at("/ResponseBody/kind").asString())
        .isEqualTo("PodList");
    assertThat(Invocations.output(outcome).path("StatusCode").asInt()).isEqualTo(200);
    assertThat(cluster.asked)
        .containsExactly("GET /api/v1/namespaces/default/pods?labelSelector=job-name%3Dpi");
  }

  @Test
  void whatTheClusterRefusesIsAnErrorByItsStatus() {
    TaskOutcome.Failed gone =
        failed(
            CALL,
            arguments(
                "{\"Method\": \"DELETE\", \"Path\": \"/apis/batch/v1/namespaces/default/jobs/no\"}"));
    assertThat(gone.error().value()).isEqualTo("EKS.404");
    assertThat(gone.cause()).contains("\"reason\":\"NotFound\"").contains("\"StatusCode\":404");
    // A token is for one cluster.
    TaskOutcome.Failed stranger =
        failed(
            CALL, arguments("{\"Method\": \"GET\", \"Path\": \"/api\"}").put("ClusterName", "x"));
    assertThat(stranger.error().value()).isEqualTo("EKS.401");
  }

  @Test
  void aJobIsBegunOnceHoweverOftenTheCallIsMade() {
    assertThat(Invocations.output(run(RUN, job(""))).path("StatusCode").asInt()).isEqualTo(201);
    TaskOutcome again = run(RUN, job(""));
    assertThat(Invocations.output(again).at("/ResponseBody/metadata/name").asString())
        .isEqualTo("pi");
    // somebody else's job of that name
    cluster.end("pi", "Complete");
    try (AwsCalls aws = aws()) {
      var other = Invocations.of(RUN, job("").toString());
      TaskOutcome outcome =
          Invocations.outcome(
              new EksConnector(aws, egress),
              new io.gradus.engine.port.TaskInvocation(
                  other.execution(),
                  other.executionArn() + "-other",
                  new TaskId(other.task().frame(), other.task().attempt() + 1),
                  other.state(),
                  other.resource(),
                  other.arguments(),
                  other.retry(),
                  other.token(),
                  other.credentials(),
                  other.timeout(),
                  other.due()));
      assertThat(((TaskOutcome.Failed) outcome).error().value()).isEqualTo("EKS.409");
    }
  }

  private JobDesk desk(AwsCalls aws) {
    return new JobDesk(new AwsJobs(aws, egress), JobMeter.NONE);
  }

  private JobBook.Job begun(AwsCalls aws, String options) {
    JobBook book =
        new JobBook() {
          @Override
          public void begin(Job job) {
            kept.put(job.task(), job);
          }

          @Override
          public Optional<Job> find(ExecutionKey execution, TaskId task) {
            return Optional.ofNullable(kept.get(task));
          }

          @Override
          public void end(ExecutionKey execution, TaskId task) {
            kept.remove(task);
          }
        };
    var jobs =
        new JobConnector(new Connectors(List.of(new EksConnector(aws, egress))), book, desk(aws));
    assertThat(jobs.handles(new Resource(RUN + ".sync"))).isTrue();
    TaskOutcome outcome =
        Invocations.outcome(jobs, Invocations.of(RUN + ".sync", job(options).toString()));
    assertThat(outcome).isInstanceOf(TaskOutcome.Submitted.class);
    return kept.values().iterator().next();
  }

  @Test
  void aJobIsWaitedForAndItsLogsAreRead() {
    try (AwsCalls aws = aws()) {
      // given
      cluster.logs.put("pi", "{ \"pi\": 3.14159 }\n");
      cluster.logs.put("talk", "hello");
      JobBook.Job job =
          begun(
              aws,
              ", \"LogOptions\": {\"RetrieveLogs\": true, \"LogParameters\": {\"tailLines\":"
                  + " [\"20\"]}}");
      assertThat(desk(aws).look(job)).isEqualTo(Look.Unended.UNENDED);

      // when
      cluster.end("pi", "Complete");
      Look look = desk(aws).look(job);

      // then
      var output = ((Look.Succeeded) look).output();
      assertThat(output.at("/status/conditions/0/type").asString()).isEqualTo("Complete");
      assertThat(output.at("/logs/pods/pod-1/containers"))
          .hasToString("{\"pi\":{\"log\":{\"pi\":3.14159}},\"talk\":{\"log\":\"hello\"}}");
      assertThat(cluster.asked)
          .contains("GET /api/v1/namespaces/default/pods/pod-1/log?tailLines=20&container=pi");
      assertThat(job.handle().toString()).doesNotContain(SECRET).doesNotContain("k8s-aws-v1");
    }
  }

  @Test
  void rawLogsStayTexts() {
    try (AwsCalls aws = aws()) {
      cluster.logs.put("pi", "{\"pi\": 3}");
      JobBook.Job job = begun(aws, ", \"LogOptions\": {\"RetrieveLogs\": true, \"RawLogs\": true}");
      cluster.end("pi", "Complete");
      assertThat(
              ((Look.Succeeded) desk(aws).look(job))
                  .output()
                  .at("/logs/pods/pod-1/containers/pi/log")
                  .asString())
          .isEqualTo("{\"pi\": 3}");
    }
  }

  @Test
  void aJobThatFailsFailsItsTaskAndOneThatIsNotWaitedForGoes() {
    try (AwsCalls aws = aws()) {
      JobBook.Job job = begun(aws, "");
      cluster.end("pi", "Failed");
      Look.Failed look = (Look.Failed) desk(aws).look(job);
      assertThat(look.error().value()).isEqualTo("States.TaskFailed");
      assertThat(look.cause()).contains("\"type\":\"Failed\"");

      assertThat(desk(aws).stop(job)).isTrue();
      assertThat(cluster.has("pi")).isFalse();
      assertThat(cluster.asked)
          .contains(
              "DELETE /apis/batch/v1/namespaces/default/jobs/pi?propagationPolicy=Background");
      // gone already
      assertThat(desk(aws).stop(job)).isTrue();
      assertThat(((Look.Failed) desk(aws).look(job)).error().value()).isEqualTo("EKS.404");
      // for another time
      cluster.busy = true;
      assertThat(desk(aws).look(job)).isEqualTo(Look.Unended.UNENDED);
      assertThat(desk(aws).stop(job)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Endpoint             | http://localhost:1 | must begin with https://
          Endpoint             | localhost          | The URL must begin with
          Endpoint             | https://a/?x=1     | must end in its path
          CertificateAuthority | AAAA               | must be the certificate of the cluster's authority
          CertificateAuthority | ***                | must be the certificate of the cluster's authority
          ClusterName          | ``                 | The field 'ClusterName' is required but was missing
          Method               | FETCH              | 'Method' must be one of
          Path                 | api                | 'Path' must begin with /
          Path                 | /api?x=1           | have no query
          QueryParameters      | 5                  | 'QueryParameters' must be an object
          Other                | 5                  | The field 'Other' is not supported
          """)
  void whatCannotBeIsTheAuthorsToMend(String field, String value, String problem) {
    ObjectNode arguments = arguments("{\"Method\": \"GET\", \"Path\": \"/api\"}");
    arguments.put(field, value);
    TaskOutcome.Failed failed = failed(CALL, arguments);
    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).contains(problem);
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void aClusterThatIsAnotherGetsNoToken() {
    ObjectNode other = arguments("{\"Method\": \"GET\", \"Path\": \"/api\"}");
    other.put(
        "CertificateAuthority",
        Base64.getEncoder()
            .encodeToString(new Certificates("other").pem().getBytes(StandardCharsets.US_ASCII)));
    TaskOutcome.Failed failed = failed(CALL, other);
    assertThat(failed.error().value()).isEqualTo("EKS.SdkClientException");
    assertThat(failed.cause()).contains("is of no authority that is trusted here");
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void theEgressPolicyHolds() {
    egress.close();
    egress = EgressClient.heldTo(EgressPolicy.parse("", Set.of()));
    TaskOutcome.Failed failed =
        failed(CALL, arguments("{\"Method\": \"GET\", \"Path\": \"/api\"}"));
    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(cluster.asked).isEmpty();
  }
}
