package io.gradus.integrations.aws.job;

import static io.gradus.integrations.aws.job.StatusJob.template;

import io.gradus.integrations.aws.job.StatusJob.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The jobs that `.sync` tasks can wait for, by the call that begins them. Which words mean what is
/// from each service's API reference.
final class JobKinds {
  /// The reason that services are given for a job's end.
  static final String STOPPED = "The task that waited for it is over";

  private static final Map<String, JobKind> ALONE =
      Map.ofEntries(
          Map.entry("ecs:runTask", new EcsTask()),
          Map.entry(
              "batch:submitJob",
              new StatusJob(
                  Map.of("JobId", "answer:/JobId"),
                  new Template("describeJobs", Map.of("Jobs", "[JobId]")),
                  "/Jobs/0",
                  null,
                  "/Status",
                  Set.of("SUCCEEDED"),
                  Set.of("FAILED"),
                  new Template("terminateJob", Map.of("JobId", "JobId", "Reason", "=" + STOPPED)))),
          Map.entry(
              "glue:startJobRun",
              new StatusJob(
                  Map.of("JobName", "/JobName", "RunId", "answer:/JobRunId"),
                  template("getJobRun", List.of("JobName", "RunId")),
                  "/JobRun",
                  null,
                  "/JobRunState",
                  Set.of("SUCCEEDED"),
                  Set.of("FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED"),
                  new Template(
                      "batchStopJobRun", Map.of("JobName", "JobName", "JobRunIds", "[RunId]")))),
          Map.entry(
              "databrew:startJobRun",
              new StatusJob(
                  Map.of("Name", "/Name", "RunId", "answer:/RunId"),
                  template("describeJobRun", List.of("Name", "RunId")),
                  "",
                  null,
                  "/State",
                  Set.of("SUCCEEDED"),
                  Set.of("FAILED", "STOPPED", "TIMEOUT"),
                  template("stopJobRun", List.of("Name", "RunId")))),
          Map.entry(
              "athena:startQueryExecution",
              new StatusJob(
                      Map.of("QueryExecutionId", "answer:/QueryExecutionId"),
                      template("getQueryExecution", List.of("QueryExecutionId")),
                      "/QueryExecution",
                      null,
                      "/Status/State",
                      Set.of("SUCCEEDED"),
                      Set.of("FAILED", "CANCELLED"),
                      template("stopQueryExecution", List.of("QueryExecutionId")))
                  .outputAs("QueryExecution")),
          Map.entry(
              "mediaconvert:createJob",
              new StatusJob(
                      Map.of("Id", "answer:/Job/Id"),
                      template("getJob", List.of("Id")),
                      "/Job",
                      null,
                      "/Status",
                      Set.of("COMPLETE"),
                      Set.of("ERROR", "CANCELED"),
                      template("cancelJob", List.of("Id")))
                  .outputAs("Job")),
          Map.entry(
              "codebuild:startBuild", build("Build", "Builds", "batchGetBuilds", "stopBuild")),
          Map.entry(
              "codebuild:retryBuild", build("Build", "Builds", "batchGetBuilds", "stopBuild")),
          Map.entry(
              "codebuild:startBuildBatch",
              build("BuildBatch", "BuildBatches", "batchGetBuildBatches", "stopBuildBatch")),
          Map.entry(
              "codebuild:retryBuildBatch",
              build("BuildBatch", "BuildBatches", "batchGetBuildBatches", "stopBuildBatch")),
          Map.entry("sagemaker:createTrainingJob", sageMaker("TrainingJob")),
          Map.entry("sagemaker:createTransformJob", sageMaker("TransformJob")),
          Map.entry("sagemaker:createProcessingJob", sageMaker("ProcessingJob")),
          Map.entry(
              "sagemaker:createHyperParameterTuningJob", sageMaker("HyperParameterTuningJob")),
          Map.entry("sagemaker:createLabelingJob", sageMaker("LabelingJob")),
          Map.entry(
              "bedrock:createModelCustomizationJob",
              new StatusJob(
                  Map.of("JobIdentifier", "answer:/JobArn"),
                  template("getModelCustomizationJob", List.of("JobIdentifier")),
                  "",
                  null,
                  "/Status",
                  Set.of("Completed"),
                  Set.of("Failed", "Stopped"),
                  template("stopModelCustomizationJob", List.of("JobIdentifier")))));

  private static final Map<String, JobKind> KINDS = all();

  private JobKinds() {}

  private static Map<String, JobKind> all() {
    Map<String, JobKind> all = new HashMap<>(ALONE);
    all.putAll(ClusterJobs.all());
    all.put("eks:runJob", new KubernetesJob());
    return Map.copyOf(all);
  }

  /// @param call service and action without a pattern (`ecs:runTask`)
  static Optional<JobKind> find(String call) {
    return Optional.ofNullable(KINDS.get(call));
  }

  /// Every call that begins a job.
  static Set<String> calls() {
    return KINDS.keySet();
  }

  /// SageMaker's jobs go by the names that they are given.
  private static StatusJob sageMaker(String kind) {
    String name = kind + "Name";
    return new StatusJob(
        Map.of(name, "/" + name),
        template("describe" + kind, List.of(name)),
        "",
        null,
        "/" + kind + "Status",
        Set.of("Completed"),
        Set.of("Failed", "Stopped"),
        template("stop" + kind, List.of(name)));
  }

  private static StatusJob build(String what, String many, String look, String stop) {
    return new StatusJob(
            Map.of("Id", "answer:/" + what + "/Id"),
            new Template(look, Map.of("Ids", "[Id]")),
            "/" + many + "/0",
            null,
            "/" + what + "Status",
            Set.of("SUCCEEDED"),
            Set.of("FAILED", "FAULT", "TIMED_OUT", "STOPPED"),
            template(stop, List.of("Id")))
        .outputAs(what);
  }
}
