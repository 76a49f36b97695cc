package io.gradus.integrations.lambda;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a definition names a function: a name, a partial ARN (`account:function:name`) or an ARN,
/// each with or without a qualifier.
///
/// @param unqualified as written, without the qualifier
/// @param name the function's name alone
/// @param qualifier version or alias; null where none is written
record FunctionReference(String unqualified, String name, @Nullable String qualifier) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?<prefix>(?:arn:[a-z0-9-]+:lambda:[a-z0-9-]*:)?(?:\\d{12}:)?(?:function:)?)"
              + "(?<name>[a-zA-Z0-9-_.]{1,140})(?::(?<qualifier>[$a-zA-Z0-9-_.]{1,128}))?");

  /// Reads any of the forms.
  ///
  /// @throws IllegalArgumentException with Lambda's sentence, if the text names no function
  static FunctionReference parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "1 validation error detected: Value '"
              + text
              + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern:"
              + " (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?"
              + "(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    }
    return new FunctionReference(
        matcher.group("prefix") + matcher.group("name"),
        matcher.group("name"),
        matcher.group("qualifier"));
  }

  /// The function's full ARN as error sentences name it.
  ///
  /// @param executionArn of the caller, whose region and account stand in where none is written
  String arn(String executionArn) {
    if (unqualified.startsWith("arn:")) {
      return unqualified;
    }
    List<String> parts = List.of(executionArn.split(":"));
    return "arn:%s:lambda:%s:%s:function:%s"
        .formatted(parts.get(1), parts.get(3), parts.get(4), name);
  }
}
