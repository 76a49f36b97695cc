package io.gradus.app;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.start.FirstLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Messages of a queue that start executions, in a node that is killed in the middle.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueueTriggersTest {
  private static final String KEY = "AKIAQUEUES";
  private static final String SECRET = "queues-queues-queues";
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final QueuePeer sqs = new QueuePeer();
  private Path data;
  private GradusProcess gradus;
  private SfnClient sfn;
  private PersonsHttp person;
  private String machine;

  @BeforeAll
  void first(@TempDir Path directory) throws IOException {
    data = directory;
    start();
    machine =
        sfn.createStateMachine(
                r ->
                    r.name("orders").roleArn("arn:aws:iam::000000000000:role/any").definition(PASS))
            .stateMachineArn();
    put("{\"order\": \"{% $states.input.detail.body.order %}\"}");
  }

  private void put(String input) {
    PersonsHttp.Answer answer =
        person.call(
            "PUT",
            "/triggers/orders",
            """
            {"stateMachineArn": "%s", "input": %s, "queue": {"queueUrl": "%s", "batchSize": 3}}\
            """
                .formatted(machine, input, sqs.queueUrl()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void start() throws IOException {
    gradus =
        GradusProcess.start(
            data,
            Map.of(
                "GRADUS_BOOTSTRAP_ACCESS_KEY_ID", KEY,
                "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY", SECRET,
                "GRADUS_AWS_ENDPOINT_URL", sqs.address()));
    sfn = Programs.sfn(gradus.address(), KEY, SECRET);
    FirstLogin login = FirstLogin.read(data.resolve("first-login")).orElseThrow();
    person = PersonsHttp.logIn(gradus.address(), login.login(), login.password());
  }

  @AfterAll
  void stop() {
    person.close();
    sfn.close();
    gradus.close();
    sqs.close();
  }

  @Test
  @Order(1)
  void eachMessageStartsAnExecutionAndIsDeleted() {
    List<String> ids =
        IntStream.range(0, 8).mapToObj(i -> sqs.put("{\"order\": " + i + "}")).toList();

    await("an empty queue", () -> sqs.left() == 0);

    assertThat(executions()).hasSize(8);
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      assertThat(input(id).get("order").intValue()).isEqualTo(i);
    }
    assertThat(sqs.mostAtOnce()).as("polls at one time").isEqualTo(1);
  }

  /// Whoever was told of a change need not wait until the polls of before it are over.
  @Test
  @Order(2)
  void aPollThatIsUnderWayHearsOfAChangeAndOfAPause() {
    sqs.setHolds(true);
    String changed = sqs.put("{\"order\": 20}");
    await("a poll with the message", () -> sqs.given() == 1);
    put("{\"changed\": \"{% $states.input.detail.body.order %}\"}");
    sqs.setHolds(false);
    await("an empty queue", () -> sqs.left() == 0);
    assertThat(input(changed).path("changed").intValue()).isEqualTo(20);

    sqs.setHolds(true);
    String paused = sqs.put("{\"order\": 21}");
    await("a poll with the message", () -> sqs.given() == 1);
    assertThat(person.call("POST", "/triggers/orders/pause", "").status()).isEqualTo(200);
    sqs.setHolds(false);
    await("the message in the queue", () -> sqs.given() == 0);
    assertThat(sqs.left()).isEqualTo(1);
    assertThat(named(paused)).isEmpty();

    put("{\"order\": \"{% $states.input.detail.body.order %}\"}");
    assertThat(person.call("POST", "/triggers/orders/resume", "").status()).isEqualTo(200);
    await("an empty queue", () -> sqs.left() == 0);
    assertThat(input(paused).path("order").intValue()).isEqualTo(21);
  }

  private JsonNode input(String part) {
    String arn = named(part).getFirst().executionArn();
    return JSON.readTree(sfn.describeExecution(r -> r.executionArn(arn)).input());
  }

  @Test
  @Order(3)
  void aNodeThatIsKilledBetweenTheStartAndTheDeletionStartsOnce() throws Exception {
    // given
    sqs.setDeletes(false);
    int before = sqs.deletions();
    String id = sqs.put("{\"order\": 99}");
    await("a try to delete", () -> sqs.deletions() > before);
    assertThat(named(id)).hasSize(1);

    // when
    gradus.kill();
    person.close();
    sfn.close();
    sqs.setDeletes(true);
    sqs.giveAgain();
    start();

    // then
    await("an empty queue", () -> sqs.left() == 0);
    assertThat(named(id)).hasSize(1);
    assertThat(fires().stream().filter(fire -> fire.path("eventId").asString("").equals(id)))
        .hasSize(1);
  }

  @Test
  @Order(4)
  void aQueueThatIsGoneIsToldAndTriedAgain() {
    sqs.setThere(false);
    // It may still tell of what was wrong before.
    await(
        "the problem", () -> trigger().path("problem").asString("").contains("QueueDoesNotExist"));

    sqs.setThere(true);
    String id = sqs.put("{\"order\": 7}");
    await("an empty queue", () -> sqs.left() == 0);
    await("no problem", () -> !trigger().has("problem"));
    assertThat(named(id)).hasSize(1);
  }

  @Test
  @Order(5)
  void aMessageThatMakesNoInputStaysInTheQueueAndIsTold() {
    String id = sqs.put("no order in it");
    await(
        "the error",
        () -> fires().stream().anyMatch(fire -> fire.path("eventId").asString("").equals(id)));

    JsonNode fire =
        fires().stream()
            .filter(it -> it.path("eventId").asString("").equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(fire.path("error").asString("")).isEqualTo("States.QueryEvaluationError");
    assertThat(sqs.left()).isEqualTo(1);
    assertThat(named(id)).isEmpty();
  }

  @Test
  @Order(6)
  void aPausedQueueIsNotLookedInto() {
    assertThat(person.call("POST", "/triggers/orders/pause", "").status()).isEqualTo(200);
    await("the last poll's end", () -> quiet(Duration.ofSeconds(2)));
    int polls = sqs.polls();
    assertThat(quiet(Duration.ofSeconds(2))).isTrue();
    assertThat(sqs.polls()).isEqualTo(polls);
    assertThat(person.call("POST", "/triggers/orders/resume", "").status()).isEqualTo(200);
    await("another poll", () -> sqs.polls() > polls);
  }

  /// Whether no poll came for that long.
  private boolean quiet(Duration time) {
    int polls = sqs.polls();
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      if (sqs.polls() != polls) {
        return false;
      }
      LockSupport.parkNanos(20_000_000);
    }
    return true;
  }

  private JsonNode trigger() {
    return person.call("GET", "/triggers/orders", "").json();
  }

  private List<JsonNode> fires() {
    return person
        .call("GET", "/triggers/orders/fires", "")
        .json()
        .path("fires")
        .valueStream()
        .toList();
  }

  private List<ExecutionListItem> executions() {
    return sfn.listExecutions(r -> r.stateMachineArn(machine)).executions();
  }

  private List<ExecutionListItem> named(String part) {
    return executions().stream().filter(it -> it.name().contains(part)).toList();
  }
}
