package io.gradus.asl.parse;

import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.asl.model.State.Wait.Until;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.model.StateName;
import io.gradus.asl.model.Transition;
import io.gradus.asl.parse.Expressions.PathKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one state. A state with faults is read as far as it goes, so that all of them are found;
/// what it gives then is only good for drawing.
final class StateParser {
  private final MachineParser machines;

  /// The states that do work, or have it done.
  private static final Set<String> WORKING = Set.of("Task", "Map", "Parallel");

  private final Faults faults;
  private final QueryLanguage machineLanguage;
  private final Expressions expressions;
  private final ErrorPolicyParser errors;
  private final ChoiceParser choices;
  private final MapParser maps;

  StateParser(MachineParser machines, Faults faults, QueryLanguage machineLanguage) {
    this.machines = machines;
    this.faults = faults;
    this.machineLanguage = machineLanguage;
    this.expressions = new Expressions(faults);
    this.errors = new ErrorPolicyParser(expressions);
    this.choices = new ChoiceParser(expressions);
    this.maps = new MapParser(machines, expressions);
  }

  @Nullable State state(StateName name, Fields written) {
    if (!written.require("Type")) {
      return null;
    }
    String type = written.text("Type");
    if (type == null) {
      return null;
    }
    if (!StateFields.TYPES.contains(type)) {
      faults.schema(
          "The field 'Type' should have one of these values: " + StateFields.TYPES,
          written.at("Type"));
      return null;
    }
    QueryLanguage language = MachineParser.declared(written, machineLanguage);
    boolean mixed = language == QueryLanguage.JSONPATH && machineLanguage == QueryLanguage.JSONATA;
    if (mixed) {
      faults.schema(
          "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
          written.at(),
          written.at("QueryLanguage"));
    }
    Fields fields = StateFields.check(written, type, language, mixed);
    MachineParser.checkLanguage(fields);
    expressions.resultless(!WORKING.contains(type));
    String comment = fields.text("Comment");
    DataFlow data = data(fields, language, type.equals("Map"));
    @Nullable State state =
        switch (type) {
          case "Pass" ->
              new State.Pass(name, comment, language, data, fields.get("Result"), then(fields));
          case "Task" -> task(name, comment, language, data, fields);
          case "Choice" -> choice(name, comment, language, data, fields);
          case "Wait" -> {
            Until until = until(fields, language);
            Transition then = then(fields);
            yield until == null ? null : new State.Wait(name, comment, language, data, until, then);
          }
          case "Succeed" -> new State.Succeed(name, comment, language, data);
          case "Fail" -> fail(name, comment, language, data, fields);
          case "Parallel" -> parallel(name, comment, language, data, fields);
          default ->
              maps.state(
                  name,
                  comment,
                  language,
                  data,
                  fields,
                  errors.parse(fields, language),
                  then(fields));
        };
    expressions.resultless(false);
    return state;
  }

  /// @param map whether `Parameters` is the item selector of a Map, and so not read here
  private DataFlow data(Fields fields, QueryLanguage language, boolean map) {
    Map<String, Expr> assign = expressions.assign(language, fields);
    return switch (language) {
      case JSONPATH ->
          new DataFlow.JsonPath(
              Objects.requireNonNullElse(
                  expressions.pathOrNothing(fields, "InputPath"), DataFlow.JsonPath.ROOT),
              map ? null : expressions.template(language, fields, "Parameters"),
              expressions.template(language, fields, "ResultSelector"),
              ErrorPolicyParser.resultPath(expressions, fields),
              Objects.requireNonNullElse(
                  expressions.pathOrNothing(fields, "OutputPath"), DataFlow.JsonPath.ROOT),
              assign);
      case JSONATA ->
          new DataFlow.Jsonata(
              expressions.template(language, fields, "Arguments"),
              expressions.template(language, fields, "Output"),
              assign);
    };
  }

  private Transition then(Fields fields) {
    String next = fields.text("Next");
    boolean ends = Boolean.TRUE.equals(fields.flag("End"));
    if (next != null && ends) {
      faults.schema("There should only be one of the following fields: [Next, End]", fields.at());
    } else if (!fields.has("Next") && !ends && !wrongEnd(fields)) {
      faults.schema(
          "This object should have only one of the following fields: [Next, End]", fields.at());
    }
    return next == null ? Transition.End.END : new Transition.Next(new StateName(next));
  }

  private static boolean wrongEnd(Fields fields) {
    JsonNode end = fields.get("End");
    return end != null && !end.isBoolean();
  }

  private @Nullable State task(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Fields fields) {
    fields.require("Resource");
    fields.atMostOne("TimeoutSeconds", "TimeoutSecondsPath");
    fields.atMostOne("HeartbeatSeconds", "HeartbeatSecondsPath");
    String resource = fields.text("Resource");
    Expr credentials = credentials(fields, language);
    Expr timeout = seconds(fields, language, "TimeoutSeconds", 1);
    Expr heartbeat = seconds(fields, language, "HeartbeatSeconds", 1);
    if (timeout instanceof Expr.Literal(JsonNode limit)
        && heartbeat instanceof Expr.Literal(JsonNode beat)
        && beat.longValue() >= limit.longValue()) {
      faults.schema(
          "HeartbeatSeconds must be smaller than TimeoutSeconds", fields.at("HeartbeatSeconds"));
    }
    var onError = errors.parse(fields, language);
    Transition then = then(fields);
    return resource == null
        ? null
        : new State.Task(
            name,
            comment,
            language,
            data,
            new Resource(resource),
            credentials,
            timeout,
            heartbeat,
            onError,
            then);
  }

  private @Nullable Expr credentials(Fields fields, QueryLanguage language) {
    JsonNode value = fields.get("Credentials");
    if (value == null || Expressions.isExpression(value)) {
      return expressions.template(language, fields, "Credentials");
    }
    Fields credentials = fields.object("Credentials");
    if (credentials == null) {
      return null;
    }
    if (!credentials.has("RoleArn") && !credentials.has("RoleArn" + Expressions.SUFFIX)) {
      faults.schema("The field 'RoleArn' is required but was missing", credentials.at());
    }
    return expressions.template(language, fields, "Credentials");
  }

  private @Nullable Expr seconds(Fields fields, QueryLanguage language, String field, long min) {
    return expressions.integer(
        language, fields, field, min, Fields.MAX_SECONDS, PathKind.REFERENCE);
  }

  private State choice(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Fields fields) {
    fields.require("Choices");
    var rules = choices.rules(fields, language);
    String fallback = fields.text("Default");
    return new State.Choice(
        name, comment, language, data, rules, fallback == null ? null : new StateName(fallback));
  }

  private @Nullable Until until(Fields fields, QueryLanguage language) {
    fields.exactlyOne("SecondsPath", "Seconds", "TimestampPath", "Timestamp");
    if (fields.has("Seconds") || fields.has("SecondsPath")) {
      Expr seconds = seconds(fields, language, "Seconds", 0);
      return seconds == null ? null : new Until.Seconds(seconds);
    }
    Expr timestamp = timestamp(fields, language);
    return timestamp == null ? null : new Until.Timestamp(timestamp);
  }

  private @Nullable Expr timestamp(Fields fields, QueryLanguage language) {
    if (fields.has("TimestampPath")) {
      return expressions.path(fields, "TimestampPath", PathKind.REFERENCE);
    }
    if (language == QueryLanguage.JSONATA && Expressions.isExpression(fields.get("Timestamp"))) {
      return expressions.template(language, fields, "Timestamp");
    }
    return Timestamps.check(fields, "Timestamp") ? Expressions.literal(fields, "Timestamp") : null;
  }

  private State fail(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Fields fields) {
    fields.atMostOne("Error", "ErrorPath");
    fields.atMostOne("Cause", "CausePath");
    return new State.Fail(
        name,
        comment,
        language,
        data,
        text(fields, language, "Error"),
        text(fields, language, "Cause"));
  }

  private @Nullable Expr text(Fields fields, QueryLanguage language, String field) {
    if (fields.has(field + "Path")) {
      return expressions.pathOrIntrinsic(fields, field + "Path");
    }
    if (fields.text(field) == null) {
      return null;
    }
    return language == QueryLanguage.JSONATA
        ? expressions.template(language, fields, field)
        : Expressions.literal(fields, field);
  }

  private State parallel(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Fields fields) {
    fields.require("Branches");
    List<StateMachine> branches = new ArrayList<>();
    for (Fields each : fields.objects("Branches", false)) {
      StateMachine branch = machines.branch(each);
      if (branch != null) {
        branches.add(branch);
      }
    }
    var onError = errors.parse(fields, language);
    return new State.Parallel(name, comment, language, data, branches, onError, then(fields));
  }
}
