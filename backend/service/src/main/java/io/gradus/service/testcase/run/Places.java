package io.gradus.service.testcase.run;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.StateKind;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Line;
import java.util.HashMap;
import java.util.Map;

/// Where branches and items are, whatever the order in which things happened: a frame is named by
/// an event, and in another run of the same it is another event.
final class Places {
  private final Map<FrameId, String> states = new HashMap<>();
  private final Map<String, String> starts = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /// Takes note of what happened next.
  void see(Fact.HistoryEvent event) {
    switch (event.details()) {
      case Details.StateEntered entered -> states.put(event.frame(), entered.name().value());
      case Details.ParallelStarted _, Details.MapStarted _ -> {
        String fanOut = of(event.frame()) + "/" + state(event.frame());
        int count = counts.merge(fanOut, 1, Integer::sum);
        starts.put(event.frame().value() + "/" + event.id(), fanOut + "#" + count);
      }
      default -> {
        // nothing that begins a branch
      }
    }
  }

  /// The state that a frame is in; empty before its first.
  String state(FrameId frame) {
    return states.getOrDefault(frame, "");
  }

  /// The same for the same branch or item of another run.
  String of(FrameId frame) {
    String text = frame.value();
    int mark = Math.max(text.lastIndexOf(':'), text.lastIndexOf('!'));
    return mark < 0
        ? text
        : starts.getOrDefault(text.substring(0, mark), text) + ":" + frame.index();
  }

  /// A branch or item, for people: `Item 12 of Process images`; empty for the execution's own.
  static String words(ExecutionCourse course, FrameId frame) {
    Line line = course.line(frame);
    if (line == null || line.around() == null) {
      return "";
    }
    String outer = words(course, line.around().frame());
    String here =
        capital(inside(line.around().kind(), frame.index())) + " of " + line.around().state();
    return outer.isEmpty() ? here : here + ", " + outer;
  }

  /// `item 12` or, counted from one, `branch 2`.
  static String inside(StateKind around, int index) {
    return switch (around) {
      case MAP -> "item " + index;
      case PARALLEL -> "branch " + (index + 1);
      case PASS, TASK, CHOICE, WAIT, SUCCEED, FAIL -> "part " + index;
    };
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
