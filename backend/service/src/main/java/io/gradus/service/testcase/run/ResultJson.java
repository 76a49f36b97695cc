package io.gradus.service.testcase.run;

import io.gradus.engine.PayloadJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A result as JSON: as it is kept, and as the API tells it. What is long is cut.
public final class ResultJson {
  /// Longest output that is kept, in bytes; a longer one is left out.
  static final int MAX_OUTPUT = 65_536;

  private static final int MAX_TEXT = 1_000;

  private ResultJson() {}

  /// Writes one.
  public static ObjectNode write(CaseResult result) {
    ObjectNode json = PayloadJson.MAPPER.createObjectNode();
    json.put("passed", result.passed());
    ArrayNode problems = json.putArray("problems");
    result.problems().forEach(problem -> problems.add(cut(problem)));
    json.put("status", result.status());
    if (result.output() != null && size(result.output()) <= MAX_OUTPUT) {
      json.set("output", result.output());
    }
    put(json, "error", result.error());
    put(json, "cause", result.cause());
    ArrayNode differences = json.putArray("differences");
    for (JsonDifference each : result.differences()) {
      ObjectNode difference = differences.addObject();
      difference.put("pointer", cut(each.pointer()));
      set(difference, "expected", each.expected());
      set(difference, "found", each.found());
    }
    if (size(result.path()) <= MAX_OUTPUT) {
      json.set("path", result.path());
    }
    ArrayNode steps = json.putArray("steps");
    for (CaseResult.Step each : result.steps()) {
      ObjectNode step = steps.addObject();
      step.put("state", each.state());
      if (!each.place().isEmpty()) {
        step.put("place", each.place());
      }
      step.put("kind", each.kind());
      step.put("status", each.status());
      if (each.retries() > 0) {
        step.put("retries", each.retries());
      }
      put(step, "error", each.error());
    }
    json.put("stepCount", result.stepCount());
    ArrayNode events = json.putArray("events");
    for (CaseResult.Event each : result.events()) {
      ObjectNode event = events.addObject();
      event.put("id", each.id());
      event.put("type", each.type());
      if (!each.state().isEmpty()) {
        event.put("state", each.state());
      }
    }
    json.put("eventCount", result.eventCount());
    json.put("tookMillis", result.took().toMillis());
    return json;
  }

  /// As much of a result as is written, without the payloads that it would keep in memory.
  public static CaseResult cut(CaseResult result) {
    return read(write(result));
  }

  /// Reads what was written.
  public static CaseResult read(JsonNode json) {
    List<String> problems = new ArrayList<>();
    json.path("problems").forEach(each -> problems.add(each.stringValue()));
    List<JsonDifference> differences = new ArrayList<>();
    for (JsonNode each : json.path("differences")) {
      differences.add(
          new JsonDifference(
              each.path("pointer").asString(""), each.get("expected"), each.get("found")));
    }
    List<CaseResult.Step> steps = new ArrayList<>();
    for (JsonNode each : json.path("steps")) {
      steps.add(
          new CaseResult.Step(
              each.path("state").asString(""),
              each.path("place").asString(""),
              each.path("kind").asString(""),
              each.path("status").asString(""),
              each.path("retries").asInt(0),
              text(each, "error")));
    }
    List<CaseResult.Event> events = new ArrayList<>();
    for (JsonNode each : json.path("events")) {
      events.add(
          new CaseResult.Event(
              each.path("id").asLong(0),
              each.path("type").asString(""),
              each.path("state").asString("")));
    }
    JsonNode path = json.get("path");
    return new CaseResult(
        json.path("passed").asBoolean(false),
        problems,
        json.path("status").asString(CaseResult.BROKEN_OFF),
        json.get("output"),
        text(json, "error"),
        text(json, "cause"),
        differences,
        path == null ? PayloadJson.MAPPER.createArrayNode() : path,
        steps,
        json.path("stepCount").asInt(0),
        events,
        json.path("eventCount").asInt(0),
        Duration.ofMillis(json.path("tookMillis").asLong(0)));
  }

  private static void put(ObjectNode json, String member, @Nullable String text) {
    if (text != null) {
      json.put(member, cut(text));
    }
  }

  /// A value that is too long to be read is told as the beginning of its text.
  private static void set(ObjectNode json, String member, @Nullable JsonNode value) {
    if (value != null) {
      String text = value.toString();
      if (text.length() <= MAX_TEXT) {
        json.set(member, value);
      } else {
        json.put(member, cut(text));
      }
    }
  }

  private static @Nullable String text(JsonNode json, String member) {
    JsonNode value = json.get(member);
    return value == null ? null : value.stringValue();
  }

  private static int size(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
