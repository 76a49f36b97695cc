package io.gradus.app.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The least request of each operation that a tenant can make, over things that it has. What stands
/// in one is what the model demands: left out, it is missed.
final class Requests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SUCCEED =
      """
      {"StartAt":"A","States":{"A":{"Type":"Succeed"}}}\
      """;

  private final Map<String, ObjectNode> least = new LinkedHashMap<>();
  private int made;
  private final Map<String, String> errors = new LinkedHashMap<>();

  /// What the tenant has of each kind: the same names for every tenant.
  final Things things;

  /// ARNs of what there is, and of what could be and is not.
  record Things(
      String stateMachine,
      String version,
      String alias,
      String express,
      String execution,
      String activity,
      String mapRun) {

    static Things of(String account, String name) {
      String prefix = "arn:aws:states:" + SignedCalls.REGION + ":" + account + ":";
      return new Things(
          prefix + "stateMachine:" + name,
          prefix + "stateMachine:" + name + ":1",
          prefix + "stateMachine:" + name + ":live",
          prefix + "stateMachine:" + name + "-express",
          prefix + "execution:" + name + ":run",
          prefix + "activity:" + name,
          prefix + "mapRun:" + name + "/label:0");
    }
  }

  private Requests(Things things) {
    this.things = things;
  }

  /// Makes what the requests are about.
  static Requests madeBy(SignedCalls calls) {
    Requests requests = new Requests(Things.of(calls.account, "real"));
    requests.fill(calls.account);
    make(calls, "CreateActivity", "{\"name\":\"real\"}");
    make(calls, "CreateStateMachine", requests.least("CreateStateMachine").toString());
    make(
        calls,
        "CreateStateMachine",
        machine(calls.account, "real-express").put("type", "EXPRESS").toString());
    make(calls, "StartExecution", requests.least("StartExecution").put("name", "run").toString());
    make(calls, "PublishStateMachineVersion", requests.least("DescribeStateMachine").toString());
    ObjectNode alias = requests.least("CreateStateMachineAlias").put("name", "live");
    make(calls, "CreateStateMachineAlias", alias.toString());
    return requests;
  }

  private static void make(SignedCalls calls, String operation, String body) {
    SignedCalls.Answer answer =
        calls.call(operation, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new IllegalStateException("expected " + operation + " to work: " + answer.text());
    }
  }

  private static ObjectNode machine(String account, String name) {
    return read("{}")
        .put("name", name)
        .put("roleArn", "arn:aws:iam::" + account + ":role/any")
        .put("definition", SUCCEED);
  }

  private static ObjectNode read(String json) {
    return (ObjectNode) JSON.readTree(json);
  }

  private void put(String operation, String json, String error) {
    least.put(operation, read(json));
    errors.put(operation, error);
  }

  private void fill(String account) {
    String machine = "{\"stateMachineArn\":\"" + things.stateMachine + "\"}";
    String execution = "{\"executionArn\":\"" + things.execution + "\"}";
    String gone = "{\"stateMachineArn\":\"" + things.stateMachine + "-gone\"}";
    String routes =
        "\"routingConfiguration\":[{\"stateMachineVersionArn\":\"%s\",\"weight\":100}]"
            .formatted(things.version);
    put("CreateActivity", "{\"name\":\"real\"}", "");
    put("CreateStateMachine", machine(account, "real").toString(), "");
    put("CreateStateMachineAlias", "{\"name\":\"other\"," + routes + "}", "");
    put("DeleteActivity", "{\"activityArn\":\"" + things.activity + "-gone\"}", "");
    put("DeleteStateMachine", gone, "");
    put("DeleteStateMachineAlias", "{\"stateMachineAliasArn\":\"" + things.alias + "-gone\"}", "");
    put(
        "DeleteStateMachineVersion",
        "{\"stateMachineVersionArn\":\"" + things.version + "9\"}",
        "");
    put("DescribeActivity", "{\"activityArn\":\"" + things.activity + "\"}", "");
    put("DescribeExecution", execution, "");
    put("DescribeMapRun", "{\"mapRunArn\":\"" + things.mapRun + "\"}", "ResourceNotFound");
    put("DescribeStateMachine", machine, "");
    put("DescribeStateMachineAlias", "{\"stateMachineAliasArn\":\"" + things.alias + "\"}", "");
    put("DescribeStateMachineForExecution", execution, "");
    // An activity that is there would be waited at for a minute.
    put(
        "GetActivityTask",
        "{\"activityArn\":\"" + things.activity + "-gone\"}",
        "ActivityDoesNotExist");
    put("GetExecutionHistory", execution, "");
    put("ListActivities", "{}", "");
    put("ListExecutions", "{}", "ValidationException");
    put("ListMapRuns", execution, "");
    put("ListStateMachineAliases", machine, "");
    put("ListStateMachineVersions", machine, "");
    put("ListStateMachines", "{}", "");
    put("ListTagsForResource", "{\"resourceArn\":\"" + things.activity + "\"}", "");
    put("PublishStateMachineVersion", machine, "");
    put("RedriveExecution", execution, "ExecutionNotRedrivable");
    put("SendTaskFailure", "{\"taskToken\":\"x\"}", "InvalidToken");
    put("SendTaskHeartbeat", "{\"taskToken\":\"x\"}", "InvalidToken");
    put("SendTaskSuccess", "{\"taskToken\":\"x\",\"output\":\"1\"}", "InvalidToken");
    put("StartExecution", machine, "");
    put("StartSyncExecution", "{\"stateMachineArn\":\"" + things.express + "\"}", "");
    put("StopExecution", execution, "");
    put(
        "TagResource",
        "{\"resourceArn\":\"" + things.activity + "\",\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]}",
        "");
    put("TestState", read("{}").put("definition", "{\"Type\":\"Succeed\"}").toString(), "");
    put("UntagResource", "{\"resourceArn\":\"" + things.activity + "\",\"tagKeys\":[\"k\"]}", "");
    put("UpdateMapRun", "{\"mapRunArn\":\"" + things.mapRun + "\"}", "ResourceNotFound");
    put("UpdateStateMachine", machine, "MissingRequiredParameter");
    put(
        "UpdateStateMachineAlias",
        "{\"stateMachineAliasArn\":\"" + things.alias + "\"}",
        "ValidationException");
    put("ValidateStateMachineDefinition", read("{}").put("definition", SUCCEED).toString(), "");
  }

  Set<String> operations() {
    return new TreeSet<>(least.keySet());
  }

  /// A copy.
  ObjectNode least(String operation) {
    JsonNode request = least.get(operation);
    if (request == null) {
      throw new IllegalStateException("expected a request of " + operation);
    }
    return (ObjectNode) request.deepCopy();
  }

  /// The same for something that is not there yet, where it makes something by name.
  ObjectNode fresh(String operation) {
    ObjectNode request = least(operation);
    return operation.startsWith("Create") ? request.put("name", "fresh-" + ++made) : request;
  }

  /// The error that it is answered with, `""` for none.
  String answer(String operation) {
    return Objects.requireNonNull(errors.get(operation), operation);
  }
}
