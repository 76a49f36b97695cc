package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

/// JSONata's errors as AWS words them. The library says `Object` where JSONata says `function`, and
/// puts numbers into quotes.
final class Sentences {
  /// Where the library puts what an error is about.
  private static final String CURRENT = "\u0001";

  private static final String EXPECTED = "\u0002";

  private Sentences() {}

  /// How a failure ends: `. CODE: message`, or `: message` where there is no code.
  static String ending(JException e) {
    String code = code(e);
    return code == null ? ": " + message(e) : ". " + code + ": " + message(e);
  }

  private static @Nullable String code(JException e) {
    String code = e.getError();
    return code != null && code.matches("[STDU]\\d{4}") ? code : null;
  }

  static String message(JException e) {
    String code = code(e);
    if (code == null) {
      return String.valueOf(e.getError());
    }
    if (code.equals("D3137") || code.equals("D3141")) {
      return String.valueOf(e.getCurrent()); // the author's own words
    }
    String text = JException.msg(code, -1, CURRENT, EXPECTED);
    if (code.startsWith("T") || code.startsWith("D")) {
      text = text.replace("Object", "function");
    }
    if (e instanceof Arguments.RefusedItems refused) {
      text = text.replace("{{type}}", refused.items());
    }
    return text.replaceAll(" ?\\{\\{\\w+}}", "")
        .replace("\"" + CURRENT + "\"", shown(e.getCurrent()))
        .replace("\"" + EXPECTED + "\"", shown(e.getExpected()))
        .replace(CURRENT, String.valueOf(e.getCurrent()))
        .replace(EXPECTED, String.valueOf(e.getExpected()));
  }

  private static String shown(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : "\"" + value + "\"";
  }
}
