package io.gradus.integrations.aws.job;

import static io.gradus.integrations.aws.job.StatusJob.template;

import io.gradus.integrations.aws.job.StatusJob.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jobs of services that run clusters and applications: EMR, EMR Serverless, EMR on EKS and EKS.
final class ClusterJobs {
  private static final String CLUSTER = "ClusterId";
  private static final String STATE = "/Status/State";
  private static final Set<String> CLUSTER_OVER = Set.of("TERMINATED", "TERMINATED_WITH_ERRORS");

  private ClusterJobs() {}

  /// By the call that begins them.
  static Map<String, JobKind> all() {
    Map<String, JobKind> all = new LinkedHashMap<>();
    emr(all);
    emrServerless(all);
    all.put(
        "emr-containers:startJobRun",
        new StatusJob(
            Map.of("Id", "answer:/Id", "VirtualClusterId", "/VirtualClusterId"),
            template("describeJobRun", List.of("Id", "VirtualClusterId")),
            "/JobRun",
            null,
            "/State",
            Set.of("COMPLETED"),
            Set.of("FAILED", "CANCELLED"),
            template("cancelJobRun", List.of("Id", "VirtualClusterId"))));
    all.put(
        "emr-containers:deleteVirtualCluster",
        new StatusJob(
            Map.of("Id", "/Id"),
            template("describeVirtualCluster", List.of("Id")),
            "/VirtualCluster",
            null,
            "/State",
            Set.of("TERMINATED"),
            Set.of("ARRESTED"),
            null));
    eks(all);
    return all;
  }

  private static void emr(Map<String, JobKind> all) {
    Template look = template("describeCluster", List.of(CLUSTER));
    all.put(
        "elasticmapreduce:createCluster",
        new StatusJob(
            Map.of(CLUSTER, "answer:/" + CLUSTER),
            look,
            "/Cluster",
            null,
            STATE,
            Set.of("WAITING"),
            CLUSTER_OVER,
            new Template("terminateJobFlows", Map.of("JobFlowIds", "[" + CLUSTER + "]"))));
    all.put(
        "elasticmapreduce:terminateCluster",
        new StatusJob(
            Map.of(CLUSTER, "/" + CLUSTER),
            look,
            "/Cluster",
            null,
            STATE,
            CLUSTER_OVER,
            Set.of(),
            null));
    all.put(
        "elasticmapreduce:addStep",
        new StatusJob(
            Map.of(CLUSTER, "/" + CLUSTER, "StepId", "answer:/StepId"),
            template("describeStep", List.of(CLUSTER, "StepId")),
            "/Step",
            null,
            STATE,
            Set.of("COMPLETED"),
            Set.of("CANCELLED", "FAILED", "INTERRUPTED"),
            new Template("cancelSteps", Map.of(CLUSTER, CLUSTER, "StepIds", "[StepId]"))));
  }

  private static void emrServerless(Map<String, JobKind> all) {
    String id = "ApplicationId";
    all.put(
        "emr-serverless:createApplication",
        application("answer:/" + id, Set.of("CREATED", "STARTED"), Set.of("TERMINATED")));
    all.put(
        "emr-serverless:startApplication",
        application("/" + id, Set.of("STARTED"), Set.of("STOPPED", "TERMINATED")));
    all.put(
        "emr-serverless:stopApplication",
        application("/" + id, Set.of("STOPPED", "TERMINATED"), Set.of()));
    all.put(
        "emr-serverless:deleteApplication",
        application("/" + id, Set.of("TERMINATED"), Set.of()).untilGone());
    Template look = template("getJobRun", List.of(id, "JobRunId"));
    Template cancel = template("cancelJobRun", List.of(id, "JobRunId"));
    all.put(
        "emr-serverless:startJobRun",
        new StatusJob(
            Map.of(id, "/" + id, "JobRunId", "answer:/JobRunId"),
            look,
            "/JobRun",
            null,
            "/State",
            Set.of("SUCCESS"),
            Set.of("FAILED", "CANCELLED"),
            cancel));
    all.put(
        "emr-serverless:cancelJobRun",
        new StatusJob(
            Map.of(id, "/" + id, "JobRunId", "/JobRunId"),
            look,
            "/JobRun",
            null,
            "/State",
            Set.of("CANCELLED"),
            Set.of("FAILED", "SUCCESS"),
            null));
  }

  private static StatusJob application(String place, Set<String> good, Set<String> bad) {
    return new StatusJob(
        Map.of("ApplicationId", place),
        template("getApplication", List.of("ApplicationId")),
        "/Application",
        null,
        "/State",
        good,
        bad,
        null);
  }

  private static void eks(Map<String, JobKind> all) {
    all.put("eks:createCluster", eks("Cluster", "Name", null, Set.of("FAILED")));
    all.put("eks:deleteCluster", eks("Cluster", "Name", null, Set.of("FAILED")).untilGone());
    Set<String> broken = Set.of("CREATE_FAILED", "DELETE_FAILED", "DEGRADED");
    for (String verb : List.of("create", "delete")) {
      for (String kind : List.of("Nodegroup", "FargateProfile")) {
        StatusJob job = eks(kind, "ClusterName", kind + "Name", broken);
        all.put("eks:" + verb + kind, verb.equals("delete") ? job.untilGone() : job);
      }
    }
  }

  private static StatusJob eks(
      String kind, String first, @Nullable String second, Set<String> broken) {
    List<String> names = second == null ? List.of(first) : List.of(first, second);
    Map<String, String> places = new LinkedHashMap<>();
    names.forEach(name -> places.put(name, "/" + name));
    return new StatusJob(
            places,
            template("describe" + kind, names),
            "/" + kind,
            null,
            "/Status",
            Set.of("ACTIVE"),
            broken,
            null)
        .outputAs(kind);
  }
}
