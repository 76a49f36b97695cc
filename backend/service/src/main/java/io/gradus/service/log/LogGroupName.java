package io.gradus.service.log;

import org.jspecify.annotations.Nullable;

/// What the ARN of a log group says.
public final class LogGroupName {
  /// Log groups of such names are the tenant's own log, and nothing is sent anywhere.
  public static final String OWN = "/gradus/";

  private static final String KIND = ":log-group:";

  private LogGroupName() {}

  /// The log group's name; null where the ARN names none.
  ///
  /// @param arn `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`
  public static @Nullable String of(String arn) {
    int at = arn.startsWith("arn:") ? arn.indexOf(KIND) : -1;
    if (at < 0) {
      return null;
    }
    String rest = arn.substring(at + KIND.length());
    int end = rest.indexOf(':');
    String name = end < 0 ? rest : rest.substring(0, end);
    return name.isEmpty() ? null : name;
  }

  /// Whether what goes to the log group is to leave the own log.
  public static boolean leaves(String arn) {
    String name = of(arn);
    return name != null && !name.startsWith(OWN);
  }
}
