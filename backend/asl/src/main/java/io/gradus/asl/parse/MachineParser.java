package io.gradus.asl.parse;

import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.model.StateName;
import io.gradus.asl.parse.Diagnostic.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a set of states: a definition's root, a branch of a Parallel, the processor of a Map.
final class MachineParser {
  /// Characters of a state's name; AWS's quota.
  static final int MAX_NAME = 80;

  /// Parallels and Maps within one another. Everything that walks a definition may recurse this
  /// deep, so it bounds the stack.
  static final int MAX_NESTING = 50;

  private static final Set<String> ROOT =
      Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");
  private static final Set<String> BRANCH = Set.of("Comment", "StartAt", "States");
  private static final Set<String> PROCESSOR =
      Set.of("Comment", "StartAt", "States", "ProcessorConfig");

  private final Faults faults;
  private final QueryLanguage language;
  private final StateParser states;
  private int nesting;

  private MachineParser(Faults faults, QueryLanguage language) {
    this.faults = faults;
    this.language = language;
    this.states = new StateParser(this, faults, language);
  }

  /// A definition. Null where it has no states or no beginning.
  static @Nullable StateMachine root(ObjectNode tree, Faults faults) {
    Fields fields = new Fields(tree, Location.ROOT, faults);
    MachineParser parser = new MachineParser(faults, declared(fields, QueryLanguage.JSONPATH));
    fields.only(ROOT);
    boolean complete = fields.require("States", "StartAt");
    checkLanguage(fields);
    fields.oneOf("Version", List.of("1.0"));
    Long timeout = fields.integer("TimeoutSeconds", 0, Fields.MAX_SECONDS);
    return parser.machine(fields, complete, timeout == null ? null : timeout.intValue());
  }

  /// One state on its own, as TestState takes it.
  static @Nullable State single(ObjectNode tree, Location at, StateName name, Faults faults) {
    return new MachineParser(faults, QueryLanguage.JSONPATH)
        .states.state(name, new Fields(tree, at, faults));
  }

  @Nullable StateMachine branch(Fields fields) {
    fields.only(BRANCH);
    return inner(fields);
  }

  @Nullable StateMachine processor(Fields fields) {
    fields.only(PROCESSOR);
    return inner(fields);
  }

  private @Nullable StateMachine inner(Fields fields) {
    if (nesting >= MAX_NESTING) {
      faults.error(
          Code.TOO_DEEPLY_NESTED,
          "States are nested deeper than the maximum allowed (%d)".formatted(MAX_NESTING),
          fields.at());
      return null;
    }
    nesting++;
    try {
      return machine(fields, fields.require("States", "StartAt"), null);
    } finally {
      nesting--;
    }
  }

  private @Nullable StateMachine machine(
      Fields fields, boolean complete, @Nullable Integer timeoutSeconds) {
    String comment = fields.text("Comment");
    String startAt = fields.text("StartAt");
    Fields members = fields.object("States");
    Map<StateName, State> read = new LinkedHashMap<>();
    if (members != null) {
      if (members.node().isEmpty()) {
        faults.schema("Value cannot be empty", members.at());
      }
      for (Map.Entry<String, JsonNode> member : members.node().properties()) {
        State state = state(member.getKey(), member.getValue(), members.at(member.getKey()));
        if (state != null) {
          read.put(state.name(), state);
        }
      }
    }
    return complete && startAt != null && !read.isEmpty()
        ? new StateMachine(new StateName(startAt), read, language, comment, timeoutSeconds)
        : null;
  }

  private @Nullable State state(String name, JsonNode value, Location at) {
    if (name.isEmpty()) {
      faults.error(Code.INVALID_STATE_NAME, "The state name cannot be empty", at);
      return null;
    }
    if (name.codePointCount(0, name.length()) > MAX_NAME) {
      faults.error(
          Code.INVALID_STATE_NAME,
          "The state name '%s' exceeds the %d-character limit allowed by the service"
              .formatted(name, MAX_NAME),
          at);
      return null;
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      faults.error(
          Code.INVALID_STATE_NAME, "The state name contains invalid control characters", at);
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      faults.schema("Expected value of type [OBJECT]", at);
      return null;
    }
    return states.state(new StateName(name), new Fields(object, at, faults));
  }

  /// The language a field declares. AWS takes every value but exactly `JSONPath` for JSONata, and
  /// notes the value apart from that.
  static QueryLanguage declared(Fields fields, QueryLanguage otherwise) {
    JsonNode value = fields.get("QueryLanguage");
    if (value == null) {
      return otherwise;
    }
    return value.isString() && value.stringValue().equals(QueryLanguage.JSONPATH.wireName())
        ? QueryLanguage.JSONPATH
        : QueryLanguage.JSONATA;
  }

  static void checkLanguage(Fields fields) {
    fields.oneOf(
        "QueryLanguage",
        List.of(QueryLanguage.JSONPATH.wireName(), QueryLanguage.JSONATA.wireName()));
  }
}
