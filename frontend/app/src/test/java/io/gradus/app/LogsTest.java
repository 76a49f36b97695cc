package io.gradus.app;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidLoggingConfigurationException;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import tools.jackson.databind.JsonNode;

/// Logs on their way to CloudWatch Logs, from a node that is killed in the middle.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/any";
  private static final String KEY = "AKIALOGS";
  private static final String SECRET = "logs-logs-logs-logs";
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String FAIL =
      "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}}}";
  private static final String[] PASSED = {
    "1 ExecutionStarted", "2 PassStateEntered", "3 PassStateExited", "4 ExecutionSucceeded"
  };

  private final LogPeer logs = new LogPeer();
  private Path data;
  private GradusProcess gradus;
  private SfnClient sfn;

  @BeforeAll
  void first(@TempDir Path directory) {
    data = directory;
    start();
  }

  private void start() {
    gradus =
        GradusProcess.start(
            data,
            Map.of(
                "GRADUS_BOOTSTRAP_ACCESS_KEY_ID", KEY,
                "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY", SECRET,
                "GRADUS_AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", logs.address()));
    sfn = Programs.sfn(gradus.address(), KEY, SECRET);
  }

  @AfterAll
  void stop() {
    sfn.close();
    gradus.close();
    logs.close();
  }

  @Test
  void everyEventOfAStandardExecutionIsSentAsAwsSendsIt() {
    // given
    String machine = machine("all", PASS, StateMachineType.STANDARD, LogLevel.ALL, true);

    // when
    String execution =
        sfn.startExecution(r -> r.stateMachineArn(machine).input("{\"a\": 1}")).executionArn();

    // then
    await("all events", () -> logs.told("all", execution).size() == 4);
    assertThat(logs.told("all", execution)).containsExactly(PASSED);
    JsonNode entered = logs.events("all").get(1);
    assertThat(entered.path("details"))
        .hasToString(
            "{\"input\":\"{\\\"a\\\": 1}\",\"inputDetails\":{\"truncated\":false},\"name\":\"P\"}");
    assertThat(entered.path("previous_event_id").stringValue()).isEqualTo("0");
    assertThat(entered.path("event_timestamp").stringValue()).matches("[0-9]{13}");
    assertThat(entered.path("redrive_count").stringValue()).isEqualTo("0");
    assertThat(logs.streams("all"))
        .singleElement()
        .asString()
        .matches("states/all/[0-9]{4}(-[0-9]{2}){4}/[0-9a-f]{8}");
  }

  @Test
  void aLevelKeepsWhatItIsFor() {
    // given
    String error = machine("error", FAIL, StateMachineType.STANDARD, LogLevel.ERROR, false);
    String fatal = machine("fatal", FAIL, StateMachineType.STANDARD, LogLevel.FATAL, false);
    String off = machine("off", FAIL, StateMachineType.STANDARD, LogLevel.OFF, false);

    // when
    String ofOff = sfn.startExecution(r -> r.stateMachineArn(off)).executionArn();
    String ofError = sfn.startExecution(r -> r.stateMachineArn(error)).executionArn();
    String ofFatal = sfn.startExecution(r -> r.stateMachineArn(fatal)).executionArn();

    // then
    await("the failures", () -> !logs.told("fatal", ofFatal).isEmpty());
    await("the errors", () -> !logs.told("error", ofError).isEmpty());
    assertThat(logs.told("error", ofError))
        .containsExactly("2 FailStateEntered", "3 ExecutionFailed");
    assertThat(logs.told("fatal", ofFatal)).containsExactly("3 ExecutionFailed");
    assertThat(logs.told("off", ofOff)).isEmpty();
  }

  @Test
  void aRedriveIsCountedInWhatFollowsIt() {
    // given
    String machine = machine("redriven", FAIL, StateMachineType.STANDARD, LogLevel.ALL, false);
    String execution = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();
    await("its end", () -> isOver(execution));

    // when
    sfn.redriveExecution(r -> r.executionArn(execution));

    // then
    await(
        "the second failure",
        () ->
            logs.events("redriven").stream()
                    .filter(e -> e.path("type").stringValue().equals("ExecutionFailed"))
                    .count()
                == 2);
    assertThat(logs.events("redriven"))
        .extracting(e -> e.path("type").stringValue() + " " + e.path("redrive_count").stringValue())
        .contains("ExecutionFailed 0", "ExecutionRedriven 1", "ExecutionFailed 1");
  }

  @Test
  void expressExecutionsAreLoggedHoweverTheyAreStarted() {
    // given
    String machine = machine("express", PASS, StateMachineType.EXPRESS, LogLevel.ALL, false);

    // when
    String later = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();
    String atOnce = sfn.startSyncExecution(r -> r.stateMachineArn(machine)).executionArn();

    // then
    for (String execution : List.of(later, atOnce)) {
      await("all events", () -> logs.told("express", execution).size() == 4);
      assertThat(logs.told("express", execution)).containsExactly(PASSED);
    }
  }

  @Test
  void aLogGroupThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () ->
                sfn.createStateMachine(
                    r ->
                        r.name("nowhere")
                            .roleArn(ROLE)
                            .definition(PASS)
                            .loggingConfiguration(
                                to(
                                    LogLevel.ALL,
                                    false,
                                    "arn:aws:logs:us-east-1:000000000000:log-group:nowhere:*"))))
        .isInstanceOf(InvalidLoggingConfigurationException.class)
        .hasMessageContaining("Invalid Logging Configuration: Log Destination not found.");
    // the own log needs no log group
    sfn.createStateMachine(
        r ->
            r.name("own")
                .roleArn(ROLE)
                .definition(PASS)
                .loggingConfiguration(
                    to(
                        LogLevel.ALL,
                        false,
                        "arn:aws:logs:us-east-1:000000000000:log-group:/gradus/own:*")));
  }

  @Test
  void whatCannotBeSentWaitsAndIsToldOf() throws Exception {
    // given
    String machine = machine("away", PASS, StateMachineType.STANDARD, LogLevel.ALL, false);
    logs.away(true);

    // when
    String execution;
    try {
      execution = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();
      await("its end", () -> isOver(execution));
      await("a failure", () -> metric("gradus_logs_failures_total") > 0);
    } finally {
      logs.away(false);
    }

    // then
    await("all events", () -> logs.told("away", execution).size() == 4);
    assertThat(metric("gradus_logs_written_total")).isPositive();
    assertThat(metric("gradus_logs_lost_total")).isZero();
  }

  @Test
  void aKilledNodeLosesNothing() throws Exception {
    // given a node that has sent, and was not told so
    String machine = machine("killed", PASS, StateMachineType.STANDARD, LogLevel.ALL, true);
    CountDownLatch taken = logs.hold();
    List<String> executions = new ArrayList<>();
    executions.add(sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn());
    assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 20; i++) {
      executions.add(sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn());
    }

    // when
    gradus.kill();
    sfn.close();
    logs.release();
    start();

    // then
    for (String execution : executions) {
      await("all events", () -> logs.told("killed", execution).size() == 4);
    }
    assertThat(logs.streams("killed")).hasSizeGreaterThan(1);
  }

  private double metric(String name) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String all =
          http.send(
                  HttpRequest.newBuilder(URI.create(gradus.address() + "/actuator/prometheus"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return all.lines()
          .filter(line -> line.startsWith(name + " "))
          .flatMap(line -> Stream.of(Double.parseDouble(line.substring(name.length() + 1))))
          .findFirst()
          .orElseThrow(() -> new AssertionError("expected " + name + ", found none"));
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isOver(String execution) {
    return sfn.describeExecution(r -> r.executionArn(execution)).status()
        != ExecutionStatus.RUNNING;
  }

  private String machine(
      String name, String definition, StateMachineType type, LogLevel level, boolean data) {
    String group = logs.group(name);
    return sfn.createStateMachine(
            r ->
                r.name(name)
                    .roleArn(ROLE)
                    .type(type)
                    .definition(definition)
                    .loggingConfiguration(to(level, data, group)))
        .stateMachineArn();
  }

  private static LoggingConfiguration to(LogLevel level, boolean data, String group) {
    return LoggingConfiguration.builder()
        .level(level)
        .includeExecutionData(data)
        .destinations(
            LogDestination.builder().cloudWatchLogsLogGroup(g -> g.logGroupArn(group)).build())
        .build();
  }
}
