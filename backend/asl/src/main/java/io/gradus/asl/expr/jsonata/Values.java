package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.gradus.asl.expr.jsonata.Views.ArrayView;
import io.gradus.asl.expr.jsonata.Views.ObjectView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Between JSON and the values JSONata works on. Objects and arrays are seen through views, and
/// come back as the node they look at: nothing is copied that an expression only passes on.
final class Values {
  /// Nesting of a result.
  private static final int MAX_DEPTH = 500;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Values() {}

  /// An empty array becomes a list that can grow: the library, grouping nothing, adds to it.
  static Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> new ObjectView((ObjectNode) node);
      case ARRAY -> node.isEmpty() ? new ArrayList<>() : new ArrayView((ArrayNode) node);
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case BINARY, POJO -> node.asString();
      case NULL, MISSING -> Jsonata.NULL_VALUE;
    };
  }

  private static Object number(JsonNode node) {
    if (node.isInt() || node.isShort()) {
      return node.intValue();
    }
    if (node.isLong()) {
      return node.longValue();
    }
    // a decimal becomes infinite where a node would throw
    return plain(node.isDouble() ? node.doubleValue() : node.decimalValue().doubleValue());
  }

  /// A number without a fraction is a whole one.
  static Number plain(double d) {
    return Math.abs(d) < 0x1.0p53 && d == Math.rint(d) ? whole((long) d) : (Number) d;
  }

  /// JSONata has one kind of number: `1` and `1.0` must be the same here.
  private static Number whole(long value) {
    return (int) value == value ? (Number) (int) value : (Number) value;
  }

  /// @throws Breach where the value is not JSON or is more than `budget` allows
  static JsonNode json(Object value, Budget budget) {
    return json(value, budget, 0);
  }

  private static JsonNode json(Object value, Budget budget, int depth) {
    budget.spend(1);
    if (depth > MAX_DEPTH) {
      throw Breach.depth();
    }
    return switch (value) {
      case ObjectView view -> spent(view.node(), view.weight(), budget);
      case ArrayView view -> spent(view.node(), view.weight(), budget);
      case String text -> {
        budget.spend(Weights.of(text));
        yield JSON.stringNode(text);
      }
      case Boolean b -> JSON.booleanNode(b);
      case Number n -> number(n);
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        for (var entry : map.entrySet()) {
          Object member = entry.getValue();
          object.set(
              String.valueOf(entry.getKey()),
              member == null ? JSON.nullNode() : json(member, budget, depth + 1));
        }
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = JSON.arrayNode(list.size());
        for (Object item : list) {
          array.add(item == null ? JSON.nullNode() : json(item, budget, depth + 1));
        }
        yield array;
      }
      default -> {
        if (value.equals(Jsonata.NULL_VALUE)) {
          yield JSON.nullNode();
        }
        throw new UnsupportedResult();
      }
    };
  }

  private static JsonNode spent(JsonNode node, int weight, Budget budget) {
    budget.spend(weight);
    return node;
  }

  static JsonNode number(Number n) {
    return switch (n) {
      case Integer i -> JSON.numberNode(i);
      case Long l -> JSON.numberNode(l);
      case BigInteger i -> JSON.numberNode(i);
      case BigDecimal d -> JSON.numberNode(d);
      default -> {
        double d = n.doubleValue();
        if (!Double.isFinite(d)) {
          throw new JException("D1001", -1, d);
        }
        long whole = (long) d;
        if (whole != d || Math.abs(d) >= 0x1.0p53) {
          yield JSON.numberNode(d);
        }
        yield (int) whole == whole ? JSON.numberNode((int) whole) : JSON.numberNode(whole);
      }
    };
  }

  /// The result is a function or another thing that JSON cannot say.
  static final class UnsupportedResult extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedResult() {
      super("unsupported result type", null, false, false);
    }
  }
}
