package io.gradus.console.executions;

import io.gradus.console.graph.StateGraphView;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A course with its visits by their states, and the transitions that it took.
final class Traced {
  private final ExecutionCourse course;
  private final Map<String, List<Visit>> byState = new HashMap<>();
  private final Set<StateGraphView.Step> taken = new LinkedHashSet<>();
  private int known;

  Traced(ExecutionCourse course) {
    this.course = course;
    follow();
  }

  ExecutionCourse course() {
    return course;
  }

  /// Takes note of the visits that the course was told of since.
  void follow() {
    List<Visit> all = course.visits();
    for (; known < all.size(); known++) {
      Visit visit = all.get(known);
      byState.computeIfAbsent(visit.state(), _ -> new ArrayList<>()).add(visit);
      Line line = course.line(visit.frame());
      if (line != null) {
        // The newest are looked through first: a loop has many visits in one line.
        int at = line.visits().lastIndexOf(visit);
        if (at > 0) {
          taken.add(new StateGraphView.Step(line.visits().get(at - 1).state(), visit.state()));
        }
      }
    }
  }

  /// The transitions that were taken.
  Set<StateGraphView.Step> taken() {
    return taken;
  }

  /// The visits of a state, in order.
  List<Visit> visits(String state) {
    return byState.getOrDefault(state, List.of());
  }
}
