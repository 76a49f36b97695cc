package io.gradus.asl.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// One writing of a JSON text as YAML blocks, token by token.
final class YamlWriting {
  private static final int INDENT = 2;

  /// Texts that no reader of YAML takes for anything else, nor for two things.
  private static final Pattern SAFE =
      Pattern.compile(
          "[A-Za-z_$/][A-Za-z0-9_$/.@=+*()\\[\\]<>?!;-]*( [A-Za-z0-9_$/.@=+*()\\[\\]<>?!;-]+)*");

  private static final Pattern SAFE_ARN =
      Pattern.compile("arn:[A-Za-z0-9_:/.*+=@-]*[A-Za-z0-9_/.*+=@-]");
  private static final Set<String> OTHER_MEANING =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder();
  private final Deque<Open> open = new ArrayDeque<>();

  /// A container that is not closed yet.
  private static final class Open {
    final boolean object;
    final int indent;
    boolean empty = true;

    Open(boolean object, int indent) {
      this.object = object;
      this.indent = indent;
    }
  }

  private YamlWriting() {}

  /// Null where it would be longer than any that is read.
  static @Nullable String write(String json) {
    return new YamlWriting().all(json);
  }

  private @Nullable String all(String json) {
    try (JsonParser parser = JsonLayout.JSON.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case PROPERTY_NAME -> key(parser.currentName());
          case START_OBJECT -> open(true);
          case START_ARRAY -> open(false);
          case END_OBJECT -> close("{}");
          case END_ARRAY -> close("[]");
          case VALUE_STRING -> value(scalar(parser.getString()));
          default -> value(parser.getString());
        }
        if (out.length() > Yaml.MAX_LENGTH) {
          return null;
        }
      }
    }
    return out.append('\n').toString();
  }

  private void key(String name) {
    Open in = open.getFirst();
    line(in);
    out.append(SAFE.matcher(name).matches() && isText(name) ? name : quoted(name)).append(':');
  }

  /// Begins a line of the container, or goes on behind the dash that leads it.
  private void line(Open in) {
    boolean behindDash = out.length() > 1 && out.charAt(out.length() - 1) == '-';
    if (in.empty && behindDash) {
      out.append(' ');
    } else if (!out.isEmpty()) {
      out.append('\n').repeat(' ', in.indent);
    }
    in.empty = false;
  }

  private void item() {
    Open in = open.peek();
    if (in != null && !in.object) {
      line(in);
      out.append('-');
    }
  }

  private void value(String written) {
    item();
    if (!out.isEmpty()) {
      out.append(' ');
    }
    out.append(written);
  }

  private void open(boolean object) {
    item();
    Open in = open.peek();
    open.push(new Open(object, in == null ? 0 : in.indent + INDENT));
  }

  private void close(String empty) {
    Open closed = open.pop();
    if (closed.empty) {
      if (!out.isEmpty()) {
        out.append(' ');
      }
      out.append(empty);
    }
  }

  private String scalar(String text) {
    if ((SAFE.matcher(text).matches() || SAFE_ARN.matcher(text).matches()) && isText(text)) {
      return text;
    }
    if (text.indexOf('\n') >= 0 && canBeBlock(text)) {
      return block(text);
    }
    boolean single = text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
    return single && isPlain(text) ? "'" + text.replace("'", "''") + "'" : quoted(text);
  }

  private static boolean isText(String text) {
    return !OTHER_MEANING.contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (!JsonStrings.isPlain(c)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a block of lines says exactly this: no line begins or ends in a way that a block
  /// changes.
  private static boolean canBeBlock(String text) {
    return isPlain(text.replace("\n", ""))
        && text.charAt(0) != ' '
        && text.charAt(0) != '\n'
        && text.lines()
            .noneMatch(line -> line.endsWith(" ") || (line.isBlank() && !line.isEmpty()));
  }

  private String block(String text) {
    Open in = open.peek();
    int indent = in == null ? INDENT : in.indent + INDENT;
    String chomping = text.endsWith("\n\n") ? "+" : text.endsWith("\n") ? "" : "-";
    StringBuilder lines = new StringBuilder("|").append(chomping);
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      lines.append('\n');
      if (!line.isEmpty()) {
        lines.repeat(' ', indent).append(line);
      }
    }
    return lines.toString();
  }

  private static String quoted(String text) {
    StringBuilder written = new StringBuilder();
    JsonStrings.quote(text, written);
    return written.toString();
  }
}
