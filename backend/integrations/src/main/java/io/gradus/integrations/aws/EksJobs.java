package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.TaskRole;
import io.gradus.integrations.aws.Kubernetes.Asked;
import io.gradus.integrations.aws.Kubernetes.Cluster;
import io.gradus.integrations.aws.Kubernetes.Said;
import io.gradus.integrations.aws.job.JobBook.Job;
import io.gradus.integrations.aws.job.JobDesk.Answer;
import io.gradus.integrations.aws.job.KubernetesJob;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a cluster says of a Job that a task began, and its end before its time.
final class EksJobs {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Of a Job, whose logs are read.
  private static final int MOST_PODS = 100;

  private final Kubernetes kubernetes;

  EksJobs(Kubernetes kubernetes) {
    this.kubernetes = kubernetes;
  }

  /// @param operation of [KubernetesJob]
  /// @param handle of the job
  Answer call(Job job, String operation, JsonNode handle) {
    try {
      Cluster cluster =
          Cluster.of(
              job.execution().tenant(),
              TaskRole.of(job.credentials()),
              handle.path("ClusterName").asString(""),
              handle.path("Endpoint").asString(""),
              handle.path("CertificateAuthority").asString(""));
      String namespace =
          EksConnector.namespace(
              handle.hasNonNull("Namespace") ? handle.get("Namespace").asString("") : null);
      String name = Kubernetes.encoded(handle.path("Name").asString(""));
      String path = "/apis/batch/v1/namespaces/" + namespace + "/jobs/" + name;
      return operation.equals(KubernetesJob.STOP)
          ? stopped(cluster, path)
          : looked(cluster, path, namespace, handle);
    } catch (IllegalArgumentException | InvalidArguments invalid) {
      return new Answer.Refused("States.Runtime", String.valueOf(invalid.getMessage()));
    }
  }

  private Answer stopped(Cluster cluster, String path) {
    // Without this policy its pods would go on.
    Map<String, List<String>> policy = Map.of("propagationPolicy", List.of("Background"));
    Said said = ask(cluster, new Asked("DELETE", path, policy, null));
    return said instanceof Said.Answered(int status, _, _) && status == Kubernetes.NOT_FOUND
        ? new Answer.Given(PayloadJson.MAPPER.createObjectNode())
        : answer(said);
  }

  private Answer looked(Cluster cluster, String path, String namespace, JsonNode handle)
      throws InvalidArguments {
    Answer answer = answer(ask(cluster, Asked.get(path, Map.of())));
    JsonNode options = handle.path("LogOptions");
    if (!(answer instanceof Answer.Given(JsonNode json))
        || !(json instanceof ObjectNode found)
        || !KubernetesJob.isOver(found)
        || !options.path("RetrieveLogs").asBoolean(false)) {
      return answer;
    }
    String pods = "/api/v1/namespaces/" + namespace + "/pods";
    String label = "job-name=" + handle.path("Name").asString("");
    Answer list =
        answer(
            ask(
                cluster,
                Asked.get(
                    pods,
                    Map.of(
                        "labelSelector",
                        List.of(label),
                        "limit",
                        List.of(Integer.toString(MOST_PODS))))));
    if (!(list instanceof Answer.Given(JsonNode all))) {
      return list;
    }
    ObjectNode logs = found.putObject("logs").putObject("pods");
    Answer failure = read(cluster, pods, all.path("items"), options, logs);
    return failure != null ? failure : new Answer.Given(found);
  }

  /// @return what was answered in place of a log; null where all were read
  private @Nullable Answer read(
      Cluster cluster, String path, JsonNode pods, JsonNode options, ObjectNode into)
      throws InvalidArguments {
    Map<String, List<String>> parameters =
        EksConnector.query(options.get("LogParameters"), "LogParameters");
    boolean raw = options.path("RawLogs").asBoolean(false);
    long room = Kubernetes.MAX_ANSWER;
    for (JsonNode pod : pods) {
      String name = pod.at("/metadata/name").asString("");
      ObjectNode containers = into.putObject(name).putObject("containers");
      for (JsonNode container : pod.at("/spec/containers")) {
        String one = container.path("name").asString("");
        Map<String, List<String>> query = new LinkedHashMap<>(parameters);
        query.put("container", List.of(one));
        Said said = ask(cluster, Asked.get(path + "/" + Kubernetes.encoded(name) + "/log", query));
        if (!(said instanceof Said.Answered answered) || !answered.isGood()) {
          return answer(said);
        }
        room -= answered.body().length();
        if (room < 0) {
          return tooLong();
        }
        ObjectNode log = containers.putObject(one);
        if (raw) {
          log.put("log", answered.body());
        } else {
          log.set("log", Kubernetes.parsed(answered.body()));
        }
      }
    }
    return null;
  }

  private Said ask(Cluster cluster, Asked asked) {
    return kubernetes.ask(cluster, asked, TIMEOUT, new Call());
  }

  private static Answer.Refused tooLong() {
    return new Answer.Refused(
        "States.DataLimitExceeded",
        "The state/task 'eks' returned a result with a size exceeding the maximum number of bytes"
            + " service limit.");
  }

  private static Answer answer(Said said) {
    return switch (said) {
      case Said.Answered answered when answered.isGood() ->
          new Answer.Given(Kubernetes.parsed(answered.body()));
      case Said.Answered answered ->
          answered.isPassing()
              ? new Answer.Unavailable("EKS." + answered.status())
              : new Answer.Refused("EKS." + answered.status(), answered.json().toString());
      case Said.Unproved unproved -> new Answer.Refused("States.Permissions", unproved.problem());
      case Said.Unreached(EgressFailure.Kind kind, String problem) ->
          switch (kind) {
            case REFUSED -> new Answer.Refused("States.Permissions", problem);
            case TOO_LONG -> tooLong();
            case UNRESOLVED, UNREACHABLE, TIMED_OUT, BROKEN, CANCELLED ->
                new Answer.Unavailable(problem);
          };
    };
  }
}
