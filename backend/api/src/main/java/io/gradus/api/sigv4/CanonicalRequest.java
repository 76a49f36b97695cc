package io.gradus.api.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The canonical form of a request, over whose hash a signature is made.
final class CanonicalRequest {
  private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

  private CanonicalRequest() {}

  /// Writes the canonical request.
  ///
  /// @param signedHeaders the names as the caller listed them, lower case
  /// @param bodyHash the body's SHA-256 in lower-case hexadecimal
  static String of(SignedRequest request, List<String> signedHeaders, String bodyHash) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    appendPath(text, request.path());
    text.append('\n');
    appendQuery(text, request.query());
    text.append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':');
      List<String> values = request.headers().all(name);
      for (int i = 0; i < values.size(); i++) {
        if (i > 0) {
          text.append(',');
        }
        appendTrimmed(text, values.get(i));
      }
      text.append('\n');
    }
    text.append('\n');
    for (int i = 0; i < signedHeaders.size(); i++) {
      if (i > 0) {
        text.append(';');
      }
      text.append(signedHeaders.get(i));
    }
    return text.append('\n').append(bodyHash).toString();
  }

  /// Dot segments and empty segments are removed, then every segment is encoded once more.
  private static void appendPath(StringBuilder text, String path) {
    if (path.isEmpty() || path.equals("/")) {
      text.append('/');
      return;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    for (String segment : segments) {
      text.append('/');
      appendEncoded(text, segment.getBytes(StandardCharsets.UTF_8));
    }
    if (segments.isEmpty() || path.endsWith("/")) {
      text.append('/');
    }
  }

  private static void appendQuery(StringBuilder text, @Nullable String query) {
    if (query == null || query.isEmpty()) {
      return;
    }
    List<String[]> pairs = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.add(new String[] {reencoded(name), reencoded(value)});
    }
    pairs.sort(Comparator.<String[], String>comparing(p -> p[0]).thenComparing(p -> p[1]));
    for (int i = 0; i < pairs.size(); i++) {
      if (i > 0) {
        text.append('&');
      }
      text.append(pairs.get(i)[0]).append('=').append(pairs.get(i)[1]);
    }
  }

  /// Before → after: `a%2fb` → `a%2Fb`, `a b` → `a%20b`, `~` → `~`. Senders differ in what they
  /// encode; the canonical form does not.
  private static String reencoded(String part) {
    StringBuilder text = new StringBuilder(part.length() + 16);
    appendEncoded(text, percentDecoded(part));
    return text.toString();
  }

  private static byte[] percentDecoded(String part) {
    byte[] raw = part.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%' && i + 2 < raw.length && isHex(raw[i + 1]) && isHex(raw[i + 2])) {
        out.write((Character.digit(raw[i + 1], 16) << 4) | Character.digit(raw[i + 2], 16));
        i += 2;
      } else {
        out.write(raw[i]);
      }
    }
    return out.toByteArray();
  }

  private static boolean isHex(byte b) {
    return Character.digit(b, 16) >= 0;
  }

  private static void appendEncoded(StringBuilder text, byte[] bytes) {
    for (byte b : bytes) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else {
        text.append('%');
        UPPER_HEX.toHexDigits(text, b);
      }
    }
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '_'
        || b == '.'
        || b == '~';
  }

  /// Leading and trailing white space goes, runs inside become one space.
  private static void appendTrimmed(StringBuilder text, String value) {
    boolean pendingSpace = false;
    boolean started = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isSpace(c)) {
        pendingSpace = started;
      } else {
        if (pendingSpace) {
          text.append(' ');
          pendingSpace = false;
        }
        text.append(c);
        started = true;
      }
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\u000b' || c == '\r' || c == '\f';
  }
}
