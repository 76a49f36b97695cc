package io.gradus.engine.samples;

import java.util.ArrayList;
import java.util.List;

/// Where a value that an execution was given stands: in its input, or in the result of one call.
///
/// @param source [#INPUT], or a call as [#call] names it
/// @param steps member names, and `[n]` for elements
record Place(String source, List<String> steps) {
  static final String INPUT = "input";

  /// Below it, what a text holds as JSON.
  static final String TEXT = "«text»";

  Place {
    steps = List.copyOf(steps);
  }

  static String call(String state, int number) {
    return state + "#" + number;
  }

  static String state(String source) {
    int mark = source.lastIndexOf('#');
    return mark < 0 ? source : source.substring(0, mark);
  }

  Place plus(List<String> more) {
    List<String> all = new ArrayList<>(steps);
    all.addAll(more);
    return new Place(source, all);
  }

  /// The place around it.
  Place around() {
    return new Place(source, steps.subList(0, steps.size() - 1));
  }

  static boolean isElement(String step) {
    return step.startsWith("[");
  }

  static int index(String step) {
    return Integer.parseInt(step.substring(1, step.length() - 1));
  }
}
