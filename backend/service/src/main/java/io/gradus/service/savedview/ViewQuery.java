package io.gradus.service.savedview;

import io.gradus.engine.ExecutionStatus;
import io.gradus.service.ErrorCode;
import io.gradus.service.Moment;
import io.gradus.service.Refusal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a list of executions filters, as the parameters of its address say it. Two that filter the
/// same are the same text.
public final class ViewQuery {
  /// How far back from now a list may begin; `today` is the reader's.
  public static final List<String> SINCE = List.of("today", "1h", "24h", "7d", "30d");

  /// A query's most characters.
  public static final int MAX = 2_000;

  private static final List<String> NAMES =
      List.of("machine", "status", "from", "to", "name", "error");

  private ViewQuery() {}

  /// Writes parameters as an address has them: those of a list in their order, each once.
  ///
  /// @param parameters by name; what no list has is left out
  public static String write(Map<String, String> parameters) {
    List<String> parts = new ArrayList<>();
    for (String name : NAMES) {
      String value = parameters.get(name);
      if (value != null) {
        parts.add(name + "=" + encoded(value));
      }
    }
    return String.join("&", parts);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws Refusal ValidationException for what no list has in its address
  public static Map<String, String> read(String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      if (!NAMES.contains(name)) {
        throw wrong("A query has " + String.join(", ", NAMES) + "; not '" + name + "'");
      }
      if (value.isBlank() || value.indexOf('\0') >= 0) {
        throw wrong("The query's " + name + " has no value");
      }
      if (parameters.put(name, value) != null) {
        throw wrong("A query has each parameter once; " + name + " is there twice");
      }
    }
    return parameters;
  }

  /// The same query as [#write] writes it.
  ///
  /// @param query without the question mark
  /// @throws Refusal ValidationException where no list filters so, or it is too long
  public static String canonical(String query) {
    Map<String, String> parameters = read(query);
    parameters.computeIfPresent("status", (_, names) -> statuses(names));
    parameters.computeIfPresent(
        "from", (name, from) -> SINCE.contains(from) ? from : moment(name, from));
    parameters.computeIfPresent("to", ViewQuery::moment);
    String written = write(parameters);
    if (written.length() > MAX) {
      throw wrong("A query has at most %,d characters".formatted(MAX));
    }
    return written;
  }

  private static String statuses(String names) {
    List<String> wanted = List.of(names.split(",", -1));
    List<String> all =
        Arrays.stream(ExecutionStatus.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .toList();
    for (String name : wanted) {
      if (!all.contains(name)) {
        throw wrong("A status is " + String.join(", ", all) + "; not '" + name + "'");
      }
    }
    return String.join(",", all.stream().filter(wanted::contains).toList());
  }

  private static String moment(String name, String text) {
    return Moment.parse(text)
        .orElseThrow(
            () ->
                wrong(
                    "The query's "
                        + name
                        + " is a moment such as 2026-11-28T15:00:00Z"
                        + (name.equals("from") ? ", or " + String.join(", ", SINCE) : "")))
        .toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw wrong("A query is written as in an address; '" + text + "' is not");
    }
  }

  private static Refusal wrong(String message) {
    return new Refusal(ErrorCode.VALIDATION, message);
  }
}
