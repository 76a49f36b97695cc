package io.gradus.bench.chaos.simulation;

import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// Valid machines of any shape, by number; every document they make has `items` and `n`. Every one
/// comes to an end if its tasks do.
final class Machines {
  /// How many there are.
  static final int COUNT = 600;

  private static final ConcurrentHashMap<Integer, Machine> MADE = new ConcurrentHashMap<>();

  private final SplittableRandom random;
  private int names;

  record Machine(String text, Definition definition) {}

  private Machines(SplittableRandom random) {
    this.random = random;
  }

  static Machine of(int number) {
    return MADE.computeIfAbsent(
        number,
        n -> {
          String text = new Machines(new SplittableRandom(n)).machine(n % 3 == 0 ? 2 : 1, true);
          return new Machine(
              text, Objects.requireNonNull(DefinitionParser.parse(text).definition(), text));
        });
  }

  private String machine(int depth, boolean outermost) {
    int count = (outermost ? 2 : 1) + random.nextInt(outermost ? 4 : 2);
    List<String> own = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      own.add("S" + names++);
    }
    StringBuilder json = new StringBuilder("{\"StartAt\":\"" + own.getFirst() + "\",\"States\":{");
    for (int i = 0; i < count; i++) {
      String next = i + 1 < count ? "\"Next\":\"" + own.get(i + 1) + "\"" : "\"End\":true";
      json.append(i > 0 ? "," : "").append('"').append(own.get(i)).append("\":");
      json.append(state(depth, next, own.getLast(), i + 1 < count));
    }
    return json.append("}}").toString();
  }

  private String state(int depth, String next, String last, boolean more) {
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0 -> "{\"Type\":\"Pass\",\"Assign\":{\"v\":1}," + next + "}";
      case 1, 2 -> "{\"Type\":\"Wait\",\"Seconds\":" + (1 + random.nextInt(80)) + "," + next + "}";
      case 3, 4, 5, 6 -> task(next, last, more);
      case 7, 8 ->
          "{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":"
              + random.nextInt(3)
              + ",\"ItemSelector\":{\"items.$\":\"$.items\",\"n.$\":\"$$.Map.Item.Index\"},\"ItemProcessor\":"
              + machine(depth - 1, false)
              + ",\"ResultPath\":\"$.r\","
              + policy(last, more)
              + next
              + "}";
      default ->
          "{\"Type\":\"Parallel\",\"Branches\":["
              + branches(depth)
              + "],\"ResultPath\":\"$.r\","
              + policy(last, more)
              + next
              + "}";
    };
  }

  private String branches(int depth) {
    // More than 16 are rows of their own.
    int count = random.nextInt(12) == 0 ? 17 : 1 + random.nextInt(3);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(machine(count > 16 ? 0 : depth - 1, false));
    }
    return String.join(",", all);
  }

  private String task(String next, String last, boolean more) {
    String resource =
        random.nextInt(5) < 3
            ? "arn:aws:states:::lambda:invoke"
            : "arn:aws:states:::lambda:invoke.waitForTaskToken";
    return "{\"Type\":\"Task\",\"Resource\":\""
        + resource
        + "\",\"ResultPath\":\"$.t\","
        + (random.nextInt(4) == 0 ? "\"TimeoutSeconds\":" + (5 + random.nextInt(100)) + "," : "")
        + policy(last, more)
        + next
        + "}";
  }

  private String policy(String last, boolean more) {
    String retry =
        random.nextBoolean()
            ? "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":"
                + (1 + random.nextInt(3))
                + ",\"MaxAttempts\":3}],"
            : "";
    return more && random.nextBoolean()
        ? retry
            + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.error\",\"Next\":\""
            + last
            + "\"}],"
        : retry;
  }
}
