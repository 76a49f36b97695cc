package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.AwsCalls.Result;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The optimised integration of EMR, whose actions are Step Functions' own: each is for one
/// cluster, step, fleet or group, where EMR's operations take many.
///
/// | action | EMR's operation |
/// |---|---|
/// | `createCluster` | `runJobFlow`, always to be kept alive |
/// | `terminateCluster` | `terminateJobFlows` |
/// | `setClusterTerminationProtection` | `setTerminationProtection` |
/// | `addStep` | `addJobFlowSteps` |
/// | `cancelStep` | `cancelSteps` |
/// | `modifyInstanceFleetByName` | `modifyInstanceFleet`, once the name is looked up |
/// | `modifyInstanceGroupByName` | `modifyInstanceGroups`, likewise |
final class ElasticMapReduce {
  private static final String CLUSTER = "ClusterId";
  private static final String FLEET = "InstanceFleet";
  private static final String GROUP = "InstanceGroup";

  /// Pages that are looked through for a name.
  private static final int MAX_PAGES = 20;

  private final JsonNode arguments;
  private final BiFunction<String, JsonNode, Result> emr;

  private ElasticMapReduce(JsonNode arguments, BiFunction<String, JsonNode, Result> emr) {
    this.arguments = arguments;
    this.emr = emr;
  }

  /// @param emr makes a call of an operation of EMR
  static Result call(String action, JsonNode arguments, BiFunction<String, JsonNode, Result> emr) {
    var cluster = new ElasticMapReduce(arguments, emr);
    try {
      return switch (action) {
        case "createCluster" -> cluster.create();
        case "terminateCluster" -> cluster.terminate();
        case "setClusterTerminationProtection" -> cluster.protect();
        case "addStep" -> cluster.addStep();
        case "cancelStep" -> cluster.cancelStep();
        case "modifyInstanceFleetByName" -> cluster.modifyFleet();
        case "modifyInstanceGroupByName" -> cluster.modifyGroup();
        default -> emr.apply(action, arguments);
      };
    } catch (IllegalArgumentException invalid) {
      return new Result.Invalid(String.valueOf(invalid.getMessage()));
    }
  }

  private Result create() {
    if (arguments.has("Steps")) {
      throw new IllegalArgumentException("The field 'Steps' is not supported by Step Functions");
    }
    if (!arguments.at("/Instances/KeepJobFlowAliveWhenNoSteps").asBoolean(false)) {
      throw new IllegalArgumentException(
          "The field 'Instances.KeepJobFlowAliveWhenNoSteps' must be true");
    }
    return answered(
        emr.apply("runJobFlow", arguments),
        (from, to) -> {
          copy(from, "JobFlowId", to, CLUSTER);
          copy(from, "ClusterArn", to, "ClusterArn");
        });
  }

  private Result terminate() {
    only(Set.of(CLUSTER));
    return emr.apply("terminateJobFlows", listed("JobFlowIds", required(CLUSTER)));
  }

  private Result protect() {
    only(Set.of(CLUSTER, "TerminationProtected"));
    ObjectNode request = listed("JobFlowIds", required(CLUSTER));
    request.set("TerminationProtected", required("TerminationProtected"));
    return emr.apply("setTerminationProtection", request);
  }

  private Result addStep() {
    only(Set.of(CLUSTER, "Step", "ExecutionRoleArn"));
    ObjectNode request = listed("Steps", required("Step"));
    request.set("JobFlowId", required(CLUSTER));
    copy(arguments, "ExecutionRoleArn", request, "ExecutionRoleArn");
    return answered(
        emr.apply("addJobFlowSteps", request),
        (from, to) -> copy(from.path("StepIds"), 0, to, "StepId"));
  }

  private Result cancelStep() {
    only(Set.of(CLUSTER, "StepId"));
    ObjectNode request = listed("StepIds", required("StepId"));
    request.set(CLUSTER, required(CLUSTER));
    return answered(
        emr.apply("cancelSteps", request),
        (from, to) -> copy(from.path("CancelStepsInfoList"), 0, to, "CancelStepsInfo"));
  }

  private Result modifyFleet() {
    only(Set.of(CLUSTER, FLEET + "Name", FLEET));
    return withId(
        "listInstanceFleets",
        FLEET,
        fleet -> {
          ObjectNode request = PayloadJson.MAPPER.createObjectNode();
          request.set(CLUSTER, required(CLUSTER));
          request.set(FLEET, fleet);
          return emr.apply("modifyInstanceFleet", request);
        });
  }

  private Result modifyGroup() {
    only(Set.of(CLUSTER, GROUP + "Name", GROUP));
    return withId(
        "listInstanceGroups",
        GROUP,
        group -> {
          ObjectNode request = listed(GROUP + "s", group);
          request.set(CLUSTER, required(CLUSTER));
          return emr.apply("modifyInstanceGroups", request);
        });
  }

  /// Looks the name up, and goes on with the arguments' part for it that has got its id.
  private Result withId(String listing, String kind, Function<ObjectNode, Result> then) {
    String name = required(kind + "Name").asString("");
    if (!(required(kind).deepCopy() instanceof ObjectNode changed)) {
      throw new IllegalArgumentException(
          "The value for the field '" + kind + "' must be an OBJECT");
    }
    ObjectNode request = PayloadJson.MAPPER.createObjectNode();
    request.set(CLUSTER, required(CLUSTER));
    for (int page = 0; page < MAX_PAGES; page++) {
      Result result = emr.apply(listing, request);
      if (!(result instanceof Result.Given given)) {
        return result;
      }
      for (JsonNode each : given.json().path(kind + "s")) {
        if (each.path("Name").asString("").equals(name)) {
          changed.set(kind + "Id", each.path("Id"));
          return then.apply(changed);
        }
      }
      JsonNode marker = given.json().path("Marker");
      if (!marker.isString()) {
        break;
      }
      request.set("Marker", marker);
    }
    throw new IllegalArgumentException("The cluster has no " + kind + " named '" + name + "'");
  }

  /// The answer in the action's own words.
  private static Result answered(Result result, BiConsumer<JsonNode, ObjectNode> words) {
    if (!(result instanceof Result.Given given)) {
      return result;
    }
    ObjectNode json = PayloadJson.MAPPER.createObjectNode();
    words.accept(given.json(), json);
    return new Result.Given(json, given.response());
  }

  private JsonNode required(String name) {
    JsonNode value = arguments.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new IllegalArgumentException("The field '" + name + "' is required but was missing");
    }
    return value;
  }

  private void only(Set<String> names) {
    for (String name : arguments.propertyNames()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "The field '" + name + "' is not supported by Step Functions");
      }
    }
  }

  private static ObjectNode listed(String name, JsonNode element) {
    ObjectNode request = PayloadJson.MAPPER.createObjectNode();
    request.putArray(name).add(element);
    return request;
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String as) {
    if (from.has(name)) {
      to.set(as, from.get(name));
    }
  }

  private static void copy(JsonNode from, int index, ObjectNode to, String as) {
    if (from.has(index)) {
      to.set(as, from.get(index));
    }
  }
}
