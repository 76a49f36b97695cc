package io.gradus.service.testcase.run;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.task.MockedReply;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The answers of a mock in the form of Step Functions Local: by the number of the call, from 0.
///
/// A state has one count in an execution. Each call takes the next number, retries and calls in
/// other iterations or branches too.
///
/// | written | meaning |
/// |---|---|
/// | `{"0": {"Return": {"ok": true}}}` | the first call gives that; there is no answer to a second |
/// | `{"0-1": {"Throw": {"Error": "Busy", "Cause": "later"}}, "2": {"Return": 1}}` | two fail, the third does not |
/// | `{"0": {"Return": 1, "DelaySeconds": 30}}` | the call takes so long (not known to Step Functions Local) |
public final class NumberedResponses {
  /// The highest number: more calls than that have no room in a history.
  static final int MAX_NUMBER = 24_999;

  private static final int MAX_DELAY_SECONDS = 900;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final Set<String> MEMBERS = Set.of("Return", "Throw", "DelaySeconds");

  private final NavigableMap<Integer, Answer> byFirst;

  private record Answer(int last, MockedReply reply) {}

  private NumberedResponses(NavigableMap<Integer, Answer> byFirst) {
    this.byFirst = byFirst;
  }

  /// Reads them.
  ///
  /// @param what they are of, for the sentence of a refusal: `state 'Charge'`
  /// @throws io.gradus.service.Refusal ValidationException
  static NumberedResponses read(String what, JsonNode json) {
    if (!json.isObject() || json.isEmpty()) {
      throw TestCaseJson.refused(
          "The mock of "
              + what
              + " must have at least one answer, such as {\"0\": {\"Return\": 1}}");
    }
    TreeMap<Integer, Answer> answers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      Matcher range = RANGE.matcher(each.getKey());
      int first = range.matches() ? Integer.parseInt(range.group(1)) : -1;
      int last = first < 0 || range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first < 0 || last < first || last > MAX_NUMBER) {
        throw TestCaseJson.refused(
            "The mock of "
                + what
                + ": '"
                + each.getKey()
                + "' is no number of a call; \"0\" is the first, \"1-3\" are the three after it");
      }
      Map.Entry<Integer, Answer> before = answers.floorEntry(last);
      if (before != null && before.getValue().last() >= first) {
        throw TestCaseJson.refused(
            "The mock of "
                + what
                + ": call "
                + Math.max(first, before.getKey())
                + " has two answers");
      }
      answers.put(first, new Answer(last, answer(what, each.getKey(), each.getValue())));
    }
    return new NumberedResponses(answers);
  }

  /// The answer to the call of that number; empty where there is none.
  Optional<MockedReply> of(int number) {
    Map.Entry<Integer, Answer> found = byFirst.floorEntry(number);
    return found == null || found.getValue().last() < number
        ? Optional.empty()
        : Optional.of(found.getValue().reply());
  }

  /// Which numbers have an answer, such as `0-2, 4`.
  String numbers() {
    return String.join(
        ", ",
        byFirst.entrySet().stream().map(e -> range(e.getKey(), e.getValue().last())).toList());
  }

  /// As a key of the form.
  static String range(int first, int last) {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }

  private static MockedReply answer(String what, String number, JsonNode json) {
    JsonNode given = json.get("Return");
    JsonNode thrown = json.get("Throw");
    boolean known = json.isObject() && MEMBERS.containsAll(json.propertyNames());
    if (!known || (given == null) == (thrown == null)) {
      throw TestCaseJson.refused(
          "The mock of "
              + what
              + ": call "
              + number
              + " must have exactly one of 'Return' and 'Throw'");
    }
    TaskOutcome outcome =
        given != null
            ? new TaskOutcome.Succeeded(Payload.of(given))
            : error(what, number, thrown == null ? json : thrown);
    return new MockedReply(outcome, delay(what, number, json.get("DelaySeconds")), true);
  }

  private static TaskOutcome error(String what, String number, JsonNode thrown) {
    JsonNode error = thrown.get("Error");
    JsonNode cause = thrown.get("Cause");
    boolean good =
        error != null
            && error.isString()
            && !error.stringValue().isEmpty()
            && (cause == null || cause.isNull() || cause.isString());
    if (!good || error == null) {
      throw TestCaseJson.refused(
          "The mock of "
              + what
              + ": the 'Throw' of call "
              + number
              + " must have a text 'Error' and may have a text 'Cause'");
    }
    return new TaskOutcome.Failed(
        FailureKind.FAILED,
        new ErrorName(error.stringValue()),
        cause == null || cause.isNull() ? null : cause.stringValue());
  }

  private static Duration delay(String what, String number, @Nullable JsonNode seconds) {
    if (seconds == null) {
      return Duration.ZERO;
    }
    double value = seconds.isNumber() ? seconds.doubleValue() : -1;
    if (value >= 0 && value <= MAX_DELAY_SECONDS) {
      return Duration.ofMillis(Math.round(value * 1_000));
    }
    throw TestCaseJson.refused(
        "The mock of " + what + ": 'DelaySeconds' of call " + number + " must be from 0 to 900");
  }
}
