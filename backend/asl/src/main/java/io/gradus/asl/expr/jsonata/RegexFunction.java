package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A regular expression literal. As JSONata has it, it is a function from a text to its first
/// match, which in turn has the function to the next one. Reading the text costs, so that an
/// expression that backtracks without end runs out of budget.
final class RegexFunction extends JFunction {
  private final Pattern pattern;

  RegexFunction(Pattern pattern) {
    super((_, arguments) -> firstMatch(pattern, arguments), "<x:x>");
    this.pattern = pattern;
  }

  @Override
  public Object validate(Object arguments, @Nullable Object context) {
    return arguments;
  }

  Matcher matcher(String text) {
    return matcher(pattern, text);
  }

  private static Matcher matcher(Pattern pattern, String text) {
    return pattern.matcher(new CostlyText(text, Evaluation.current().budget()));
  }

  private static @Nullable Object firstMatch(Pattern pattern, List<?> arguments) {
    return Arguments.optional(arguments, 0) instanceof String text
        ? nextMatch(matcher(pattern, text))
        : null;
  }

  private static @Nullable Map<String, Object> nextMatch(Matcher matcher) {
    if (!matcher.find()) {
      return null;
    }
    Map<String, Object> match = new LinkedHashMap<>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", groups(matcher));
    match.put("next", (Fn0<Object>) () -> nextMatch(matcher));
    return match;
  }

  /// The captured groups; an empty text for a group that took no part.
  static List<Object> groups(Matcher matcher) {
    List<Object> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return groups;
  }

  /// A text whose characters are paid for as they are read.
  private record CostlyText(String text, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.readCharacter();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
