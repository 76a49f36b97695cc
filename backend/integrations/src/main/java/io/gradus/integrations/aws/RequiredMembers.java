package io.gradus.integrations.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.RequiredTrait;

/// Which members of requests have to be there: told by the SDK's classes where they know it, and
/// else by the services' models (`required.txt`, made by `src/models/required.py`).
final class RequiredMembers {
  private static final String FILE = "required.txt";

  /// By service and action.
  private final Map<String, Set<String>> known = new HashMap<>();

  private RequiredMembers() {}

  static RequiredMembers read() {
    RequiredMembers required = new RequiredMembers();
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RequiredMembers.class.getResourceAsStream(FILE), "expected " + FILE),
                StandardCharsets.UTF_8))) {
      in.lines().filter(line -> !line.startsWith("#")).forEach(required::add);
      return required;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] words = line.split(" ");
    Set<String> members = new HashSet<>();
    for (int i = 2; i < words.length; i++) {
      members.add(lower(words[i]));
    }
    known.put(lower(words[0] + " " + words[1]), members);
  }

  /// Whether a member of a request has to be there.
  ///
  /// @param service as the SDK's packages are named
  /// @param action as its client names it
  boolean has(String service, String action, SdkField<?> field) {
    return field.containsTrait(RequiredTrait.class)
        || known
            .getOrDefault(lower(service + " " + action), Set.of())
            .contains(lower(field.memberName()));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
