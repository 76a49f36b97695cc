package io.gradus.asl.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A place in a definition, as AWS writes it: `/` for the whole, `/States/Name/Choices[0]/Next`.
///
/// A chain of segments, written out only where a fault needs it: a sound definition never builds
/// the text, and a hostile one cannot make it long many times over.
public final class Location {
  public static final Location ROOT = new Location(null, "", -1);

  private final @Nullable Location parent;
  private final String name;
  private final int index;

  private Location(@Nullable Location parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  public Location field(String member) {
    return new Location(this, member, -1);
  }

  public Location index(int element) {
    return new Location(this, "", element);
  }

  /// What stands at this place; null where nothing does.
  @Nullable JsonNode in(JsonNode root) {
    if (parent == null) {
      return root;
    }
    JsonNode around = parent.in(root);
    if (around == null) {
      return null;
    }
    return index >= 0 ? around.get(index) : around.get(name);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "/";
    }
    Deque<Location> segments = new ArrayDeque<>();
    for (Location at = this; at != null && at.parent != null; at = at.parent) {
      segments.push(at);
    }
    StringBuilder text = new StringBuilder();
    for (Location each : segments) {
      if (each.index >= 0) {
        text.append('[').append(each.index).append(']');
      } else {
        text.append('/').append(each.name);
      }
    }
    return text.toString();
  }
}
