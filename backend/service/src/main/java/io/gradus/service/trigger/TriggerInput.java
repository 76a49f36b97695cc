package io.gradus.service.trigger;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace;
import io.gradus.asl.expr.Variables;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.State;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Parsed;
import io.gradus.engine.PayloadJson;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A template of an execution's input: what the language's own states make of an event.
///
/// | Template | Input |
/// |---|---|
/// | none | the event |
/// | `"$.detail"` | what the path finds in the event |
/// | `{"order.$": "$.detail.id", "by": "hook"}` | an object with paths and intrinsics, as `Parameters` |
/// | `{"order": "{% $states.input.detail.id %}"}` | JSONata, as `Output` |
/// | any other JSON | itself |
///
/// It has the bounds of an expression in a state.
public final class TriggerInput {
  /// How long a template may be, in bytes.
  public static final int MAX_BYTES = 65_536;

  private static final String VALUE = "value";
  private final State.@Nullable Pass pass;
  private final boolean unwrapped;

  private TriggerInput(State.@Nullable Pass pass, boolean unwrapped) {
    this.pass = pass;
    this.unwrapped = unwrapped;
  }

  /// Reads one.
  ///
  /// @param template JSON; null for the event itself
  /// @throws Refusal ValidationException, with what is wrong with it
  public static TriggerInput parse(@Nullable String template) {
    if (template == null) {
      return new TriggerInput(null, false);
    }
    if (template.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
        || template.indexOf('\0') >= 0) {
      throw refused("has more than " + MAX_BYTES + " bytes, or a NUL");
    }
    JsonNode json = json(template);
    ObjectNode state = PayloadJson.MAPPER.createObjectNode();
    state.put("Type", "Pass").put("End", true);
    boolean isPath = json.isString() && json.stringValue().startsWith("$");
    if (template.contains("{%")) {
      state.put("QueryLanguage", "JSONata").set("Output", json);
    } else if (isPath) {
      state.putObject("Parameters").set(VALUE + ".$", json);
    } else if (json.isObject() && hasPaths(json)) {
      state.set("Parameters", json);
    } else {
      state.set("Result", json);
    }
    return new TriggerInput(pass(state), isPath);
  }

  private static JsonNode json(String template) {
    try {
      JsonNode json = PayloadJson.MAPPER.readTree(template);
      if (json != null && !json.isMissingNode()) {
        return json;
      }
    } catch (JacksonException e) {
      throw refused("is not JSON: " + e.getOriginalMessage());
    }
    throw refused("is empty: leave it out to pass the event on");
  }

  /// Whether it is written for paths at all: constants stay what they are.
  private static boolean hasPaths(JsonNode json) {
    for (var member : json.properties()) {
      if (member.getKey().endsWith(".$")) {
        return true;
      }
    }
    for (JsonNode child : json) {
      if (hasPaths(child)) {
        return true;
      }
    }
    return false;
  }

  private static State.Pass pass(ObjectNode state) {
    Parsed parsed = DefinitionParser.parseState(state.toString());
    Definition definition = parsed.definition();
    if (definition == null
        || !(definition.state(DefinitionParser.TESTED) instanceof State.Pass pass)) {
      throw refused(
          "cannot be evaluated: "
              + parsed.diagnostics().stream()
                  .filter(fault -> fault.severity() == Diagnostic.Severity.ERROR)
                  .map(Diagnostic::message)
                  .findFirst()
                  .orElse("it is no template"));
    }
    return pass;
  }

  private static Refusal refused(String what) {
    return new Refusal(ErrorCode.VALIDATION, "The input template " + what);
  }

  /// The input that an event makes, as JSON.
  ///
  /// @param trigger its name, told as `$states.context.Trigger.Name` and `$$.Trigger.Name`
  /// @throws EvaluationFailure where the template and the event do not fit
  String of(JsonNode event, String trigger, Instant now) {
    if (pass == null) {
      return PayloadJson.MAPPER.writeValueAsString(event);
    }
    ObjectNode context = PayloadJson.MAPPER.createObjectNode();
    context.putObject("Trigger").put("Name", trigger);
    Scope scope =
        new Scope(
            event,
            () -> context,
            Variables.NONE,
            now,
            () -> ThreadLocalRandom.current().nextLong(),
            StageTrace.NONE);
    Flow flow = Flow.of(pass);
    JsonNode effective = flow.effectiveInput(pass.data(), scope);
    JsonNode output = flow.outcome(pass, effective, null, scope).output();
    return PayloadJson.MAPPER.writeValueAsString(unwrapped ? output.path(VALUE) : output);
  }
}
