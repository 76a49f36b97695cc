package io.gradus.asl.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The definitions of a conformance corpus, each with what AWS answered.
///
/// The corpus is not part of the repository: the system property `gradus.conformance.cases` (or the
/// variable `GRADUS_CONFORMANCE_CASES`) names its directory.
final class RecordedCases {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REFUSED = "Invalid State Machine Definition: '";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[a-z]+[a-z0-9]*[.:]?[^}]*}");

  /// One definition that was sent.
  ///
  /// @param operation the API call's name in the corpus
  /// @param single whether the definition is of one state, for TestState
  /// @param refusal AWS's `InvalidDefinition` sentence; null where it took the definition
  /// @param refused whether AWS refused it at all
  /// @param answer AWS's whole answer where it was recorded
  record Sent(
      String id,
      String operation,
      boolean single,
      String definition,
      MachineType type,
      boolean refused,
      @Nullable String refusal,
      @Nullable JsonNode answer) {
    @Override
    public String toString() {
      return id;
    }
  }

  private RecordedCases() {}

  static @Nullable Path directory(String property, String variable) {
    String set = System.getProperty(property, System.getenv(variable));
    if (set == null || set.isBlank()) {
      return null;
    }
    Path cases = Path.of(set).resolve("dev");
    return Files.isDirectory(cases) ? cases : Path.of(set);
  }

  static List<Sent> read(Path directory) {
    List<Sent> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .forEach(file -> read(JSON.readTree(file.toFile()), all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /// Definition → `variableReferences` as AWS described it, an empty object where it listed none,
  /// for the cases about them.
  static Map<String, JsonNode> variableReferences(Path directory) {
    Map<String, JsonNode> listed = new LinkedHashMap<>();
    for (Sent sent : read(directory)) {
      if (sent.id().startsWith("sfn_api_variable_references.")) {
        listed.put(sent.definition(), JSON.createObjectNode());
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> file.getFileName().toString().startsWith("sfn_api_variable_ref"))
          .map(file -> JSON.readTree(file.toFile()))
          .forEach(
              recorded -> {
                List<Sent> sent = new ArrayList<>();
                read(recorded, sent);
                JsonNode references = recorded.path("match").findValue("variableReferences");
                if (references != null) {
                  listed.put(sent.getFirst().definition(), references);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return listed;
  }

  private static void read(JsonNode recorded, List<Sent> into) {
    for (JsonNode step : recorded.path("steps").values()) {
      JsonNode definition = step.path("params").path("definition");
      if (definition.isString()) {
        into.add(sent(recorded, step, definition.stringValue()));
      }
    }
  }

  private static Sent sent(JsonNode recorded, JsonNode step, String definition) {
    String id = step.path("id").asString("");
    JsonNode answer = answer(recorded, id);
    String refusal = null;
    if (answer != null) {
      String text = answer.toString();
      int from = text.indexOf(REFUSED);
      if (from >= 0) {
        refusal = message(answer);
      }
    }
    // TestState also answers InvalidDefinition where a mock is missing: not the definition's fault.
    boolean test = step.path("op").asString("").equals("test_state");
    boolean refused =
        step.path("error").asBoolean(false)
            && (refusal != null || (!test && code(answer).contains("InvalidDefinition")));
    return new Sent(
        recorded.path("id").asString(""),
        step.path("op").asString(""),
        step.path("op").asString("").equals("test_state") && !step.path("params").has("stateName"),
        filled(definition),
        MachineType.valueOf(step.path("params").path("type").asString("STANDARD")),
        refused,
        refusal,
        answer);
  }

  private static String code(@Nullable JsonNode answer) {
    return answer == null ? "" : answer.toString();
  }

  private static @Nullable String message(JsonNode answer) {
    for (JsonNode value : answer.findValues("message")) {
      if (value.asString("").startsWith(REFUSED)) {
        return value.asString("");
      }
    }
    for (JsonNode value : answer.findValues("exception_value")) {
      int from = value.asString("").indexOf(REFUSED);
      if (from >= 0) {
        return value.asString("").substring(from);
      }
    }
    return null;
  }

  /// What the corpus says of a step's answer, wherever it refers to it.
  private static @Nullable JsonNode answer(JsonNode recorded, String id) {
    for (JsonNode match : recorded.path("match").values()) {
      if (refersTo(match.path("actual"), id)) {
        return match.path("expected");
      }
    }
    return null;
  }

  private static boolean refersTo(JsonNode actual, String id) {
    if (actual.isObject()) {
      return actual.properties().stream()
          .anyMatch(
              each ->
                  each.getKey().equals("$ref")
                      ? each.getValue().asString("").split("\\.", 2)[0].equals(id)
                      : refersTo(each.getValue(), id));
    }
    return false;
  }

  /// The corpus writes what differs from run to run as `${…}`.
  private static String filled(String definition) {
    return PLACEHOLDER
        .matcher(definition)
        .replaceAll(
            found -> {
              String name = found.group();
              if (name.contains("account")) {
                return "123456789012";
              }
              if (name.contains("activityArn")) {
                return "arn:aws:states:us-east-1:123456789012:activity:a";
              }
              if (name.contains("unctionArn")) {
                return "arn:aws:lambda:us-east-1:123456789012:function:f";
              }
              return "x1";
            });
  }
}
