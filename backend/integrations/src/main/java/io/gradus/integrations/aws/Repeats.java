package io.gradus.integrations.aws;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import tools.jackson.databind.JsonNode;

/// A call that is made again, after a crash, must not do its work again. Services that take a token
/// for that are given the same one each time, unless the author chose one.
final class Repeats {
  private static final Set<String> TOKENS =
      Set.of("clienttoken", "clientrequesttoken", "idempotencytoken");

  private static final String GROUP = "messagegroupid";
  private static final String DEDUPLICATION = "messagededuplicationid";

  private Repeats() {}

  /// Sets what the author did not.
  ///
  /// @param arguments what the builder was filled by
  /// @param key the same whenever the call is made again
  static void mark(SdkPojo builder, JsonNode arguments, String key) {
    Set<String> given = new HashSet<>();
    arguments
        .properties()
        .forEach(
            argument -> {
              if (!argument.getValue().isNull()) {
                given.add(lower(argument.getKey()));
              }
            });
    String token = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    boolean ordered = given.contains(GROUP) && namesFifo(arguments);
    for (SdkField<?> field : builder.sdkFields()) {
      String name = lower(field.memberName());
      if ((isToken(field, name) || (ordered && name.equals(DEDUPLICATION)))
          && !given.contains(name)) {
        field.set(builder, token);
      }
    }
  }

  /// Whether it is for a queue or a topic that keeps order, by the ending that the name of such
  /// must have: others know groups too, but refuse the token.
  private static boolean namesFifo(JsonNode arguments) {
    for (JsonNode argument : arguments) {
      if (argument.isString() && argument.stringValue().endsWith(".fifo")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isToken(SdkField<?> field, String name) {
    return field.marshallingType().getKnownType() == MarshallingKnownType.STRING
        && (field.containsTrait(DefaultValueTrait.class) || TOKENS.contains(name));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
