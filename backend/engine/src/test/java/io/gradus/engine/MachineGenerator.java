package io.gradus.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws valid definitions of any shape; every document they make has `items` and `n`.
final class MachineGenerator {
  private final SplittableRandom random;
  private int names;

  MachineGenerator(SplittableRandom random) {
    this.random = random;
  }

  String machine(int depth) {
    int count = 1 + random.nextInt(4);
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
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> "{\"Type\":\"Pass\",\"Assign\":{\"v\":1}," + next + "}";
      case 1 -> "{\"Type\":\"Wait\",\"Seconds\":" + random.nextInt(200) + "," + next + "}";
      case 2 ->
          more
              ? "{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.n\",\"NumericGreaterThan\":5,\"Next\":\""
                  + last
                  + "\"}],\"Default\":\""
                  + last
                  + "\"}"
              : "{\"Type\":\"Succeed\"}";
      case 3, 4 -> task(next, last, more);
      case 5, 6 ->
          "{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":"
              + random.nextInt(3)
              + ",\"ItemSelector\":{\"items.$\":\"$.items\",\"n.$\":\"$$.Map.Item.Index\"},\"ItemProcessor\":"
              + machine(depth - 1)
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
    int count = random.nextInt(8) == 0 ? 18 : 1 + random.nextInt(3);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(machine(count > 16 ? 0 : depth - 1));
    }
    return String.join(",", all);
  }

  private String task(String next, String last, boolean more) {
    String resource =
        switch (random.nextInt(3)) {
          case 0 -> "arn:aws:states:::lambda:invoke";
          case 1 -> "arn:aws:states:::lambda:invoke.waitForTaskToken";
          default -> "arn:aws:lambda:us-east-1:000000000000:function:f";
        };
    return "{\"Type\":\"Task\",\"Resource\":\""
        + resource
        + "\",\"ResultPath\":\"$.t\","
        + (random.nextBoolean() ? "\"TimeoutSeconds\":100," : "")
        + policy(last, more)
        + next
        + "}";
  }

  private String policy(String last, boolean more) {
    String retry =
        random.nextBoolean()
            ? "\"Retry\":[{\"ErrorEquals\":[\"E0\"],\"MaxAttempts\":2,\"JitterStrategy\":\"FULL\"}],"
            : "";
    return more && random.nextBoolean()
        ? retry
            + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.error\",\"Next\":\""
            + last
            + "\"}],"
        : retry;
  }
}
