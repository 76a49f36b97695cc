package io.gradus.integrations.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/// Keeps a connection's secrets out of what is recorded, should the API echo them.
final class Redaction {
  /// Shorter ones would hit text that is not them.
  private static final int SHORTEST = 6;

  private static final String STARS = "********";

  private final List<String> forms = new ArrayList<>();

  /// Hides these.
  ///
  /// @param secrets as they are, each also looked for as JSON, in a URL, and in base64
  Redaction(List<String> secrets) {
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        add(secret);
        add(new String(JsonStringEncoder.getInstance().quoteAsCharArray(secret)));
        add(FormEncoding.percent(secret));
        add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
      }
    }
    // The longest first: one secret may be part of another.
    forms.sort((a, b) -> Integer.compare(b.length(), a.length()));
  }

  private void add(String form) {
    if (!forms.contains(form)) {
      forms.add(form);
    }
  }

  String apply(String text) {
    String result = text;
    for (String form : forms) {
      result = result.replace(form, STARS);
    }
    return result;
  }
}
