package io.gradus.asl.parse;

import io.gradus.asl.parse.Diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One reading of a definition's text into a JSON tree: no recursion, bounded depth, duplicate keys
/// refused. The first syntax error ends it; everything else is collected.
final class JsonReading {
  /// The deepest JSON; Jackson's own bound in the version AWS's messages come from.
  static final int MAX_DEPTH = 1_000;

  /// How much of the source AWS's messages quote.
  private static final int QUOTED = 500;

  private static final Pattern START_MARKER = Pattern.compile("start marker at \\[Source: .*?\\]");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              // The depth is checked here, with a message of our own; one above ours never trips.
              StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH + 10).build())
          .build();

  private final String text;
  private final Faults faults;
  private final List<Open> open = new ArrayList<>();
  private @Nullable JsonNode root;
  private boolean broken;

  /// A container that is not closed yet, and the member of it being read.
  private static final class Open {
    final JsonNode node;
    final TokenStreamLocation at;
    String member = "";
    boolean skipped;

    Open(JsonNode node, TokenStreamLocation at) {
      this.node = node;
      this.at = at;
    }
  }

  JsonReading(String text, Faults faults) {
    this.text = text;
    this.faults = faults;
  }

  @Nullable ObjectNode read() {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      while (!broken && json.nextToken() != null) {
        token(json);
      }
    } catch (JacksonException e) {
      syntaxError(e);
      return null;
    }
    if (broken) {
      return null;
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    faults.schema("Definition must be a valid JSON object", Location.ROOT);
    return null;
  }

  private void token(JsonParser json) {
    if (open.isEmpty() && root != null) {
      refuse("Trailing token found after the definition's JSON object", json);
      return;
    }
    JsonToken token = json.currentToken();
    switch (token) {
      case PROPERTY_NAME -> {
        Open top = open.getLast();
        top.member = checked(json.currentName(), json);
        top.skipped = top.node.has(top.member);
        if (top.skipped) {
          duplicate(top.member, json.currentTokenLocation());
        }
      }
      case START_OBJECT -> begin(NODES.objectNode(), json);
      case START_ARRAY -> begin(NODES.arrayNode(), json);
      case END_OBJECT, END_ARRAY -> open.removeLast();
      case VALUE_STRING -> add(NODES.stringNode(checked(json.getString(), json)));
      case VALUE_NUMBER_INT -> add(integer(json));
      case VALUE_NUMBER_FLOAT -> {
        double value = json.getDoubleValue();
        if (Double.isInfinite(value)) {
          refuse("Numeric value (%s) out of range".formatted(abbreviated(json.getString())), json);
        }
        add(NODES.numberNode(value));
      }
      case VALUE_TRUE -> add(NODES.booleanNode(true));
      case VALUE_FALSE -> add(NODES.booleanNode(false));
      case VALUE_NULL -> add(NODES.nullNode());
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("expected a JSON token, found " + token);
    }
  }

  private static JsonNode integer(JsonParser json) {
    return switch (json.getNumberType()) {
      case INT -> NODES.numberNode(json.getIntValue());
      case LONG -> NODES.numberNode(json.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(json.getBigIntegerValue());
    };
  }

  private void begin(JsonNode container, JsonParser json) {
    if (open.size() >= MAX_DEPTH) {
      refuse("Document nesting depth exceeds the maximum allowed (%d)".formatted(MAX_DEPTH), json);
      return;
    }
    add(container);
    open.add(new Open(container, json.currentTokenLocation()));
  }

  private void add(JsonNode value) {
    if (open.isEmpty()) {
      root = value;
      return;
    }
    Open top = open.getLast();
    if (top.node instanceof ArrayNode array) {
      array.add(value);
    } else if (!top.skipped) {
      ((ObjectNode) top.node).set(top.member, value);
    }
  }

  /// A name twice in one object: of states, AWS has a code for it; else the JSON is at fault.
  private void duplicate(String member, TokenStreamLocation at) {
    int depth = open.size();
    boolean state = depth >= 2 && open.get(depth - 2).member.equals("States");
    faults.errorAt(
        state ? Code.DUPLICATE_STATE_NAME : Code.INVALID_JSON_DESCRIPTION,
        state ? "Duplicate State name: " + member : "Duplicate field '%s'".formatted(member),
        () -> location(depth).field(member).toString(),
        at.getLineNr(),
        at.getColumnNr());
  }

  private Location location(int depth) {
    Location at = Location.ROOT;
    for (int i = 0; i < depth - 1; i++) {
      Open container = open.get(i);
      at =
          container.node instanceof ArrayNode array
              ? at.index(array.size() - 1)
              : at.field(container.member);
    }
    return at;
  }

  /// Text with half a surrogate pair cannot be written as UTF-8 again, so it is stopped here.
  private String checked(String value, JsonParser json) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < value.length()
            && Character.isLowSurrogate(value.charAt(i + 1))) {
          i++;
        } else {
          refuse("Broken surrogate pair: 0x%04X".formatted((int) c), json);
          return value;
        }
      }
    }
    return value;
  }

  private void refuse(String message, JsonParser json) {
    if (!broken) {
      broken = true;
      TokenStreamLocation at = json.currentTokenLocation();
      report(message, at.getLineNr(), at.getColumnNr(), at.getColumnNr());
    }
  }

  private void syntaxError(JacksonException e) {
    String message =
        START_MARKER
            .matcher(e.getOriginalMessage())
            .replaceAll(_ -> Matcher.quoteReplacement("start marker at " + startMarker()))
            .replace("to start property name", "to start field name")
            .replace("to separate property name", "to separate field name");
    TokenStreamLocation at = e.getLocation();
    int line = at == null ? 1 : Math.max(1, at.getLineNr());
    int column = at == null ? 1 : Math.max(1, at.getColumnNr());
    report(message, line, column, column + consumed(message));
  }

  /// AWS's messages come from a parser that names the column after what it could not take.
  private static int consumed(String message) {
    if (message.startsWith("Unrecognized token '")) {
      int from = "Unrecognized token '".length();
      return Math.max(0, message.indexOf('\'', from) - from);
    }
    return message.startsWith("Unexpected character") ? 1 : 0;
  }

  private void report(String message, int line, int column, int awsColumn) {
    String source = source(line, awsColumn);
    faults.errorAt(
        Code.INVALID_JSON_DESCRIPTION, message + "\n at " + source, () -> source, line, column);
  }

  /// Where the container begins that is not closed: the parser does not tell.
  private String startMarker() {
    TokenStreamLocation at = open.getLast().at;
    return source(at.getLineNr(), at.getColumnNr());
  }

  /// A place in the words of the parser that AWS's messages come from.
  private String source(int line, int column) {
    return "[Source: (String)\"%s\"%s; line: %d, column: %d]"
        .formatted(
            text.substring(0, Math.min(QUOTED, text.length())),
            text.length() > QUOTED ? "[truncated %d chars]".formatted(text.length() - QUOTED) : "",
            line,
            column);
  }

  private static String abbreviated(String number) {
    return number.length() <= 40 ? number : number.substring(0, 40) + "…";
  }
}
