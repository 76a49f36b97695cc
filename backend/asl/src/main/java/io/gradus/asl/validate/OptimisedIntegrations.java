package io.gradus.asl.validate;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// AWS's optimised integrations: service, action, and the patterns beyond request-response. And
/// those of our own, in the same manner: an approval, whose worker is a person, mails, messages and
/// SQL.
final class OptimisedIntegrations {
  private static final java.util.regex.Pattern SDK =
      java.util.regex.Pattern.compile("aws-sdk:[a-z0-9]+");
  private static final java.util.regex.Pattern SDK_ACTION =
      java.util.regex.Pattern.compile("[a-z][A-Za-z0-9]*(\\.waitForTaskToken)?");

  private static final String SYNC = "S";
  private static final String TOKEN = "C";
  private static final String BOTH = "SC";
  private static final String ONLY_RESPONSE = "";

  private static final Map<String, Set<Pattern>> KNOWN = new HashMap<>();

  /// The fields without which AWS refuses a call, as it was measured; `x.$` counts as `x`.
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("lambda:invoke", List.of("FunctionName")),
          Map.entry("sqs:sendMessage", List.of("QueueUrl", "MessageBody")),
          Map.entry("sns:publish", List.of("Message")),
          Map.entry("dynamodb:putItem", List.of("TableName", "Item")),
          Map.entry("dynamodb:getItem", List.of("TableName", "Key")),
          Map.entry("states:startExecution", List.of("StateMachineArn")),
          Map.entry("approval:request", List.of("Title", "Approvers")),
          Map.entry("email:send", List.of("Subject")),
          Map.entry("sql:query", List.of("Statement")),
          Map.entry("events:putEvents", List.of("Entries")),
          Map.entry("ecs:runTask", List.of("TaskDefinition")),
          Map.entry("glue:startJobRun", List.of("JobName")));

  static {
    know("lambda", TOKEN, "invoke");
    know("apigateway", TOKEN, "invoke");
    know("http", ONLY_RESPONSE, "invoke");
    know("events", TOKEN, "putEvents");
    know("sns", TOKEN, "publish");
    know("sqs", TOKEN, "sendMessage");
    know("states", BOTH, "startExecution");
    know("dynamodb", ONLY_RESPONSE, "getItem", "putItem", "updateItem", "deleteItem");
    know("ecs", BOTH, "runTask");
    know("batch", SYNC, "submitJob");
    know("glue", SYNC, "startJobRun");
    know("databrew", SYNC, "startJobRun");
    know("mediaconvert", SYNC, "createJob");
    know("bedrock", TOKEN, "invokeModel");
    know("bedrock", BOTH, "createModelCustomizationJob");
    know("athena", SYNC, "startQueryExecution");
    know("athena", ONLY_RESPONSE, "stopQueryExecution", "getQueryExecution", "getQueryResults");
    know("codebuild", SYNC, "startBuild", "startBuildBatch", "retryBuild", "retryBuildBatch");
    know("codebuild", ONLY_RESPONSE, "stopBuild", "stopBuildBatch", "deleteBuildBatch");
    know("codebuild", ONLY_RESPONSE, "batchDeleteBuilds", "batchGetReports");
    know("eks", SYNC, "createCluster", "deleteCluster", "createNodegroup", "deleteNodegroup");
    know("eks", SYNC, "createFargateProfile", "deleteFargateProfile", "runJob");
    know("eks", TOKEN, "call");
    know("elasticmapreduce", SYNC, "createCluster", "terminateCluster", "addStep");
    know("elasticmapreduce", ONLY_RESPONSE, "cancelStep", "setClusterTerminationProtection");
    know(
        "elasticmapreduce",
        ONLY_RESPONSE,
        "modifyInstanceFleetByName",
        "modifyInstanceGroupByName");
    know("emr-containers", SYNC, "deleteVirtualCluster", "startJobRun");
    know("emr-containers", ONLY_RESPONSE, "createVirtualCluster");
    know("emr-serverless", SYNC, "createApplication", "startApplication", "stopApplication");
    know("emr-serverless", SYNC, "deleteApplication", "startJobRun", "cancelJobRun");
    know("sagemaker", SYNC, "createTrainingJob", "createTransformJob", "createProcessingJob");
    know("sagemaker", SYNC, "createHyperParameterTuningJob", "createLabelingJob");
    know("sagemaker", ONLY_RESPONSE, "createEndpoint", "createEndpointConfig", "createModel");
    know("sagemaker", ONLY_RESPONSE, "updateEndpoint");
    know("email", TOKEN, "send");
    know("slack", TOKEN, "post");
    know("sql", ONLY_RESPONSE, "query");
    // Nobody answers at once.
    KNOWN.put("approval:request", EnumSet.of(Pattern.WAIT_FOR_TASK_TOKEN));
  }

  private OptimisedIntegrations() {}

  private static void know(String service, String patterns, String... actions) {
    Set<Pattern> allowed = EnumSet.of(Pattern.REQUEST_RESPONSE);
    if (patterns.contains(SYNC)) {
      allowed.add(Pattern.SYNC);
    }
    if (patterns.contains(TOKEN)) {
      allowed.add(Pattern.WAIT_FOR_TASK_TOKEN);
    }
    for (String action : actions) {
      KNOWN.put(service + ":" + action, allowed);
    }
  }

  static boolean knows(Resource resource) {
    if (SDK.matcher(resource.resourceType()).matches()) {
      return SDK_ACTION.matcher(resource.action()).matches();
    }
    Set<Pattern> patterns = KNOWN.get(call(resource));
    if (patterns == null || !patterns.contains(resource.pattern())) {
      return false;
    }
    return !resource.action().endsWith(".sync:2") || resource.resourceType().equals("states");
  }

  /// Every ARN that is known by name, sorted.
  static List<String> arns() {
    List<String> all = new ArrayList<>();
    KNOWN.forEach(
        (call, patterns) -> {
          for (Pattern pattern : patterns) {
            String ending =
                switch (pattern) {
                  case REQUEST_RESPONSE -> "";
                  case SYNC -> ".sync";
                  case WAIT_FOR_TASK_TOKEN -> ".waitForTaskToken";
                };
            all.add("arn:aws:states:::" + call + ending);
          }
        });
    all.add("arn:aws:states:::states:startExecution.sync:2");
    return all.stream().sorted().toList();
  }

  /// What a call must be given, beyond its `Parameters` or `Arguments` being there at all.
  static List<String> required(Resource resource) {
    return REQUIRED.getOrDefault(call(resource), List.of());
  }

  private static String call(Resource resource) {
    String action = resource.action();
    int pattern = action.indexOf('.');
    return resource.resourceType() + ":" + (pattern < 0 ? action : action.substring(0, pattern));
  }
}
