package io.gradus.asl.text;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The short tags of CloudFormation: `!Sub` for `Fn::Sub`.
final class TemplateTags {
  /// Those whose function has no `Fn::` before its name.
  private static final Set<String> BARE = Set.of("Ref", "Condition");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "And",
          "Base64",
          "Cidr",
          "Equals",
          "FindInMap",
          "ForEach",
          "GetAtt",
          "GetAZs",
          "If",
          "ImportValue",
          "Join",
          "Length",
          "Not",
          "Or",
          "Select",
          "Split",
          "Sub",
          "ToJsonString",
          "Transform");

  private TemplateTags() {}

  /// The function that a tag stands for; null where CloudFormation knows no such tag.
  static @Nullable String function(String tag) {
    String name = tag.startsWith("!") ? tag.substring(1) : "";
    if (BARE.contains(name)) {
      return name;
    }
    return FUNCTIONS.contains(name) ? "Fn::" + name : null;
  }
}
