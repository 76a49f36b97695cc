package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import io.gradus.asl.expr.TextSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// `$match`, `$contains`, `$substringBefore`, `$substringAfter`, `$replace` and `$split`, with
/// patterns whose reading is paid for and results that cannot outgrow memory.
final class PatternFunctions {
  private PatternFunctions() {}

  static @Nullable Object match(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    Matcher matcher = pattern(arguments, "match").matcher(text);
    int limit = limit(arguments, 2, "D3040");
    List<Object> matches = Utils.createSequence();
    for (boolean found = matcher.find();
        found && matches.size() < limit;
        found = next(matcher, text)) {
      Map<String, Object> match = new LinkedHashMap<>();
      match.put("match", matcher.group());
      match.put("index", matcher.start());
      match.put("groups", RegexFunction.groups(matcher));
      spend(matcher.end() - matcher.start());
      matches.add(match);
    }
    return matches;
  }

  static @Nullable Object contains(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    if (arguments.get(1) == null) {
      return null;
    }
    return arguments.get(1) instanceof String part
        ? TextSearch.indexOf(text, part, 0) >= 0
        : pattern(arguments, "contains").matcher(text).find();
  }

  static @Nullable Object substringBefore(List<?> arguments) {
    return substring(arguments, (text, at, _) -> text.substring(0, at));
  }

  static @Nullable Object substringAfter(List<?> arguments) {
    return substring(arguments, (text, at, part) -> text.substring(at + part.length()));
  }

  /// What a text becomes around a part that it has at a place.
  @FunctionalInterface
  private interface Cut {
    String cut(String text, int at, String part);
  }

  private static @Nullable Object substring(List<?> arguments, Cut cut) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    if (!(Arguments.optional(arguments, 1) instanceof String part)) {
      return text;
    }
    int at = TextSearch.indexOf(text, part, 0);
    return at < 0 ? text : cut.cut(text, at, part);
  }

  static @Nullable Object split(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    int limit = limit(arguments, 2, "D3020");
    if (arguments.get(1) instanceof String separator) {
      limit = Arguments.optional(arguments, 2) instanceof Number n ? n.intValue() : limit;
      return separator.isEmpty() ? characters(text, limit) : pieces(text, separator, limit);
    }
    Matcher matcher = pattern(arguments, "split").matcher(text);
    List<Object> pieces = new ArrayList<>();
    int from = 0;
    for (boolean found = matcher.find();
        found && pieces.size() < limit;
        found = next(matcher, text)) {
      add(pieces, text.substring(from, matcher.start()));
      from = matcher.end();
    }
    return withRest(pieces, text.substring(from), limit);
  }

  private static List<Object> characters(String text, int limit) {
    List<Object> characters = new ArrayList<>();
    for (int i = 0; i < text.length() && characters.size() < limit; i++) {
      add(characters, String.valueOf(text.charAt(i)));
    }
    return characters;
  }

  private static List<Object> pieces(String text, String separator, int limit) {
    List<Object> pieces = new ArrayList<>();
    int from = 0;
    int next = TextSearch.indexOf(text, separator, 0);
    while (next >= 0 && pieces.size() < limit) {
      add(pieces, text.substring(from, next));
      from = next + separator.length();
      next = TextSearch.indexOf(text, separator, from);
    }
    return withRest(pieces, text.substring(from), limit);
  }

  private static List<Object> withRest(List<Object> pieces, String rest, int limit) {
    if (pieces.size() < limit) {
      add(pieces, rest);
    }
    return pieces;
  }

  private static void add(List<Object> pieces, String piece) {
    spend(piece.length());
    pieces.add(piece);
  }

  static @Nullable Object replace(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    int limit = limit(arguments, 3, "D3011");
    return arguments.get(1) instanceof String part
        ? replaceText(text, part, arguments.get(2), limit)
        : replacePattern(text, arguments, limit);
  }

  private static String replaceText(
      String text, String part, @Nullable Object replacement, int limit) {
    if (part.isEmpty()) {
      throw new JException("D3010", -1);
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    int next = TextSearch.indexOf(text, part, 0);
    for (int count = 0; next >= 0 && count < limit; count++) {
      if (!(replacement instanceof String put)) {
        throw new JException("D3012", -1);
      }
      append(result, text.substring(from, next), put);
      from = next + part.length();
      next = TextSearch.indexOf(text, part, from);
    }
    return append(result, text.substring(from), "").toString();
  }

  private static String replacePattern(String text, List<?> arguments, int limit) {
    Matcher matcher = pattern(arguments, "replace").matcher(text);
    StringBuilder result = new StringBuilder();
    int from = 0;
    boolean found = matcher.find();
    for (int count = 0; found && count < limit; count++) {
      append(result, text.substring(from, matcher.start()), put(matcher, arguments.get(2)));
      from = matcher.end();
      found = next(matcher, text);
    }
    return append(result, text.substring(from), "").toString();
  }

  private static StringBuilder append(StringBuilder result, String kept, String put) {
    Weights.text((long) result.length() + kept.length() + put.length());
    spend(kept.length() + put.length());
    return result.append(kept).append(put);
  }

  private static String put(Matcher matcher, @Nullable Object replacement) {
    if (replacement instanceof String template) {
      return expanded(template, matcher);
    }
    Map<String, Object> match = new LinkedHashMap<>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", RegexFunction.groups(matcher));
    if (HigherOrder.apply(replacement, List.of(match)) instanceof String put) {
      return put;
    }
    throw new JException("D3012", -1);
  }

  /// The template with `$0` for the match, `$1`… for its groups and `$$` for a dollar sign. As many
  /// digits belong to a group's number as there are groups for.
  private static String expanded(String template, Matcher matcher) {
    StringBuilder put = new StringBuilder();
    int groups = matcher.groupCount();
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i++);
      char next = i < template.length() ? template.charAt(i) : 0;
      if (c != '$') {
        put.append(c);
      } else if (next == '$') {
        put.append('$');
        i++;
      } else if (next < '0' || next > '9') {
        put.append('$');
      } else {
        int end = i + 1;
        while (end < template.length()
            && Character.isDigit(template.charAt(end))
            && end - i < 3
            && Integer.parseInt(template.substring(i, end + 1)) <= groups) {
          end++;
        }
        int group = Integer.parseInt(template.substring(i, end));
        if (group <= groups && matcher.group(group) != null) {
          put.append(matcher.group(group));
        }
        i = end;
      }
    }
    return put.toString();
  }

  /// Whether there is another match. Only the first one may be of nothing.
  private static boolean next(Matcher matcher, String text) {
    if (matcher.end() >= text.length()) {
      return false;
    }
    boolean empty = matcher.end() == matcher.start();
    boolean found = matcher.find();
    if (empty || (found && matcher.end() == matcher.start())) {
      throw new JException("D1004", -1);
    }
    return found;
  }

  private static RegexFunction pattern(List<?> arguments, String function) {
    if (arguments.get(1) instanceof RegexFunction pattern) {
      return pattern;
    }
    throw Arguments.refused(function, 2);
  }

  private static int limit(List<?> arguments, int index, String code) {
    if (!(Arguments.optional(arguments, index) instanceof Number limit)) {
      return Integer.MAX_VALUE;
    }
    if (limit.doubleValue() < 0) {
      throw new JException(code, -1, limit);
    }
    return (int) Math.ceil(limit.doubleValue());
  }

  private static void spend(int characters) {
    Evaluation.current().budget().spend(1 + characters / Budget.CHARACTERS_PER_UNIT);
  }
}
