package io.gradus.service.testcase.run;

import io.gradus.asl.expr.RandomSource;
import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.service.execution.view.ExecutionCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a test case of an execution that is over: its input, what its tasks answered, and what
/// came of it.
///
/// Iterations and branches race in an execution, and take turns in a test case. So the answers are
/// put in order by running the execution again in memory: each call gets what the same call of the
/// same branch or item got, and the number that it has there.
public final class Recording {
  /// Places at which a run may differ from the execution and is then let be: chance and time.
  private static final int MAX_IGNORED = 20;

  private static final int LONG_SECONDS = 900;

  private Recording() {}

  /// What became of the execution.
  ///
  /// @param output null where it did not succeed
  public record End(@Nullable JsonNode output, @Nullable String error, @Nullable String cause) {}

  /// Makes the case.
  ///
  /// @param history all events of it, with their payloads
  /// @throws io.gradus.service.Refusal ValidationException where it cannot be made
  public static TestCase of(
      String name,
      List<Fact.HistoryEvent> history,
      End end,
      CaseRunner runner,
      BooleanSupplier expired) {
    if (history.isEmpty()
        || !(history.getFirst().details() instanceof Details.ExecutionStarted started)) {
      throw TestCaseJson.refused("The execution has no history to make a test case of");
    }
    Heard heard = new Heard(history);
    TestCase bare =
        new TestCase(
            name,
            "",
            started.input().json(),
            history.getFirst().timestamp(),
            PayloadJson.MAPPER.createObjectNode(),
            TestCase.Expected.SUCCESS);
    CaseRun.Ended ended = runner.run(bare, heard, expired);
    List<String> ignored = new ArrayList<>();
    Payload again = ended.execution().output();
    if (end.output() != null && again != null) {
      JsonDifference.between(end.output(), again.json(), List.of()).stream()
          .map(JsonDifference::pointer)
          .filter(pointer -> !pointer.isEmpty())
          .limit(MAX_IGNORED)
          .forEach(ignored::add);
    }
    ExecutionCourse course = new ExecutionCourse();
    course.apply(List.<Fact>copyOf(history));
    TestCase.Expected expected =
        end.output() != null
            ? new TestCase.Expected(end.output(), null, null, StatePath.of(course), ignored)
            : new TestCase.Expected(
                null,
                end.error() == null ? "" : end.error(),
                end.cause(),
                StatePath.of(course),
                List.of());
    return bare.withMocks(heard.mocks()).expecting(expected);
  }

  /// The answers of a history, and the order in which they are asked for again.
  private static final class Heard implements Answers {
    private final Map<String, Deque<TaskOutcome>> byPlace = new HashMap<>();
    private final Map<String, List<@Nullable TaskOutcome>> asked = new LinkedHashMap<>();
    private final Places places = new Places();

    Heard(List<Fact.HistoryEvent> history) {
      Places there = new Places();
      for (Fact.HistoryEvent event : history) {
        there.see(event);
        TaskOutcome outcome =
            switch (event.details()) {
              case Details.TaskSucceeded done ->
                  new TaskOutcome.Succeeded(done.output().detached());
              case Details.TaskFailed failed ->
                  new TaskOutcome.Failed(
                      FailureKind.FAILED, new ErrorName(named(failed.error())), failed.cause());
              default -> null;
            };
        if (outcome != null) {
          String place = place(there.of(event.frame()), there.state(event.frame()));
          byPlace.computeIfAbsent(place, _ -> new ArrayDeque<>()).add(outcome);
        }
      }
    }

    /// A mock's error has a name; one without is retried and caught as this.
    private static String named(@Nullable String error) {
      return error == null || error.isEmpty() ? ErrorName.TASK_FAILED.value() : error;
    }

    private static String place(String frame, String state) {
      return frame + "\n" + state;
    }

    @Override
    public void happened(List<Fact> facts) {
      for (Fact fact : facts) {
        if (fact instanceof Fact.HistoryEvent event) {
          places.see(event);
        }
      }
    }

    @Override
    public Answer answer(
        Execution execution, Effect.InvokeTask call, Instant now, RandomSource random) {
      String state = call.state().value();
      Deque<TaskOutcome> known = byPlace.get(place(places.of(call.task().frame()), state));
      TaskOutcome outcome = known == null ? null : known.poll();
      asked.computeIfAbsent(state, _ -> new ArrayList<>()).add(outcome);
      return outcome == null ? Answer.Never.NEVER : new Answer.Reply(outcome, Duration.ZERO);
    }

    /// By number, equal ones that follow each other as one.
    ObjectNode mocks() {
      ObjectNode mocks = PayloadJson.MAPPER.createObjectNode();
      asked.forEach(
          (state, outcomes) -> {
            ObjectNode numbered = mocks.putObject(state);
            int first = 0;
            for (int i = 1; i <= outcomes.size(); i++) {
              if (i == outcomes.size() || !Objects.equals(outcomes.get(i), outcomes.get(first))) {
                numbered.set(NumberedResponses.range(first, i - 1), json(outcomes.get(first)));
                first = i;
              }
            }
          });
      return mocks;
    }

    private static ObjectNode json(@Nullable TaskOutcome outcome) {
      ObjectNode json = PayloadJson.MAPPER.createObjectNode();
      switch (outcome) {
        case TaskOutcome.Succeeded done -> json.set("Return", done.output().json());
        case TaskOutcome.Submitted begun -> json.set("Return", begun.output().json());
        case TaskOutcome.Failed failed -> {
          ObjectNode thrown = json.putObject("Throw").put("Error", failed.error().value());
          if (failed.cause() != null) {
            thrown.put("Cause", failed.cause());
          }
        }
        // It was never answered, because the execution had ended elsewhere by then.
        case null -> json.putNull("Return").put("DelaySeconds", LONG_SECONDS);
      }
      return json;
    }
  }
}
