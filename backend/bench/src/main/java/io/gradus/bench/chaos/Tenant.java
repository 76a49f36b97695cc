package io.gradus.bench.chaos;

import io.gradus.bench.Client;
import io.gradus.bench.Server;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An account with its key, and with its own copy of the machines. Two of them use the same names.
record Tenant(String account, String accessKey, String secret) {
  static final Tenant ONE = new Tenant(Server.ACCOUNT, Server.ACCESS_KEY, Server.SECRET);
  static final Tenant OTHER =
      new Tenant(
          "111122223333", "AKIAOTHEROTHEROTHER0", "other-other-other-other-other-other-other");

  /// What a node needs to know to create it.
  Map<String, String> settings() {
    return Map.of(
        "GRADUS_BOOTSTRAP_ACCOUNT", account,
        "GRADUS_BOOTSTRAP_ACCESS_KEY_ID", accessKey,
        "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY", secret);
  }

  Client client(int port) {
    return new Client(port, accessKey, secret);
  }

  String machineArn() {
    return "arn:aws:states:us-east-1:" + account + ":stateMachine:" + Scenario.MACHINE;
  }

  String executionArn(String name) {
    return "arn:aws:states:us-east-1:" + account + ":execution:" + Scenario.MACHINE + ":" + name;
  }

  String activityArn() {
    return "arn:aws:states:us-east-1:" + account + ":activity:" + Scenario.ACTIVITY;
  }

  /// Makes the state machines and the activity.
  void prepare(int port) throws IOException {
    try (Client client = client(port)) {
      ObjectNode activity = JsonMapper.shared().createObjectNode().put("name", Scenario.ACTIVITY);
      expect(activityArn(), answer(client, "CreateActivity", activity), "activityArn");
      String child = create(client, Scenario.CHILD, Scenario.child());
      String machine = create(client, Scenario.MACHINE, Scenario.definition(child, activityArn()));
      if (!machine.equals(machineArn())) {
        throw new IllegalStateException("expected " + machineArn() + ", found " + machine);
      }
    }
  }

  private static String create(Client client, String name, String definition) throws IOException {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put("name", name)
            .put("roleArn", "arn:aws:iam::000000000000:role/chaos")
            .put("definition", definition);
    return answer(client, "CreateStateMachine", request).get("stateMachineArn").stringValue();
  }

  private static JsonNode answer(Client client, String operation, ObjectNode request)
      throws IOException {
    return JsonMapper.shared().readTree(client.call(operation, request.toString()));
  }

  private static void expect(String arn, JsonNode answer, String member) {
    if (!answer.path(member).asString("").equals(arn)) {
      throw new IllegalStateException("expected " + arn + ", found " + answer);
    }
  }
}
