package io.gradus.asl.cloudformation;

import io.gradus.asl.text.JsonLayout;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// The `${placeholders}` of a definition's text.
///
/// | text | `X` is | filled |
/// |---|---|---|
/// | `"a/${X}"` | `b` | `"a/b"` |
/// | `"a/${X}"` | `b"` | `"a/b\""`: it stays within its string |
/// | `${X}` | `5` | `5` |
/// | `${X}` | `b` | `"b"`: whatever is no JSON becomes a string |
/// | `${X}` | left open | `"${X}"` |
public final class Placeholders {
  /// Longer definitions are not made: AWS's longest, in characters.
  public static final int MAX_LENGTH = 1_048_576;

  /// Names as CloudFormation, SAM and Terraform write them. Spaces and quotes are an expression's.
  static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Za-z0-9_][A-Za-z0-9_.:/,@*\\[\\]-]{0,254})}");

  private Placeholders() {}

  /// Whether `${name}` would be found again.
  static boolean isName(String name) {
    return PLACEHOLDER.matcher("${" + name + "}").matches();
  }

  /// The names, in the order in which they are first used.
  public static Set<String> in(String definition) {
    Set<String> names = new LinkedHashSet<>();
    Matcher found = PLACEHOLDER.matcher(definition);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  /// The definition with these values in place of their names; names without one stay. No value is
  /// looked at for further placeholders.
  ///
  /// @return null where it would be longer than [#MAX_LENGTH]
  public static @Nullable String fill(String definition, Map<String, String> values) {
    Matcher at = PLACEHOLDER.matcher(definition);
    StringBuilder out = new StringBuilder(definition.length());
    boolean quoted = false;
    int i = 0;
    while (i < definition.length() && out.length() <= MAX_LENGTH) {
      char c = definition.charAt(i);
      if (c == '$' && at.region(i, definition.length()).lookingAt()) {
        String value = values.get(at.group(1));
        out.append(quoted ? within(value, at.group()) : bare(value, at.group()));
        i = at.end();
        continue;
      }
      out.append(c);
      i++;
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && i < definition.length()) {
        out.append(definition.charAt(i++));
      }
    }
    return out.length() > MAX_LENGTH ? null : out.toString();
  }

  private static String within(@Nullable String value, String open) {
    if (value == null) {
      return open;
    }
    String string = string(value);
    return string.substring(1, string.length() - 1);
  }

  private static String bare(@Nullable String value, String open) {
    if (value == null) {
      return string(open);
    }
    return JsonLayout.indented(value) == null ? string(value) : value.strip();
  }

  private static String string(String text) {
    return JsonNodeFactory.instance.stringNode(text).toString();
  }
}
