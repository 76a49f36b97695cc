package io.gradus.service.connection;

import io.gradus.integrations.egress.Authorities;
import io.gradus.integrations.egress.EgressUri;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Whether what is given for a connection can be what its kind asks for.
final class FieldCheck {
  private static final int MAX_LINE = 4_096;
  private static final int MAX_LINES = 16_384;
  private static final int MAX_PORT = 65_535;

  /// A name, an IPv4 or an IPv6 address.
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,251}[A-Za-z0-9])?|::1?");

  /// RFC 9110's token.
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /// Headers that say where a message ends or who it is for.
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "expect",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Pattern NAME = Pattern.compile("[^=\\s]{1,256}");

  private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]{1,64}");

  private FieldCheck() {}

  /// The settings as they are kept: those that apply, with what holds where nothing is given.
  ///
  /// @throws Refusal ValidationException
  static Map<String, String> settings(ConnectionKind kind, Map<String, String> given) {
    requireKnown(kind, given, false);
    Map<String, String> kept = new TreeMap<>();
    // Choices come before what applies beside them.
    for (ConnectionField field : kind.fields()) {
      if (field.secret() || !field.appliesTo(kept)) {
        continue;
      }
      String value = given.getOrDefault(field.name(), "").strip();
      if (value.isEmpty() && field.otherwise() != null) {
        value = field.otherwise();
      }
      if (!value.isEmpty()) {
        check(field, value);
        kept.put(field.name(), value);
      } else if (field.required()) {
        throw missing(field);
      }
    }
    requireOneThatTakesAuthorities(kind, kept);
    return kept;
  }

  /// Drivers that the operator added have options of their own for that, which are not a tenant's.
  private static void requireOneThatTakesAuthorities(
      ConnectionKind kind, Map<String, String> settings) {
    if (kind == ConnectionKind.SQL
        && settings.containsKey("authorities")
        && !settings.getOrDefault("driver", "").equals("postgresql")) {
      throw invalid(
          "Certificate authorities (authorities) can be given for the driver postgresql alone");
    }
  }

  /// The secrets as they are kept: those given, and those that stay.
  ///
  /// @param settings as they will be
  /// @param before the secrets as they are
  /// @param moved whether they would go somewhere else than they were given for
  /// @throws Refusal ValidationException
  static Map<String, String> secrets(
      ConnectionKind kind,
      Map<String, String> settings,
      Map<String, String> given,
      Map<String, String> before,
      boolean moved) {
    requireKnown(kind, given, true);
    Map<String, String> kept = new TreeMap<>();
    List<String> again = new ArrayList<>();
    for (ConnectionField field : kind.fields()) {
      if (!field.secret() || !field.appliesTo(settings)) {
        continue;
      }
      String value = given.get(field.name());
      if (value == null) {
        value = before.getOrDefault(field.name(), "");
        if (moved && !value.isEmpty()) {
          again.add(field.label());
        }
      }
      if (!value.isBlank()) {
        check(field, value);
        kept.put(field.name(), value);
      } else if (field.required()) {
        throw missing(field);
      }
    }
    if (kind == ConnectionKind.AWS
        && settings.containsKey("accessKeyId") != kept.containsKey("secretAccessKey")) {
      throw invalid(
          "An access key ID and its secret access key go together: give both (accessKeyId,"
              + " secretAccessKey) or neither");
    }
    if (!again.isEmpty()) {
      throw invalid(
          "The connection would lead elsewhere: give its secrets anew ("
              + String.join(", ", again)
              + "), so that they go nowhere without somebody who knows them");
    }
    return kept;
  }

  /// Whether a change leads somewhere else.
  static boolean moves(ConnectionKind kind, Map<String, String> before, Map<String, String> after) {
    return kind.fields().stream()
        .filter(field -> field.destination() && !field.secret())
        .anyMatch(
            field ->
                !before
                    .getOrDefault(field.name(), "")
                    .equals(after.getOrDefault(field.name(), "")));
  }

  private static void requireKnown(ConnectionKind kind, Map<String, String> given, boolean secret) {
    for (String name : given.keySet()) {
      ConnectionField field =
          kind.field(name)
              .orElseThrow(
                  () -> invalid("Connections of kind " + kind + " have no field '" + name + "'"));
      if (field.secret() != secret) {
        throw invalid(
            secret
                ? "'" + name + "' is no secret: it belongs into settings"
                : "'" + name + "' is a secret: it belongs into secrets");
      }
    }
  }

  private static void check(ConnectionField field, String value) {
    boolean lines =
        switch (field.type()) {
          case PAIRS, HOSTS, ENDPOINTS, CERTIFICATES -> true;
          case TEXT, PORT, URL, CHOICE -> false;
        };
    if (value.length() > (lines ? MAX_LINES : MAX_LINE)) {
      throw wrong(field, "it is longer than " + (lines ? MAX_LINES : MAX_LINE) + " characters");
    }
    if (value.chars().anyMatch(c -> c < ' ' && !(lines && (c == '\n' || c == '\r')))) {
      throw wrong(field, "it has characters that cannot be printed");
    }
    switch (field.type()) {
      case TEXT -> text(field, value);
      case PORT -> port(field, value);
      case URL -> url(field, value);
      case CHOICE -> {
        if (!field.choices().contains(value)) {
          throw wrong(field, "it is one of " + String.join(", ", field.choices()));
        }
      }
      case PAIRS ->
          pairs(value)
              .forEach(
                  (name, _) -> {
                    if (!NAME.matcher(name).matches()) {
                      throw wrong(field, "each line is name=value");
                    }
                    if (field.name().toLowerCase(Locale.ROOT).endsWith("headers")) {
                      header(field, name);
                    }
                  });
      case CERTIFICATES -> certificates(field, value);
      case HOSTS -> lines(value).forEach(host -> host(field, host));
      case ENDPOINTS ->
          pairs(value)
              .forEach(
                  (service, uri) -> {
                    if (!SERVICE.matcher(service).matches()) {
                      throw wrong(field, "each line is service=URL");
                    }
                    url(field, uri);
                  });
    }
  }

  private static void text(ConnectionField field, String value) {
    if (field.name().equals("host")) {
      host(field, value);
    }
    if (field.name().equals("region") && !value.matches("[a-z0-9-]{1,40}")) {
      throw wrong(field, "it is such as us-east-1");
    }
    if (field.name().equals("roleArn") && !value.matches("arn:[a-z-]+:iam::[0-9]{12}:role/.+")) {
      throw wrong(field, "it is such as arn:aws:iam::123456789012:role/tasks");
    }
    if (field.name().equals("keyName")) {
      header(field, value);
    }
    if (field.name().equals("from")) {
      sender(field, value);
    }
    if (field.name().equals("database") && !value.matches("[A-Za-z0-9_.~-]{1,128}")) {
      throw wrong(field, "it is letters, digits, and . _ ~ -");
    }
  }

  private static void sender(ConnectionField field, String value) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(value, true);
      if (addresses.length == 1 && addresses[0].getAddress().indexOf('@') > 0) {
        addresses[0].validate();
        return;
      }
    } catch (AddressException _) {
      // Told below.
    }
    throw wrong(field, "it is one address, such as Orders <orders@example.org>");
  }

  private static void header(ConnectionField field, String name) {
    if (!HEADER.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw wrong(field, "'" + name + "' is no header that can be given");
    }
  }

  private static void host(ConnectionField field, String value) {
    if (!HOST.matcher(value).matches()) {
      throw wrong(field, "'" + value + "' is no host name or address");
    }
  }

  private static void port(ConnectionField field, String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= MAX_PORT) {
        return;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong(field, "it is a number from 1 to " + MAX_PORT);
  }

  private static void certificates(ConnectionField field, String value) {
    try {
      Authorities.check(value);
    } catch (IllegalArgumentException e) {
      throw wrong(field, String.valueOf(e.getMessage()));
    }
  }

  private static void url(ConnectionField field, String value) {
    try {
      EgressUri.parse(value);
    } catch (IllegalArgumentException e) {
      throw wrong(field, String.valueOf(e.getMessage()));
    }
  }

  /// The lines that say something.
  static List<String> lines(String value) {
    return value.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /// What the lines name; a line without `=` has no value.
  static Map<String, String> pairs(String value) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : lines(value)) {
      int at = line.indexOf('=');
      pairs.put(
          at < 0 ? line : line.substring(0, at).strip(),
          at < 0 ? "" : line.substring(at + 1).strip());
    }
    return pairs;
  }

  private static Refusal missing(ConnectionField field) {
    return invalid(field.label() + " must be given (" + field.name() + ")");
  }

  private static Refusal wrong(ConnectionField field, String why) {
    return invalid(field.label() + " (" + field.name() + ") cannot be that: " + why);
  }

  static Refusal invalid(String sentence) {
    return new Refusal(ErrorCode.VALIDATION, sentence);
  }
}
