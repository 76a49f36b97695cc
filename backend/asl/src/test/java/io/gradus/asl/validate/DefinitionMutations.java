package io.gradus.asl.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Spoils definitions: members of other types, missing, renamed, moved and repeated; characters
/// lost, doubled and changed. One seed is one spoilt definition.
final class DefinitionMutations {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Names and values of the language, and of nothing.
  private static final String WORDS =
      """
      Type States StartAt Next End Choices Default Branches ItemProcessor Iterator Retry Catch ErrorEquals Resource
      Parameters Arguments Output Assign InputPath OutputPath ResultPath ResultSelector ItemsPath Items ItemSelector
      ItemReader ItemBatcher ResultWriter MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage Label Seconds
      SecondsPath Timestamp TimestampPath TimeoutSeconds HeartbeatSeconds Credentials QueryLanguage Variable Condition
      StringEquals NumericGreaterThanPath IsPresent And Or Not MaxAttempts BackoffRate IntervalSeconds JitterStrategy
      MaxDelaySeconds Comment Version Error Cause ErrorPath CausePath Result ProcessorConfig Mode ExecutionType
      Task Pass Choice Wait Succeed Fail Parallel Map JSONata JSONPath States.ALL States.Timeout DISTRIBUTED INLINE FULL
      $ $.a $$.x $..*[?(@.a)] $states {%%} {%1+%} {%$x%} {% States.Format('{}',$.a) States.UUID() a.$ .$
      arn:aws:states:::lambda:invoke arn:aws:states:::sqs:sendMessage.waitForTaskToken arn:x 2026-01-01T00:00:00Z
      99999999 -1 1e400 true null constructor __proto__ \u0000 \uD800 é
      """;

  private static final List<String> TEXTS = List.of(WORDS.split("\\s+"));

  private final Random random;

  DefinitionMutations(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  String spoil(List<String> sound) {
    String text = sound.get(random.nextInt(sound.size()));
    if (random.nextInt(4) == 0) {
      return characters(text);
    }
    JsonNode tree = JsonMapper.shared().readTree(text);
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      tree = change(tree);
    }
    return random.nextInt(12) == 0 ? characters(tree.toString()) : tree.toString();
  }

  private String characters(String text) {
    StringBuilder spoilt = new StringBuilder(text);
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times && !spoilt.isEmpty(); i++) {
      int at = random.nextInt(spoilt.length());
      switch (random.nextInt(5)) {
        case 0 -> spoilt.deleteCharAt(at);
        case 1 -> spoilt.insert(at, "{}[]\",:\\0a\u0000".charAt(random.nextInt(11)));
        case 2 -> spoilt.setCharAt(at, (char) random.nextInt(0x300));
        case 3 -> spoilt.insert(at, text, 0, random.nextInt(Math.min(60, text.length())));
        default -> spoilt.setLength(at);
      }
    }
    return spoilt.toString();
  }

  /// Changes one place, chosen on the way down.
  private JsonNode change(JsonNode node) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>(object.propertyNames());
      String name = one(names);
      JsonNode child = object.get(name);
      switch (random.nextInt(child.isContainer() ? 22 : 8)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(one(TEXTS), object.remove(name));
        case 2 -> object.set(name, value(2));
        case 3 -> object.set(one(TEXTS), value(2));
        case 4 -> object.set(name, object.get(one(names)).deepCopy());
        case 5 -> object.set(one(TEXTS), object.deepCopy());
        case 6 -> object.set(name, JSON.arrayNode().add(child));
        default -> object.set(name, change(child));
      }
      return object;
    }
    if (node instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      switch (random.nextInt(6)) {
        case 0 -> array.remove(at);
        case 1 -> array.add(array.get(at).deepCopy());
        case 2 -> array.set(at, value(2));
        default -> array.set(at, change(array.get(at)));
      }
      return array;
    }
    return value(2);
  }

  private JsonNode value(int depth) {
    List<Supplier<JsonNode>> kinds =
        List.of(
            JSON::nullNode,
            () -> JSON.booleanNode(random.nextBoolean()),
            () -> JSON.numberNode(random.nextInt(-2, 400)),
            () -> JSON.numberNode(random.nextDouble() * 1e12),
            () -> JSON.stringNode(one(TEXTS)),
            () -> JSON.stringNode(one(TEXTS).repeat(random.nextInt(90))),
            JSON::objectNode,
            JSON::arrayNode,
            () -> JSON.objectNode().set(one(TEXTS), value(depth - 1)),
            () -> JSON.arrayNode().add(value(depth - 1)));
    return kinds.get(random.nextInt(depth > 0 ? kinds.size() : kinds.size() - 2)).get();
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
