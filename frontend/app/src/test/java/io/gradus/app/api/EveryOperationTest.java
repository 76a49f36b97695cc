package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.SignedCalls.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.ValidationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The AWS SDK for Java drives every operation of a whole server; and each call that changes
/// something may be sent again, as SDKs do, without changing more.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOperationTest {
  private static final Pattern TYPE = Pattern.compile("\"type\":\"(\\w+)\"");

  /// Events after which the execution waits, or is over; or there is none.
  private static final Set<String> RESTS =
      Set.of("", "ActivityScheduled", "ActivityStarted", "ExecutionAborted", "ExecutionSucceeded");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PASS =
      """
      {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}\
      """;

  private RunningGradus gradus;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
  }

  @AfterAll
  void stop() {
    gradus.close();
  }

  private static String role(String account) {
    return "arn:aws:iam::" + account + ":role/any";
  }

  /// Notes which operations were called.
  private static final class Driven implements ExecutionInterceptor {
    final Set<String> operations = new TreeSet<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      operations.add(context.request().getClass().getSimpleName().replaceAll("Request$", ""));
    }
  }

  @Test
  void theSdkDrivesEveryOperation() {
    SignedCalls calls = SignedCalls.ofNewTenant(gradus);
    Driven driven = new Driven();
    try (SfnClient sfn = calls.sdk(driven)) {
      String activity = sfn.createActivity(r -> r.name("work")).activityArn();
      String machine = definitions(sfn, calls.account, activity);
      executions(sfn, machine, activity);
      mapRuns(sfn, calls.account, activity);
      trials(sfn, calls.account);
      sfn.deleteStateMachine(r -> r.stateMachineArn(machine));
      sfn.deleteActivity(r -> r.activityArn(activity));
    }
    assertThat(driven.operations).isEqualTo(ServiceModel.operations().keySet());
  }

  @SuppressWarnings("unchecked") // The SDK takes consumers by a generic array.
  private static String definitions(SfnClient sfn, String account, String activity) {
    Tag tag = Tag.builder().key("k").value("v").build();
    sfn.tagResource(r -> r.resourceArn(activity).tags(tag));
    assertThat(sfn.listTagsForResource(r -> r.resourceArn(activity)).tags()).containsExactly(tag);
    sfn.untagResource(r -> r.resourceArn(activity).tagKeys("k"));
    assertThat(sfn.describeActivity(r -> r.activityArn(activity)).name()).isEqualTo("work");
    assertThat(sfn.listActivities().activities()).hasSize(1);
    String task =
        """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","End":true}}}\
        """
            .formatted(activity);
    String machine =
        sfn.createStateMachine(
                r ->
                    r.name("m")
                        .definition(PASS)
                        .roleArn(role(account))
                        .encryptionConfiguration(
                            e ->
                                e.type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY)
                                    .kmsKeyId("alias/ours")
                                    .kmsDataKeyReusePeriodSeconds(60)))
            .stateMachineArn();
    String version =
        sfn.publishStateMachineVersion(r -> r.stateMachineArn(machine)).stateMachineVersionArn();
    String alias =
        sfn.createStateMachineAlias(
                r ->
                    r.name("live")
                        .routingConfiguration(x -> x.stateMachineVersionArn(version).weight(100)))
            .stateMachineAliasArn();
    sfn.updateStateMachineAlias(r -> r.stateMachineAliasArn(alias).description("d"));
    assertThat(sfn.describeStateMachineAlias(r -> r.stateMachineAliasArn(alias)).description())
        .isEqualTo("d");
    assertThat(sfn.listStateMachineAliases(r -> r.stateMachineArn(machine)).stateMachineAliases())
        .hasSize(1);
    assertThat(sfn.listStateMachineVersions(r -> r.stateMachineArn(machine)).stateMachineVersions())
        .hasSize(1);
    sfn.deleteStateMachineAlias(r -> r.stateMachineAliasArn(alias));
    sfn.deleteStateMachineVersion(r -> r.stateMachineVersionArn(version));
    sfn.updateStateMachine(r -> r.stateMachineArn(machine).definition(task));
    var kept =
        sfn.describeStateMachine(
            r -> r.stateMachineArn(machine).includedData(IncludedData.METADATA_ONLY));
    assertThat(kept.definition()).isNull();
    assertThat(kept.encryptionConfiguration().kmsKeyId()).isEqualTo("alias/ours");
    assertThat(kept.encryptionConfiguration().kmsDataKeyReusePeriodSeconds()).isEqualTo(60);
    assertThat(sfn.listStateMachines().stateMachines()).hasSize(1);
    return machine;
  }

  private static void executions(SfnClient sfn, String machine, String activity) {
    String one = sfn.startExecution(r -> r.stateMachineArn(machine).name("one")).executionArn();
    String token = sfn.getActivityTask(r -> r.activityArn(activity)).taskToken();
    sfn.sendTaskHeartbeat(r -> r.taskToken(token));
    sfn.sendTaskSuccess(r -> r.taskToken(token).output("1"));
    String two = sfn.startExecution(r -> r.stateMachineArn(machine).name("two")).executionArn();
    String other = sfn.getActivityTask(r -> r.activityArn(activity)).taskToken();
    sfn.sendTaskFailure(r -> r.taskToken(other).error("E"));
    sfn.redriveExecution(r -> r.executionArn(two));
    sfn.stopExecution(r -> r.executionArn(two));
    var stopped = sfn.describeExecution(r -> r.executionArn(two));
    assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(stopped.redriveCount()).isEqualTo(1);
    assertThat(sfn.listExecutions(r -> r.stateMachineArn(machine)).executions()).hasSize(2);
    assertThat(sfn.getExecutionHistory(r -> r.executionArn(one)).events()).isNotEmpty();
    assertThat(sfn.describeStateMachineForExecution(r -> r.executionArn(one)).name())
        .isEqualTo("m");
    assertThat(sfn.listMapRuns(r -> r.executionArn(one)).mapRuns()).isEmpty();
    String mapRun = machine.replace(":stateMachine:", ":mapRun:") + "/label:1";
    assertThatThrownBy(() -> sfn.describeMapRun(r -> r.mapRunArn(mapRun)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                sfn.updateMapRun(
                    r ->
                        r.mapRunArn(mapRun)
                            .maxConcurrency(1)
                            .toleratedFailureCount(2L)
                            .toleratedFailurePercentage(2.5f)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> sfn.listExecutions(r -> r.mapRunArn(mapRun)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  /// A distributed Map over three items, whose children wait for workers.
  private static void mapRuns(SfnClient sfn, String account, String activity) {
    String machine =
        sfn.createStateMachine(
                r ->
                    r.name("maps")
                        .roleArn(role(account))
                        .definition(
                            """
                            {"StartAt":"M","States":{"M":{"Type":"Map","Label":"each","MaxConcurrency":1,
                              "ToleratedFailureCount":1,"ItemProcessor":{
                                "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","End":true}}},
                              "End":true}}}"""
                                .formatted(activity)))
            .stateMachineArn();
    String execution =
        sfn.startExecution(r -> r.stateMachineArn(machine).input("[1,2,3]")).executionArn();
    String first = sfn.getActivityTask(r -> r.activityArn(activity)).taskToken();
    var listed = sfn.listMapRuns(r -> r.executionArn(execution)).mapRuns().getFirst();
    String mapRun = listed.mapRunArn();
    assertThat(mapRun).startsWith(machine.replace(":stateMachine:", ":mapRun:") + "/each:");
    assertThat(listed.stateMachineArn()).isEqualTo(machine + "/each");
    var running = sfn.describeMapRun(r -> r.mapRunArn(mapRun));
    assertThat(running.status()).isEqualTo(MapRunStatus.RUNNING);
    assertThat(running.executionArn()).isEqualTo(execution);
    assertThat(running.maxConcurrency()).isEqualTo(1);
    assertThat(running.toleratedFailureCount()).isEqualTo(1);
    assertThat(running.itemCounts().pending()).isEqualTo(2);
    assertThat(running.itemCounts().running()).isEqualTo(1);
    assertThat(running.itemCounts().total()).isEqualTo(3);
    sfn.updateMapRun(r -> r.mapRunArn(mapRun).maxConcurrency(3));
    String second = sfn.getActivityTask(r -> r.activityArn(activity)).taskToken();
    String third = sfn.getActivityTask(r -> r.activityArn(activity)).taskToken();
    assertThat(sfn.describeMapRun(r -> r.mapRunArn(mapRun)).executionCounts().running())
        .isEqualTo(3);
    sfn.sendTaskFailure(r -> r.taskToken(second).error("E"));
    sfn.sendTaskSuccess(r -> r.taskToken(first).output("\"a\""));
    sfn.sendTaskSuccess(r -> r.taskToken(third).output("\"c\""));
    long until = System.nanoTime() + 20_000_000_000L;
    while (sfn.describeExecution(r -> r.executionArn(execution)).status()
        == ExecutionStatus.RUNNING) {
      assertThat(System.nanoTime()).isLessThan(until);
      LockSupport.parkNanos(10_000_000L);
    }
    assertThat(sfn.describeExecution(r -> r.executionArn(execution)).output())
        .isEqualTo("[\"a\",\"c\"]");
    var over = sfn.describeMapRun(r -> r.mapRunArn(mapRun));
    assertThat(over.status()).isEqualTo(MapRunStatus.SUCCEEDED);
    assertThat(over.executionCounts().succeeded()).isEqualTo(2);
    assertThat(over.executionCounts().failed()).isEqualTo(1);
    var failed =
        sfn.listExecutions(
                r -> r.mapRunArn(mapRun).statusFilter(ExecutionStatus.FAILED).maxResults(10))
            .executions();
    assertThat(failed).singleElement().satisfies(e -> assertThat(e.mapRunArn()).isEqualTo(mapRun));
    var page = sfn.listExecutions(r -> r.mapRunArn(mapRun).maxResults(2));
    assertThat(page.executions()).hasSize(2);
    assertThat(
            sfn.listExecutions(r -> r.mapRunArn(mapRun).maxResults(2).nextToken(page.nextToken()))
                .executions())
        .hasSize(1);
    var child = sfn.describeExecution(r -> r.executionArn(failed.getFirst().executionArn()));
    assertThat(child.mapRunArn()).isEqualTo(mapRun);
    assertThat(child.stateMachineArn()).isEqualTo(machine + "/each");
    assertThat(child.input()).isEqualTo("2");
    assertThat(child.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE_BY_MAP_RUN);
    assertThat(sfn.getExecutionHistory(r -> r.executionArn(child.executionArn())).events())
        .isNotEmpty();
    var of = sfn.describeStateMachineForExecution(r -> r.executionArn(child.executionArn()));
    assertThat(of.mapRunArn()).isEqualTo(mapRun);
    assertThat(of.label()).isEqualTo("each");
    assertThat(sfn.listExecutions(r -> r.stateMachineArn(machine)).executions()).hasSize(1);
    assertThatThrownBy(() -> sfn.updateMapRun(r -> r.mapRunArn(mapRun).maxConcurrency(1)))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> sfn.redriveExecution(r -> r.executionArn(child.executionArn())))
        .isInstanceOf(ExecutionNotRedrivableException.class);
    sfn.deleteStateMachine(r -> r.stateMachineArn(machine));
  }

  private static void trials(SfnClient sfn, String account) {
    String express =
        sfn.createStateMachine(
                r ->
                    r.name("x")
                        .definition(PASS)
                        .roleArn(role(account))
                        .type(StateMachineType.EXPRESS))
            .stateMachineArn();
    var sync = sfn.startSyncExecution(r -> r.stateMachineArn(express).input("[1]"));
    assertThat(sync.output()).isEqualTo("[1]");
    assertThat(sfn.validateStateMachineDefinition(r -> r.definition(PASS)).resultAsString())
        .isEqualTo("OK");
    assertThat(sfn.testState(r -> r.definition("{\"Type\":\"Succeed\"}")).statusAsString())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void largePayloadsAndForksAreForWhoAsksForThem() {
    SignedCalls calls = SignedCalls.ofNewTenant(gradus);
    Requests requests = Requests.madeBy(calls);
    String machine = requests.things.stateMachine();
    String text = "\"" + "x".repeat(1_000_000) + "\"";
    ObjectNode large = body("stateMachineArn", machine, "input", text, "name", "large");
    assertThat(calls.call("StartExecution", large).message())
        .isEqualTo(
            "1 validation error detected: Value at 'input' failed to satisfy constraint: Member"
                + " must have length less than or equal to 262144");

    Answer lifted = calls.manage("PUT", "/limits/" + machine, "{\"awsStrict\":false}");

    assertThat(lifted.text()).isEqualTo("{\"awsStrict\":false,\"own\":false}");
    assertThat(calls.call("StartExecution", large).status()).isEqualTo(200);
    assertThat(calls.manage("GET", "/limits", "").text()).isEqualTo("{\"awsStrict\":true}");
    ObjectNode huge = body("stateMachineArn", machine, "input", "x".repeat(4 * 1024 * 1024 + 1));
    assertThat(calls.call("StartExecution", huge).message())
        .endsWith("Member must have length less than or equal to 4194304");

    ObjectNode fork = body("executionArn", requests.things.execution(), "stateName", "A");
    fork.put("name", "forked").putObject("input").put("edited", true);
    Answer forked = calls.manage("POST", "/executions/fork", fork.toString());

    assertThat(forked.status()).as(forked.text()).isEqualTo(201);
    String arn = forked.json().get("executionArn").stringValue();
    Answer shown = calls.manage("GET", "/executions/" + arn, "");
    assertThat(shown.json().get("forkedFrom").toString())
        .isEqualTo(
            "{\"executionArn\":\"" + requests.things.execution() + "\",\"stateName\":\"A\"}");
    Answer described = calls.call("DescribeExecution", body("executionArn", arn));
    assertThat(described.json().get("input").stringValue()).isEqualTo("{\"edited\":true}");
    fork.put("stateName", "Nowhere");
    Answer refused = calls.manage("POST", "/executions/fork", fork.toString());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).isEqualTo("The definition that it ran has no state 'Nowhere'.");
  }

  /// A call, sent twice with the same bytes.
  ///
  /// @param operation its name
  /// @param body what is sent
  /// @param second the error that AWS answers the second with, `""` for the first answer again
  private record Twice(String operation, ObjectNode body, String second) {}

  @Test
  void sendingAChangeAgainChangesNothingMore() {
    SignedCalls calls = SignedCalls.ofNewTenant(gradus);
    String prefix = "arn:aws:states:us-east-1:" + calls.account + ":";
    String machine = prefix + "stateMachine:m";
    String version = machine + ":1";
    String alias = machine + ":live";
    String activity = prefix + "activity:a";
    String execution = prefix + "execution:m:e";
    String task =
        """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","Retry":[{"ErrorEquals":
        ["Again"],"IntervalSeconds":0}],"End":true}}}\
        """
            .formatted(activity);
    twice(calls, of("CreateActivity", "name", "a"));
    ObjectNode create = body("name", "m", "definition", task, "roleArn", role(calls.account));
    twice(calls, new Twice("CreateStateMachine", create.put("publish", true), ""));
    ObjectNode route = body("stateMachineVersionArn", version).put("weight", 100);
    ObjectNode routed = body("name", "live");
    routed.putArray("routingConfiguration").add(route);
    twice(calls, new Twice("CreateStateMachineAlias", routed, ""));
    twice(calls, of("UpdateStateMachineAlias", "stateMachineAliasArn", alias, "description", "d"));
    ObjectNode tags = body("resourceArn", activity);
    tags.putArray("tags").add(body("key", "k", "value", "v"));
    twice(calls, new Twice("TagResource", tags, ""));
    ObjectNode keys = body("resourceArn", activity);
    keys.putArray("tagKeys").add("k");
    twice(calls, new Twice("UntagResource", keys, ""));
    twice(calls, of("StartExecution", "stateMachineArn", machine, "name", "e", "input", "{}"));
    String token = token(calls, activity);
    twice(calls, of("SendTaskHeartbeat", "taskToken", token));
    ObjectNode failure = body("taskToken", token, "error", "Again");
    twice(calls, new Twice("SendTaskFailure", failure, "TaskTimedOut"));
    twice(calls, of("StopExecution", "executionArn", execution, "error", "E"));
    twice(calls, of("RedriveExecution", "executionArn", execution, "clientToken", "once"));
    ObjectNode success = body("taskToken", token(calls, activity), "output", "1");
    twice(calls, new Twice("SendTaskSuccess", success, "TaskTimedOut"));
    twice(calls, of("UpdateStateMachine", "stateMachineArn", machine, "definition", PASS));
    twice(calls, of("PublishStateMachineVersion", "stateMachineArn", machine));
    assertThat(revisions(calls, machine)).isEqualTo(2);
    twice(calls, of("DeleteStateMachineAlias", "stateMachineAliasArn", alias));
    twice(calls, of("DeleteStateMachineVersion", "stateMachineVersionArn", version));
    twice(calls, of("DeleteStateMachine", "stateMachineArn", machine));
    twice(calls, of("DeleteActivity", "activityArn", activity));
  }

  private static int revisions(SignedCalls calls, String machine) {
    return calls
        .call("ListStateMachineVersions", body("stateMachineArn", machine))
        .json()
        .get("stateMachineVersions")
        .size();
  }

  private static String token(SignedCalls calls, String activity) {
    return calls
        .call("GetActivityTask", body("activityArn", activity))
        .json()
        .get("taskToken")
        .stringValue();
  }

  private static Twice of(String operation, String... members) {
    return new Twice(operation, body(members), "");
  }

  private static ObjectNode body(String... members) {
    ObjectNode body = JSON.createObjectNode();
    for (int i = 0; i < members.length; i += 2) {
      body.put(members[i], members[i + 1]);
    }
    return body;
  }

  private static void twice(SignedCalls calls, Twice call) {
    Answer first = calls.call(call.operation(), call.body());
    assertThat(first.status()).as(call.operation() + " " + first.text()).isEqualTo(200);
    List<String> before = allAtRest(calls);

    Answer second = calls.call(call.operation(), call.body());

    assertThat(second.error()).as(call.operation() + " " + second.text()).isEqualTo(call.second());
    if (second.status() == 200 && !first.json().has("updateDate")) {
      assertThat(second.text()).as(call.operation()).isEqualTo(first.text());
    }
    assertThat(all(calls)).as("what there is after a second " + call.operation()).isEqualTo(before);
  }

  /// [#all] when the execution has done what the call began: a redrive, or a retry, goes on by
  /// itself.
  private static List<String> allAtRest(SignedCalls calls) {
    while (true) {
      List<String> all = all(calls);
      Matcher type = TYPE.matcher(all.getLast());
      String last = "";
      while (type.find()) {
        last = type.group(1);
      }
      if (RESTS.contains(last)) {
        return all;
      }
      Thread.onSpinWait();
    }
  }

  /// All that a tenant can see that calls change.
  private static List<String> all(SignedCalls calls) {
    String prefix = "arn:aws:states:us-east-1:" + calls.account + ":";
    ObjectNode machine = body("stateMachineArn", prefix + "stateMachine:m");
    ObjectNode execution = body("executionArn", prefix + "execution:m:e");
    return List.of(
        calls.call("DescribeStateMachine", machine).text(),
        calls.call("ListStateMachineVersions", machine).text(),
        calls.call("ListStateMachineAliases", machine).text(),
        calls.call("ListActivities", body()).text(),
        calls.call("ListTagsForResource", body("resourceArn", prefix + "activity:a")).text(),
        calls.call("ListExecutions", machine).text(),
        calls
            .call("GetExecutionHistory", execution)
            .text()
            .replaceAll("\"nextToken\":\"[^\"]*\"", ""));
  }
}
