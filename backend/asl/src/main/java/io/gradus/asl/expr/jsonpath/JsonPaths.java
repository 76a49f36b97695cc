package io.gradus.asl.expr.jsonpath;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import io.gradus.asl.expr.BoundedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compiles path texts, and keeps those that were used.
public final class JsonPaths {
  static final int MAX_LENGTH = 8_192;
  private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\(\\s*(.?)");
  private static final Pattern QUOTED = Pattern.compile("'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'");
  private static final Set<String> FUNCTIONS =
      Set.of("length", "size", "min", "max", "avg", "stddev", "sum", "keys", "first", "last");
  private static final BoundedCache<String, CompiledPath> CACHE = new BoundedCache<>(4_096);

  private JsonPaths() {}

  /// Why a text is not a path; null where it is one.
  public static @Nullable String fault(String text) {
    try {
      compiled(text);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Why a text is not a reference path; null where it is one.
  public static @Nullable String referenceFault(String text) {
    try {
      return compiled(text).isReference() ? null : "Path must be a reference path: " + text;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// @throws IllegalArgumentException where the text is not a path
  static CompiledPath compiled(String text) {
    CompiledPath known = CACHE.get(text);
    return known != null ? known : CACHE.put(text, compile(text));
  }

  private static CompiledPath compile(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("a path begins with '$', found: " + text);
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a path is at most " + MAX_LENGTH + " characters long");
    }
    int at = 1;
    CompiledPath.Root root = CompiledPath.Root.DOCUMENT;
    String variable = null;
    if (text.startsWith("$$")) {
      root = CompiledPath.Root.CONTEXT;
      at = 2;
    } else if (text.length() > 1 && Character.isUnicodeIdentifierStart(text.charAt(1))) {
      root = CompiledPath.Root.VARIABLE;
      at = 2;
      while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
        at++;
      }
      variable = text.substring(1, at);
    }
    List<Step> steps = new ReferenceSteps(text, at).read();
    if (steps != null) {
      return new CompiledPath(text, root, variable, steps, null);
    }
    return new CompiledPath(text, root, variable, new ArrayList<>(), query(text, at));
  }

  private static JsonPath query(String text, int at) {
    String rest = text.substring(at);
    if (rest.contains("=~")) {
      throw new IllegalArgumentException("regular expressions are not supported in filters");
    }
    checkBrackets(text);
    checkFunctions(text);
    try {
      return PathQueries.compile("$" + rest);
    } catch (InvalidPathException | StringIndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("invalid path '" + text + "': " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("the path is nested too deeply", e);
    }
  }

  private static void checkBrackets(String text) {
    int open = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else {
        switch (c) {
          case '\'', '"' -> quote = c;
          case '[', '(' -> open++;
          case ']', ')' -> open--;
          default -> {}
        }
      }
    }
    if (open != 0 || quote != 0) {
      throw new IllegalArgumentException("the brackets or quotes of '" + text + "' do not match");
    }
  }

  /// Functions with arguments are not AWS's, and the library keeps their values in the compiled
  /// path that all threads share.
  private static void checkFunctions(String text) {
    Matcher call = CALL.matcher(QUOTED.matcher(text).replaceAll("''"));
    while (call.find()) {
      if (!FUNCTIONS.contains(call.group(1))) {
        throw new IllegalArgumentException("unknown function '" + call.group(1) + "'");
      }
      if (!call.group(2).equals(")")) {
        throw new IllegalArgumentException("'" + call.group(1) + "' takes no arguments");
      }
    }
  }
}
