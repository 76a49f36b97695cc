package io.gradus.app.api;

import io.gradus.app.api.ServiceModel.Field;
import io.gradus.app.api.ServiceModel.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A value that a field should not have.
///
/// @param how what is wrong with it
/// @param value null where it is left out
/// @param expected what is to be answered
record Spoilt(String how, @Nullable JsonNode value, Expected expected) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGER_THAN_ALL = 1_100_000;

  /// What is to be answered.
  sealed interface Expected {
    /// Any error of the model, or none: the model says nothing against it.
    enum Anything implements Expected {
      ANYTHING
    }

    /// It is of the wrong type.
    enum Serialization implements Expected {
      SERIALIZATION
    }

    /// The model is broken; AWS's sentence says how.
    record Violation(Pattern demand) implements Expected {
      static Violation of(String regex) {
        return new Violation(Pattern.compile(regex));
      }
    }
  }

  private static final Expected ANYTHING = Expected.Anything.ANYTHING;
  private static final Expected SERIALIZATION = Expected.Serialization.SERIALIZATION;
  private static final Expected NOT_NULL = Expected.Violation.of("Member must not be null");

  /// Every way to spoil a field.
  static List<Spoilt> ways(Field field, boolean needed) {
    List<Spoilt> ways = new ArrayList<>();
    boolean item = field.last().equals("[]");
    Expected absent = needed || item ? NOT_NULL : ANYTHING;
    if (!item) {
      ways.add(new Spoilt("missing", null, absent));
    }
    ways.add(new Spoilt("null", JSON.nullNode(), absent));
    switch (field.kind()) {
      case TEXT -> text(field, ways);
      case NUMBER -> number(ways);
      case FLAG -> {
        wrongTypes(ways, Kind.FLAG);
        ways.add(new Spoilt("true", JSON.booleanNode(true), ANYTHING));
      }
      case LIST -> {
        wrongTypes(ways, Kind.LIST);
        ways.add(new Spoilt("empty", JSON.arrayNode(), ANYTHING));
        ways.add(new Spoilt("long", items(field, 5_000), ANYTHING));
        ways.add(new Spoilt("of lists", JSON.arrayNode().add(JSON.arrayNode()), SERIALIZATION));
      }
      case STRUCTURE -> {
        wrongTypes(ways, Kind.STRUCTURE);
        ObjectNode unknown = JSON.objectNode();
        unknown.put("colour", "red");
        ways.add(new Spoilt("of unknown members", unknown, ANYTHING));
      }
    }
    ways.add(new Spoilt("deep", deep(), SERIALIZATION));
    return ways;
  }

  private static void text(Field field, List<Spoilt> ways) {
    wrongTypes(ways, Kind.TEXT);
    if (!field.constants().isEmpty()) {
      Expected set = new Expected.Violation(enumeration(field.constants()));
      for (String wrong :
          List.of("", "BOGUS", field.constants().getFirst().toLowerCase(java.util.Locale.ROOT))) {
        ways.add(new Spoilt("constant '" + wrong + "'", JSON.stringNode(wrong), set));
      }
      return;
    }
    ways.add(new Spoilt("empty", JSON.stringNode(""), ANYTHING));
    ways.add(new Spoilt("blank", JSON.stringNode(" "), ANYTHING));
    // The one text that the model does not bound.
    boolean bounded = !field.name().equals("revisionId");
    ways.add(
        new Spoilt(
            "too long",
            JSON.stringNode("x".repeat(LONGER_THAN_ALL)),
            bounded
                ? Expected.Violation.of("Member must have length less than or equal to \\d+")
                : ANYTHING));
    ways.add(new Spoilt("NUL", JSON.stringNode("a\0b"), ANYTHING));
    ways.add(new Spoilt("control", JSON.stringNode("a\u0007\u001b[2J"), ANYTHING));
    ways.add(new Spoilt("noncharacter", JSON.stringNode("\uffff\ufffe"), ANYTHING));
    ways.add(new Spoilt("emoji", JSON.stringNode("\ud83d\ude00"), ANYTHING));
    ways.add(new Spoilt("half a character", JSON.stringNode("a\ud800b"), SERIALIZATION));
    ways.add(new Spoilt("quotes", JSON.stringNode("'; drop table tenant; --"), ANYTHING));
    for (String arn : MALFORMED) {
      ways.add(new Spoilt("ARN " + arn, JSON.stringNode(arn), ANYTHING));
    }
  }

  private static final List<String> MALFORMED =
      List.of(
          "arn:",
          "arn:aws:states:us-east-1:111122223333",
          "arn:aws:states:us-east-1:111122223333:",
          "arn:aws:states:us-east-1:111122223333:stateMachine",
          "arn:aws:states:us-east-1:11112222333:stateMachine:m",
          "arn:aws:states:us-east-1:111122223333:stateMachine:m:1:2",
          "arn:aws:states:us-east-1:111122223333:mapRun:m:id",
          "arn:aws:states:us-east-1:111122223333:mapRun:m/l/x:id",
          "arn:aws:sqs:us-east-1:111122223333:q",
          "arn:aws:states:eu-west-9:111122223333:execution:m:e",
          "ARN:AWS:STATES:US-EAST-1:111122223333:STATEMACHINE:M");

  private static void number(List<Spoilt> ways) {
    wrongTypes(ways, Kind.NUMBER);
    ways.add(new Spoilt("negative", JSON.numberNode(-1), ANYTHING));
    ways.add(new Spoilt("large", JSON.numberNode(2_000_000_000), ANYTHING));
    ways.add(new Spoilt("fraction", JSON.numberNode(1.5), ANYTHING));
    ways.add(new Spoilt("huge", JSON.numberNode(new java.math.BigDecimal("1e400")), SERIALIZATION));
  }

  /// Values of every type but that one.
  private static void wrongTypes(List<Spoilt> ways, Kind right) {
    for (Kind kind : Kind.values()) {
      if (kind != right) {
        JsonNode value =
            switch (kind) {
              case TEXT -> JSON.stringNode("x");
              case NUMBER -> JSON.numberNode(7);
              case FLAG -> JSON.booleanNode(true);
              case LIST -> JSON.arrayNode().add("x");
              case STRUCTURE -> JSON.objectNode().set("x", JSON.numberNode(1));
            };
        ways.add(new Spoilt("a " + kind, value, SERIALIZATION));
      }
    }
  }

  /// AWS lists an enumeration in an order of its own.
  private static Pattern enumeration(List<String> constants) {
    StringBuilder all = new StringBuilder("Member must satisfy enum value set: \\[");
    for (String constant : constants) {
      all.append("(?=.*\\b").append(constant).append("\\b)");
    }
    return Pattern.compile(all + "[A-Z_, ]+\\]");
  }

  private static ArrayNode items(Field list, int count) {
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < count; i++) {
      items.add(list.sample().get(0));
    }
    return items;
  }

  private static JsonNode deep() {
    JsonNode deep = JSON.arrayNode();
    for (int i = 0; i < 200; i++) {
      deep = JSON.arrayNode().add(deep);
    }
    return deep;
  }
}
