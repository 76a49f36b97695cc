package io.gradus.service.testcase.run;

import io.gradus.asl.expr.RandomSource;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.StateKind;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.task.MockedCall;
import io.gradus.runtime.task.MockedReply;
import io.gradus.runtime.task.Mocks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The mocks of a test case, and how far one run has come in them. For one run.
final class CaseMocks implements Answers {
  private final Mocks lists;
  private final Map<StateName, NumberedResponses> numbered;
  private final Map<StateName, Integer> calls = new HashMap<>();
  private final Map<Site, Integer> visits = new HashMap<>();

  private record Site(FrameId frame, StateName state) {}

  private CaseMocks(Mocks lists, Map<StateName, NumberedResponses> numbered) {
    this.lists = lists;
    this.numbered = numbered;
  }

  /// Reads the mocks of a case.
  ///
  /// @throws io.gradus.service.Refusal ValidationException
  static CaseMocks read(ObjectNode json) {
    ObjectNode lists = PayloadJson.MAPPER.createObjectNode();
    Map<StateName, NumberedResponses> numbered = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      if (each.getValue().isObject()) {
        numbered.put(
            new StateName(each.getKey()),
            NumberedResponses.read("state '" + each.getKey() + "'", each.getValue()));
      } else {
        lists.set(each.getKey(), each.getValue());
      }
    }
    try {
      return new CaseMocks(
          Mocks.parse(lists.toString().getBytes(StandardCharsets.UTF_8)), numbered);
    } catch (IllegalArgumentException e) {
      throw TestCaseJson.refused(String.valueOf(e.getMessage()));
    }
  }

  /// Why the mocks do not fit the definition; null where they do. A misspelt name would otherwise
  /// be a mock that nobody asks.
  static @Nullable String misfit(ObjectNode json, Definition definition) {
    for (String name : json.propertyNames()) {
      StateName state = new StateName(name);
      if (!definition.has(state)) {
        return "The case mocks the state '" + name + "', and the definition has none of that name.";
      }
      if (!(definition.state(state) instanceof State.Task)) {
        return "The case mocks the state '"
            + name
            + "', which is a "
            + StateKind.of(definition.state(state)).wireName()
            + ": only a Task calls something that can be mocked.";
      }
    }
    return null;
  }

  @Override
  public Answer answer(
      Execution execution, Effect.InvokeTask call, Instant now, RandomSource random) {
    StateName state = call.state();
    NumberedResponses responses = numbered.get(state);
    if (responses != null) {
      int number = calls.merge(state, 1, Integer::sum) - 1;
      return responses
          .of(number)
          .<Answer>map(reply -> new Answer.Reply(reply.outcome(), reply.after()))
          .orElseGet(
              () ->
                  new Answer.None(
                      "The state '"
                          + state
                          + "' was called for the "
                          + ordinal(number + 1)
                          + " time (number "
                          + number
                          + "), and its mock has answers for "
                          + responses.numbers()
                          + " only."));
    }
    if (!lists.has(state)) {
      return new Answer.None(
          "The state '"
              + state
              + "' calls "
              + call.resource().arn()
              + " and has no mock. A test case calls nothing: give the state a mock.");
    }
    return listed(execution, call, now, random);
  }

  private Answer listed(
      Execution execution, Effect.InvokeTask call, Instant now, RandomSource random) {
    Frame frame = execution.frame(call.task().frame());
    Frame.At at = frame.at();
    if (at == null) {
      throw new IllegalStateException("expected " + frame.id() + " in " + call.state());
    }
    Site site = new Site(frame.id(), call.state());
    int visit =
        call.retry() == 0 ? visits.merge(site, 1, Integer::sum) : visits.getOrDefault(site, 1);
    MockedReply reply =
        lists
            .reply(
                call.state(),
                new MockedCall(visit, call.retry(), at.input(), call.arguments(), now, random))
            .orElseThrow();
    if (!reply.answered() && reply.outcome() instanceof TaskOutcome.Failed failed) {
      return new Answer.None(String.valueOf(failed.cause()));
    }
    return new Answer.Reply(reply.outcome(), reply.after());
  }

  private static String ordinal(int number) {
    int tens = number % 100;
    String ending =
        tens >= 11 && tens <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
