package io.gradus.service.testcase.run;

import io.gradus.engine.PayloadJson;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A test case as JSON: `{"description", "input", "startTime", "mocks", "expected": {"output",
/// "error", "cause", "path", "ignore"}}`. All of it may be left out.
public final class TestCaseJson {
  /// Longest description, in characters.
  private static final int MAX_DESCRIPTION = 500;

  /// Longest error and cause, in characters, as AWS has them.
  private static final int MAX_ERROR = 256;

  private static final int MAX_CAUSE = 32_768;
  private static final int MAX_IGNORED = 100;
  private static final int MAX_NAME = 80;

  private static final Set<String> MEMBERS =
      Set.of("description", "input", "startTime", "mocks", "expected");
  private static final Set<String> EXPECTED = Set.of("output", "error", "cause", "path", "ignore");

  private TestCaseJson() {}

  /// Reads one, and checks all of it that can be checked without its state machine.
  ///
  /// @throws Refusal ValidationException with a sentence that says what is wrong
  public static TestCase read(String name, JsonNode json) {
    checkName(name);
    members(json, MEMBERS, "A test case");
    JsonNode input = json.get("input");
    JsonNode mocks = json.get("mocks");
    if (mocks != null && !mocks.isNull() && !mocks.isObject()) {
      throw refused("'mocks' must be an object of state names");
    }
    ObjectNode byState =
        mocks instanceof ObjectNode given ? given : PayloadJson.MAPPER.createObjectNode();
    CaseMocks.read(byState);
    return new TestCase(
        name,
        text(json, "description", MAX_DESCRIPTION, ""),
        input == null ? PayloadJson.MAPPER.createObjectNode() : input,
        startTime(json.get("startTime")),
        byState,
        expected(json.get("expected")));
  }

  /// Writes one, without its name; what is as usual is left out.
  public static ObjectNode write(TestCase testCase) {
    ObjectNode json = PayloadJson.MAPPER.createObjectNode();
    if (!testCase.description().isEmpty()) {
      json.put("description", testCase.description());
    }
    json.set("input", testCase.input());
    if (!testCase.startTime().equals(TestCase.USUAL_START)) {
      json.put("startTime", testCase.startTime().toString());
    }
    json.set("mocks", testCase.mocks());
    ObjectNode expected = write(testCase.expected());
    if (!expected.isEmpty()) {
      json.set("expected", expected);
    }
    return json;
  }

  /// Writes what is expected; an empty object where that is only success.
  public static ObjectNode write(TestCase.Expected wanted) {
    ObjectNode expected = PayloadJson.MAPPER.createObjectNode();
    if (wanted.output() != null) {
      expected.set("output", wanted.output());
    }
    if (wanted.error() != null) {
      expected.put("error", wanted.error());
    }
    if (wanted.cause() != null) {
      expected.put("cause", wanted.cause());
    }
    if (wanted.path() != null) {
      expected.set("path", wanted.path());
    }
    if (!wanted.ignore().isEmpty()) {
      ArrayNode ignore = expected.putArray("ignore");
      wanted.ignore().forEach(ignore::add);
    }
    return expected;
  }

  /// Lets a name pass that a case can have, and that a path of an address can hold.
  ///
  /// @throws Refusal InvalidName
  public static void checkName(String name) {
    boolean good =
        !name.isBlank()
            && name.equals(name.strip())
            && name.length() <= MAX_NAME
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(TestCaseJson::isForbidden);
    if (!good) {
      throw new Refusal(
          ErrorCode.INVALID_NAME,
          "Invalid Name: '"
              + name
              + "'. A test case's name has 1 to 80 characters, none of / \\ ; % and no control"
              + " characters");
    }
  }

  private static boolean isForbidden(int c) {
    return Character.isISOControl(c)
        || Character.isSurrogate((char) c)
        || c == '/'
        || c == '\\'
        || c == ';'
        || c == '%';
  }

  private static TestCase.Expected expected(@Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return TestCase.Expected.SUCCESS;
    }
    members(json, EXPECTED, "'expected'");
    JsonNode output = json.get("output");
    String error = optional(json, "error", MAX_ERROR);
    String cause = optional(json, "cause", MAX_CAUSE);
    if (output != null && (error != null || cause != null)) {
      throw refused("'expected' has an 'output' or an 'error', not both");
    }
    if (cause != null && error == null) {
      throw refused("'expected' has a 'cause' only with its 'error'");
    }
    JsonNode path = json.get("path");
    if (path != null && path.isNull()) {
      path = null;
    }
    if (path != null) {
      StatePath.check(path);
    }
    return new TestCase.Expected(output, error, cause, path, ignored(json.get("ignore")));
  }

  private static List<String> ignored(@Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return List.of();
    }
    if (!json.isArray() || json.size() > MAX_IGNORED) {
      throw refused("'ignore' must be a list of at most " + MAX_IGNORED + " JSON pointers");
    }
    List<String> pointers = new ArrayList<>();
    for (JsonNode each : json) {
      if (!each.isString() || !each.stringValue().startsWith("/")) {
        throw refused("Each of 'ignore' must be a JSON pointer such as \"/order/id\"");
      }
      pointers.add(each.stringValue());
    }
    return pointers;
  }

  private static Instant startTime(@Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return TestCase.USUAL_START;
    }
    try {
      Instant at = Instant.parse(json.isString() ? json.stringValue() : "");
      // What a clock of an execution can show, with room for its longest Wait.
      if (at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9000-01-01T00:00:00Z"))) {
        return at;
      }
    } catch (DateTimeException _) {
      // Told below.
    }
    throw refused("'startTime' must be a moment in UTC such as \"2026-03-01T10:00:00Z\"");
  }

  private static String text(JsonNode json, String member, int longest, String otherwise) {
    String text = optional(json, member, longest);
    return text == null ? otherwise : text;
  }

  private static @Nullable String optional(JsonNode json, String member, int longest) {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().length() > longest) {
      throw refused("'" + member + "' must be a text of at most " + longest + " characters");
    }
    return value.stringValue();
  }

  private static void members(JsonNode json, Set<String> known, String what) {
    if (!json.isObject()) {
      throw refused(what + " must be a JSON object");
    }
    for (String member : json.propertyNames()) {
      if (!known.contains(member)) {
        throw refused(what + " has no '" + member + "'; it may have " + sorted(known));
      }
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().map(name -> "'" + name + "'").toList());
  }

  static Refusal refused(String sentence) {
    return new Refusal(ErrorCode.VALIDATION, sentence);
  }
}
