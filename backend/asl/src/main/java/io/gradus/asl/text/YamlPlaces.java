package io.gradus.asl.text;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Finds locations in YAML, in one more pass over it.
final class YamlPlaces {
  /// Longer locations are not looked for (their parents are): they could repeat a long name at
  /// will.
  private static final int LONGEST = 1_000;

  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Yaml.Place> found = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();

  /// A container that is not closed yet.
  private static final class Open {
    /// Null where nothing in it is looked for.
    final @Nullable String path;

    final boolean mapping;
    int index;
    @Nullable ScalarEvent key;

    Open(@Nullable String path, boolean mapping) {
      this.path = path;
      this.mapping = mapping;
    }
  }

  private YamlPlaces() {}

  static Map<String, Yaml.Place> of(String yaml, Collection<String> locations) {
    YamlPlaces places = new YamlPlaces();
    for (String location : locations) {
      for (String at = location; !at.isEmpty(); at = parent(at)) {
        if (at.length() <= LONGEST) {
          places.wanted.add(at);
        }
      }
    }
    try {
      for (Event event : YamlEvents.of(yaml)) {
        places.take(event);
      }
    } catch (YamlEngineException e) {
      // The reading reported it; places before the error are known.
    }
    Map<String, Yaml.Place> answer = new HashMap<>();
    locations.forEach(location -> answer.put(location, places.nearest(location)));
    return answer;
  }

  private Yaml.Place nearest(String location) {
    for (String at = location; !at.isEmpty(); at = parent(at)) {
      Yaml.Place place = found.get(at);
      if (place != null) {
        return place;
      }
    }
    return new Yaml.Place(1, 1);
  }

  private void take(Event event) {
    if (YamlEvents.isEnd(event)) {
      open.pop();
      return;
    }
    if (!YamlEvents.isNode(event)) {
      return;
    }
    Open in = open.peek();
    if (in != null && in.mapping && in.key == null && event instanceof ScalarEvent key) {
      in.key = key;
      return;
    }
    String path = in == null ? "" : path(in);
    if (in != null && path != null) {
      ScalarEvent key = in.key;
      found.putIfAbsent(path, YamlEvents.place(key == null ? event : key));
    }
    if (in != null) {
      in.key = null;
    }
    if (event instanceof CollectionStartEvent) {
      open.push(new Open(path, event instanceof MappingStartEvent));
    }
  }

  private @Nullable String path(Open in) {
    if (in.path == null) {
      return null;
    }
    ScalarEvent key = in.key;
    String path = key == null ? in.path + "[" + in.index++ + "]" : in.path + "/" + key.getValue();
    return wanted.contains(path) ? path : null;
  }

  private static String parent(String location) {
    int slash = location.lastIndexOf('/');
    int bracket = location.endsWith("]") ? location.lastIndexOf('[') : -1;
    return location.substring(0, Math.max(0, Math.max(slash, bracket)));
  }
}
