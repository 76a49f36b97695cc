package io.gradus.service.testcase.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A place at which two JSON values are not the same.
///
/// @param pointer where, as a JSON pointer; empty for the whole
/// @param expected null where nothing was expected there
/// @param found null where there is nothing
public record JsonDifference(
    String pointer, @Nullable JsonNode expected, @Nullable JsonNode found) {
  /// So many are told; who has more has another document.
  static final int MOST = 100;

  /// The differences between two values, in the order of what was expected. Numbers of equal value
  /// are equal, and so are objects whatever the order of their members.
  ///
  /// @param ignored pointers to what may be anything, or be missing
  public static List<JsonDifference> between(
      JsonNode expected, JsonNode found, List<String> ignored) {
    List<JsonDifference> differences = new ArrayList<>();
    compare("", expected, found, Set.copyOf(ignored), differences);
    return List.copyOf(differences);
  }

  private static void compare(
      String at,
      @Nullable JsonNode expected,
      @Nullable JsonNode found,
      Set<String> ignored,
      List<JsonDifference> into) {
    if (into.size() >= MOST || ignored.contains(at)) {
      return;
    }
    if (expected != null && found != null && expected.isObject() && found.isObject()) {
      Set<String> names = new LinkedHashSet<>(expected.propertyNames());
      names.addAll(found.propertyNames());
      for (String name : names) {
        compare(at + "/" + escaped(name), expected.get(name), found.get(name), ignored, into);
      }
    } else if (expected != null && found != null && expected.isArray() && found.isArray()) {
      for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
        compare(at + "/" + i, expected.get(i), found.get(i), ignored, into);
      }
    } else if (!same(expected, found)) {
      into.add(new JsonDifference(at, expected, found));
    }
  }

  private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one != null && other != null && one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    return Objects.equals(one, other);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /// For people: `/total: expected 12, found 13`.
  public String sentence() {
    String where = pointer.isEmpty() ? "The output" : pointer;
    if (expected == null) {
      return where + ": not expected, found " + shortened(found);
    }
    return found == null
        ? where + ": expected " + shortened(expected) + ", found nothing"
        : where + ": expected " + shortened(expected) + ", found " + shortened(found);
  }

  private static String shortened(@Nullable JsonNode value) {
    return shortened(String.valueOf(value));
  }

  /// As much of a text as is read at a glance.
  static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
