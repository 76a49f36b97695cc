package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.engine.TrialOutcome.Status;
import io.gradus.engine.interpret.StateTrial;
import io.gradus.engine.port.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

class StateTrialTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static StateTrial trial(String state, String input, @Nullable String context) {
    Definition definition = Objects.requireNonNull(DefinitionParser.parseState(state).definition());
    Payload given = context == null ? null : Payload.ofText(context);
    ExecutionInfo info =
        new ExecutionInfo(
            new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(0, 2)),
            "arn:e",
            "e",
            "arn:m",
            "m",
            "",
            null,
            null,
            NOW,
            definition,
            ExecutionInfo.Limits.AWS,
            false);
    return new StateTrial(
        new StateTrial.Setup(
            info,
            DefinitionParser.TESTED,
            Payload.ofText(input),
            Map.of("v", IntNode.valueOf(5)),
            given,
            0),
        new Environment(NOW, () -> 4, (_, _) -> "token"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"Type":"Pass","Result":1,"InputPath":"$.a","End":true} | SUCCEEDED | 1 | | AFTER_RESULT_PATH=1 AFTER_RESULT_SELECTOR=1 RESULT=1
          {"Type":"Pass","InputPath":"$.a","Next":"N"} | SUCCEEDED | 7 | N | AFTER_INPUT_PATH=7 AFTER_PARAMETERS=7 AFTER_RESULT_PATH=7 AFTER_RESULT_SELECTOR=7
          {"Type":"Succeed","OutputPath":"$.a"} | SUCCEEDED | 7 | | AFTER_INPUT_PATH={"a":7}
          {"Type":"Fail","Error":"E","Cause":"C"} | FAILED | | | AFTER_INPUT_PATH={"a":7}
          {"Type":"Choice","Choices":[{"Variable":"$.a","NumericEquals":7,"Next":"B"}]} | SUCCEEDED | {"a":7} | B | AFTER_INPUT_PATH={"a":7}
          {"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $v + $states.input.a %}","End":true} | SUCCEEDED | 12 | |
          {"Type":"Pass","InputPath":"$.b","End":true} | FAILED | | |
          """)
  void aStateTellsItsStages(
      String state,
      Status status,
      @Nullable String output,
      @Nullable String next,
      @Nullable String stages) {
    StateTrial trial = trial(state, "{\"a\":7}", null);

    assertThat(trial.begin()).isEqualTo(StateTrial.Progress.Over.OVER);

    TrialOutcome outcome = trial.outcome();
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.output() == null ? null : outcome.output().toString()).isEqualTo(output);
    assertThat(outcome.next() == null ? null : outcome.next().value()).isEqualTo(next);
    assertThat(
            outcome.stages().entrySet().stream()
                .map(stage -> stage.getKey() + "=" + stage.getValue())
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(stages == null ? "" : stages);
  }

  @Test
  void aWaitSaysHowLong() {
    StateTrial trial = trial("{\"Type\":\"Wait\",\"Seconds\":90,\"Next\":\"N\"}", "{}", null);

    assertThat(trial.begin()).isEqualTo(new StateTrial.Progress.Wait(Duration.ofSeconds(90)));
    trial.waited();

    assertThat(trial.outcome().status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void theContextObjectIsMadeUnlessItIsGiven() {
    String state = "{\"Type\":\"Pass\",\"Parameters\":{\"c.$\":\"$$.State\"},\"End\":true}";
    StateTrial made = trial(state, "{}", null);
    StateTrial given = trial(state, "{}", "{\"State\":{\"Name\":\"X\"}}");

    made.begin();
    given.begin();

    assertThat(made.outcome().output())
        .hasToString(
            "{\"c\":{\"Name\":\"StateName\",\"EnteredTime\":\"2026-03-01T10:00:00.000Z\"}}");
    assertThat(given.outcome().output()).hasToString("{\"c\":{\"Name\":\"X\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.a.b[1] | [ 1, 2.0 ]
          $.a | NONE
          $$.Execution.Input.c | ["x", "y"]
          """)
  void whatIsPickedOutIsShownAsItWasSent(String path, String shown) {
    String state =
        """
        {"Type":"Map","ItemsPath":"%s","ItemProcessor":{"StartAt":"S","States":
          {"S":{"Type":"Succeed"}}},"End":true}"""
            .formatted(path);
    StateTrial trial =
        trial(
            state,
            "{\"a\": {\"b\": [[ 3 ], [ 1, 2.0 ]]}}",
            "{\"Execution\": {\"Input\": {\"c\": [\"x\", \"y\"]}}}");

    trial.fanOut(
        new StateTrial.Iterations(0, null), new TaskOutcome.Succeeded(Payload.ofText("[1]")));

    Payload items = trial.outcome().stages().get(Stage.AFTER_ITEMS_PATH);
    assertThat(items == null ? "NONE" : items.toString()).isEqualTo(shown);
  }

  @Test
  void nothingThatIsOnlyTriedCountsRedrives() {
    StateTrial trial =
        trial(
            "{\"Type\":\"Pass\",\"Parameters\":{\"c.$\":\"$$.Execution\"},\"End\":true}",
            "{}",
            null);

    trial.begin();

    assertThat(trial.outcome().output()).asString().doesNotContain("Redrive");
  }

  @Test
  void aMapsReaderIsGivenItsData() {
    String state =
        """
        {"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
          "ReaderConfig":{"InputType":"JSON","ItemsPointer":"/in"},
          "Parameters":{"Bucket":"b","Key":"k"}},"ToleratedFailureCount":1,
         "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"S","States":{"S":{"Type":"Succeed"}}},"End":true}""";
    JsonNode read = PayloadJson.MAPPER.readTree("{\"in\":[1,2,3]}");
    TaskOutcome result = new TaskOutcome.Succeeded(Payload.ofText("[4,5,6]"));

    StateTrial sound = trial(state, "{}", null);
    sound.fanOut(new StateTrial.Iterations(1, read), result);
    StateTrial broken = trial(state, "{}", null);
    broken.fanOut(new StateTrial.Iterations(2, read), result);

    assertThat(sound.outcome().output()).hasToString("[4,5,6]");
    assertThat(sound.outcome().stages().get(Stage.AFTER_ITEMS_POINTER)).hasToString("[1,2,3]");
    assertThat(sound.outcome().map().maxConcurrency()).isZero();
    assertThat(broken.outcome().error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThatThrownBy(
            () -> trial(state, "{}", null).fanOut(new StateTrial.Iterations(4, read), result))
        .isInstanceOf(StateTrial.TooManyFailures.class);
  }
}
