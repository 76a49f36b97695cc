package io.gradus.asl.text;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// YAML's events, and the place of each in the containers that are open.
final class YamlEvents {
  private YamlEvents() {}

  /// Parses as one goes: nothing is held but what is open.
  static Iterable<Event> of(String yaml) {
    return new Parse(
            LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(Yaml.MAX_LENGTH)
                .setParseComments(false)
                .build())
        .parseString(yaml);
  }

  static Yaml.Place place(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Yaml.Place(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(new Yaml.Place(1, 1));
  }

  static boolean isNode(Event event) {
    return event instanceof ScalarEvent || event instanceof CollectionStartEvent;
  }

  static boolean isEnd(Event event) {
    return event instanceof CollectionEndEvent;
  }
}
