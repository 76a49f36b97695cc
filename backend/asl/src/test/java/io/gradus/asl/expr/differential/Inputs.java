package io.gradus.asl.expr.differential;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Documents for generated expressions: the same names everywhere, so that paths find something,
/// with members missing, null, single or of another type now and then.
final class Inputs {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> WORDS =
      List.of("a", "b", "abc", "Hello World", "", "12", "x,y", "äß", "😀", "true", "zeta", "Alpha");
  private static final double[] NUMBERS = {0, 1, 2, 3, 5, 10, -1, 2.5, -2, 1e6, 0.1, 1e21, 42};

  private final Random random;

  private Inputs(Random random) {
    this.random = random;
  }

  static JsonNode of(Random random) {
    return new Inputs(random).document();
  }

  private ObjectNode document() {
    ObjectNode root = JSON.objectNode();
    put(root, "n", this::number);
    put(root, "s", this::word);
    put(root, "flag", () -> JSON.booleanNode(random.nextBoolean()));
    put(root, "list", () -> array(this::number));
    put(root, "tags", () -> array(this::word));
    put(root, "obj", () -> record(2));
    put(root, "items", () -> array(() -> record(2)));
    put(root, "a", () -> array(() -> array(this::number)));
    put(root, "b", () -> any(2));
    put(root, "c", () -> array(() -> any(1)));
    put(root, "odd key", this::word);
    root.set("none", JSON.nullNode());
    return root;
  }

  private ObjectNode record(int depth) {
    ObjectNode record = JSON.objectNode();
    put(record, "sku", this::word);
    put(record, "price", this::number);
    put(record, "qty", this::number);
    put(record, "name", this::word);
    put(record, "tags", () -> array(this::word));
    if (depth > 0) {
      put(record, "items", () -> array(() -> record(depth - 1)));
      put(record, "obj", () -> record(depth - 1));
      put(record, "a", () -> any(depth - 1));
    }
    return record;
  }

  private void put(ObjectNode object, String name, Supplier<JsonNode> value) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      object.set(name, JSON.nullNode());
    } else if (kind == 1) {
      object.set(name, any(1));
    } else if (kind > 3) {
      object.set(name, value.get());
    }
  }

  private JsonNode array(Supplier<JsonNode> item) {
    ArrayNode array = JSON.arrayNode();
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      array.add(random.nextInt(16) == 0 ? any(0) : item.get());
    }
    return size == 1 && random.nextBoolean() ? array.get(0) : array;
  }

  private JsonNode any(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> number();
      case 1, 2 -> word();
      case 3 -> JSON.booleanNode(random.nextBoolean());
      case 4 -> JSON.nullNode();
      case 5 -> array(() -> any(depth - 1));
      case 6 -> JSON.objectNode();
      default -> record(depth - 1);
    };
  }

  private JsonNode number() {
    double n = NUMBERS[random.nextInt(NUMBERS.length)];
    return n == Math.rint(n) && Math.abs(n) < 1e15 ? JSON.numberNode((long) n) : JSON.numberNode(n);
  }

  private JsonNode word() {
    return JSON.stringNode(WORDS.get(random.nextInt(WORDS.size())));
  }
}
