package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;

/// JSONata's errors as AWS words them: the code, a colon, the message.
final class Sentences {
  private Sentences() {}

  static String of(JException e) {
    String code = e.getError();
    String message = String.valueOf(e.getMessage());
    return code == null || message.startsWith(code) || code.contains(" ")
        ? message
        : code + ": " + message;
  }
}
