package io.gradus.service.connection;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names connections as Amazon EventBridge does:
/// `arn:aws:events:REGION:ACCOUNT:connection/NAME/ID`.
public final class ConnectionArns {
  private static final Pattern FORM =
      Pattern.compile("arn:[a-z-]+:events:[a-z0-9-]+:([0-9]{12}):connection/([^/]+)(?:/([^/]+))?");

  private final String region;

  /// What an ARN names.
  ///
  /// @param id null where the ARN ends with the name
  public record Named(String account, String name, @Nullable String id) {}

  /// Makes the ARNs of one region.
  public ConnectionArns(String region) {
    this.region = region;
  }

  String of(String account, String name, UUID id) {
    return "arn:aws:events:" + region + ":" + account + ":connection/" + name + "/" + id;
  }

  /// Empty for what is no ARN of a connection.
  static Optional<Named> read(String arn) {
    Matcher matcher = FORM.matcher(arn);
    return matcher.matches()
        ? Optional.of(new Named(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }
}
