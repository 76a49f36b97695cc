package io.gradus.asl.parse;

import io.gradus.asl.parse.Faults.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/// Finds the line and column of each fault's location, in one more pass over the text. A location
/// that is not in the text (a missing field) takes the place of what should contain it.
final class Places {
  /// Longer locations are not looked for (their parents are): they could repeat a long name at
  /// will.
  private static final int LONGEST = 1_000;

  private final Map<String, int[]> found = new HashMap<>();
  private final List<String> path = new ArrayList<>();

  private Places() {}

  /// The faults with lines and columns, in the same order.
  static List<Diagnostic> locate(String text, List<Found> faults) {
    Places places = new Places();
    faults.forEach(fault -> places.want(fault.place()));
    if (!places.found.isEmpty()) {
      places.read(text);
    }
    return faults.stream().map(places::located).toList();
  }

  private void want(String location) {
    String at = location;
    while (!at.isEmpty()) {
      if (at.length() <= LONGEST) {
        found.put(at, new int[0]);
      }
      at = parent(at);
    }
  }

  private void read(String text) {
    try (JsonParser json = JsonReading.JSON.createParser(ObjectReadContext.empty(), text)) {
      // Locations of the containers that are open, and the array index in each (-1: an object).
      List<int[]> indexes = new ArrayList<>();
      String member = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          member = path.getLast() + "/" + json.currentName();
          note(member, json);
          continue;
        }
        if (token.isStructEnd()) {
          path.removeLast();
          indexes.removeLast();
          continue;
        }
        String at = "";
        if (!indexes.isEmpty()) {
          int[] index = indexes.getLast();
          at = index[0] < 0 ? member : path.getLast() + "[" + index[0]++ + "]";
          note(at, json);
        }
        if (token.isStructStart()) {
          if (!indexes.isEmpty() && !found.containsKey(at)) {
            json.skipChildren();
            continue;
          }
          path.add(at);
          indexes.add(new int[] {token == JsonToken.START_ARRAY ? 0 : -1});
        }
      }
    } catch (JacksonException e) {
      // The reading reported it; places before the error are known.
    }
  }

  private void note(String at, JsonParser json) {
    int[] place = found.get(at);
    if (place != null && place.length == 0) {
      TokenStreamLocation here = json.currentTokenLocation();
      found.put(at, new int[] {here.getLineNr(), here.getColumnNr()});
    }
  }

  private Diagnostic located(Found each) {
    Diagnostic fault = each.fault();
    if (each.place().isEmpty()) {
      return fault;
    }
    String at = each.place();
    int @Nullable [] place = found.get(at);
    while (place != null && place.length == 0 && !at.isEmpty()) {
      at = parent(at);
      place = found.get(at);
    }
    int line = place == null || place.length == 0 ? 1 : place[0];
    int column = place == null || place.length == 0 ? 1 : place[1];
    return new Diagnostic(
        fault.severity(), fault.code(), fault.message(), fault.location(), line, column);
  }

  private static String parent(String location) {
    int slash = location.lastIndexOf('/');
    int bracket = location.endsWith("]") ? location.lastIndexOf('[') : -1;
    return location.substring(0, Math.max(0, Math.max(slash, bracket)));
  }
}
