package io.gradus.asl.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One reading of a YAML text into JSON, event by event: no recursion, bounded depth.
final class YamlReading {
  private static final int MAX_DEPTH = 500;
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  /// What YAML takes for a number and JSON does not.
  private static final Pattern OTHER_NUMBER =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}\\s\"]+}");

  private final String yaml;
  private final Yaml.Dialect dialect;
  private final StringBuilder json = new StringBuilder();
  private final Deque<Open> open = new ArrayDeque<>();
  private boolean written;

  /// A container that is not closed yet.
  private static final class Open {
    final boolean mapping;
    final Set<String> keys = new HashSet<>();
    boolean empty = true;
    boolean awaitsValue;

    /// Whether it is within the object that its tag became.
    final boolean tagged;

    Open(boolean mapping, boolean tagged) {
      this.mapping = mapping;
      this.tagged = tagged;
    }
  }

  /// Ends a reading at its first fault.
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Yaml.Fault fault;

    Stop(String message, Event at) {
      super(message, null, false, false);
      Yaml.Place place = YamlEvents.place(at);
      fault = new Yaml.Fault(message, place.line(), place.column());
    }
  }

  YamlReading(String yaml, Yaml.Dialect dialect) {
    this.yaml = yaml;
    this.dialect = dialect;
  }

  Yaml.Read read() {
    if (yaml.length() > Yaml.MAX_LENGTH) {
      return new Yaml.Fault("The YAML is longer than " + Yaml.MAX_LENGTH + " characters", 1, 1);
    }
    try {
      for (Event event : YamlEvents.of(yaml)) {
        take(event);
        if (json.length() > Yaml.MAX_LENGTH) {
          throw new Stop("As JSON this is longer than " + Yaml.MAX_LENGTH + " characters", event);
        }
      }
    } catch (Stop stop) {
      return stop.fault;
    } catch (MarkedYamlEngineException e) {
      return e.getProblemMark()
          .or(e::getContextMark)
          .map(mark -> new Yaml.Fault(sentence(e), mark.getLine() + 1, mark.getColumn() + 1))
          .orElse(new Yaml.Fault(sentence(e), 1, 1));
    } catch (YamlEngineException e) {
      return new Yaml.Fault("Invalid YAML: " + firstLine(e.getMessage()), 1, 1);
    }
    return written
        ? new Yaml.Json(json.toString())
        : new Yaml.Fault("There is nothing written yet", 1, 1);
  }

  private static String sentence(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return "Invalid YAML: " + firstLine(context + e.getProblem());
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "it can't be read" : message.lines().findFirst().orElse("");
  }

  private void take(Event event) throws Stop {
    if (event instanceof DocumentStartEvent && written) {
      throw new Stop("Only one YAML document is taken", event);
    }
    if (event instanceof AliasEvent) {
      throw new Stop("Aliases (*name) are not taken: write the value again", event);
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw new Stop("Anchors (&name) are not taken", event);
    }
    if (event instanceof ScalarEvent scalar) {
      scalar(scalar, function(scalar.getTag().orElse(null), event));
    } else if (event instanceof CollectionStartEvent start) {
      begin(start, function(start.getTag().orElse(null), event));
    } else if (YamlEvents.isEnd(event)) {
      end();
    }
  }

  /// The function that a tag stands for; null where there is none.
  private @Nullable String function(@Nullable String tag, Event event) throws Stop {
    if (tag == null) {
      return null;
    }
    String function = dialect == Yaml.Dialect.TEMPLATE ? TemplateTags.function(tag) : null;
    if (function == null) {
      throw new Stop("Tags (" + tag + ") are not taken", event);
    }
    return function;
  }

  private void begin(CollectionStartEvent event, @Nullable String function) throws Stop {
    Open in = open.peek();
    if (in != null && in.mapping && !in.awaitsValue) {
      throw new Stop("A key must be a text", event);
    }
    if (open.size() >= MAX_DEPTH) {
      throw new Stop("This is nested more than " + MAX_DEPTH + " levels deep", event);
    }
    beforeValue();
    boolean mapping = event instanceof MappingStartEvent;
    beginFunction(function);
    json.append(mapping ? '{' : '[');
    open.push(new Open(mapping, function != null));
  }

  private void beginFunction(@Nullable String function) {
    if (function != null) {
      json.append('{');
      JsonStrings.quote(function, json);
      json.append(": ");
    }
  }

  private void end() {
    Open closed = open.pop();
    if (!closed.empty) {
      line();
    }
    json.append(closed.mapping ? '}' : ']');
    if (closed.tagged) {
      json.append('}');
    }
  }

  private void scalar(ScalarEvent event, @Nullable String function) throws Stop {
    Open in = open.peek();
    if (in != null && in.mapping && !in.awaitsValue) {
      if (function != null) {
        throw new Stop("A key must be a text", event);
      }
      key(in, event);
      return;
    }
    beforeValue();
    String text = event.getValue();
    if (function != null) {
      beginFunction(function);
      JsonStrings.quote(text, json);
      json.append('}');
    } else if (event.isPlain()) {
      plain(text, event);
    } else {
      JsonStrings.quote(text, json);
    }
  }

  private void key(Open in, ScalarEvent event) throws Stop {
    if (!in.keys.add(event.getValue())) {
      throw new Stop("Duplicate key '" + event.getValue() + "'", event);
    }
    separate(in);
    JsonStrings.quote(event.getValue(), json);
    json.append(": ");
    in.awaitsValue = true;
  }

  private void plain(String text, ScalarEvent event) throws Stop {
    if (JSON_NUMBER.matcher(text).matches()) {
      json.append(text);
      return;
    }
    if (dialect == Yaml.Dialect.PLACEHOLDERS && PLACEHOLDER.matcher(text).matches()) {
      json.append(text);
      return;
    }
    if (dialect != Yaml.Dialect.TEMPLATE && OTHER_NUMBER.matcher(text).matches()) {
      throw new Stop("JSON can't say the number " + text + "; quote it if it is a text", event);
    }
    switch (text) {
      case "", "~", "null", "Null", "NULL" -> json.append("null");
      case "true", "True", "TRUE", "false", "False", "FALSE" ->
          json.append(text.toLowerCase(Locale.ROOT));
      default -> JsonStrings.quote(text, json);
    }
  }

  private void beforeValue() {
    written = true;
    Open in = open.peek();
    if (in == null) {
      return;
    }
    if (in.mapping) {
      in.awaitsValue = false;
    } else {
      separate(in);
    }
  }

  private void separate(Open in) {
    if (!in.empty) {
      json.append(',');
    }
    in.empty = false;
    line();
  }

  private void line() {
    json.append('\n').repeat(' ', open.size() * 2);
  }
}
