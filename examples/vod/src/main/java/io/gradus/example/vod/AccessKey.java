package io.gradus.example.vod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The access key that the runner signs its requests with. Its secret is never printed.
///
/// @param id the access key id
/// @param secret the secret access key
public record AccessKey(String id, String secret) {

  /// The key in a file of `name=value` or `name: value` lines, such as the one that `./gradus run`
  /// writes or AWS's own credentials file. Names may be in any style: what counts is that they end
  /// in "access key id" and "secret access key".
  ///
  /// @throws IOException when the file cannot be read
  static Optional<AccessKey> inFile(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.strip().split("[=:]", 2);
      if (parts.length == 2 && !line.strip().startsWith("#")) {
        values.putIfAbsent(bare(parts[0]), unquoted(parts[1]));
      }
    }
    return of(ending(values, "secretaccesskey"), ending(values, "accesskeyid"));
  }

  /// The key in the environment: `GRADUS_BOOTSTRAP_ACCESS_KEY_ID` and `_SECRET_ACCESS_KEY`, then
  /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
  static Optional<AccessKey> inEnvironment(Map<String, String> env) {
    return of(
            env.get("GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY"),
            env.get("GRADUS_BOOTSTRAP_ACCESS_KEY_ID"))
        .or(() -> of(env.get("AWS_SECRET_ACCESS_KEY"), env.get("AWS_ACCESS_KEY_ID")));
  }

  private static Optional<AccessKey> of(@Nullable String secret, @Nullable String id) {
    return id == null || secret == null || id.isBlank() || secret.isBlank()
        ? Optional.empty()
        : Optional.of(new AccessKey(id, secret));
  }

  private static @Nullable String ending(Map<String, String> values, String end) {
    return values.entrySet().stream()
        .filter(e -> e.getKey().endsWith(end))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^[\"']|[\"'],?$", "");
  }

  @Override
  public String toString() {
    return "AccessKey[id=" + id + "]";
  }
}
