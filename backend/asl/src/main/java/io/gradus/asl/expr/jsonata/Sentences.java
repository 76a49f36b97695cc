package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

/// JSONata's errors as AWS words them. The library says `Object` where JSONata says `function`, and
/// puts numbers into quotes.
final class Sentences {
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
    if (code.equals("T0412")) {
      return "An argument must be an array of the type the function takes";
    }
    String text = String.valueOf(e.getMessage());
    if (code.startsWith("T") || code.startsWith("D")) {
      text = text.replace("Object", "function").replaceAll(" ?\\{\\{\\w+}}", "");
    }
    return e.getCurrent() instanceof Number n ? text.replace("\"" + n + "\"", n.toString()) : text;
  }
}
