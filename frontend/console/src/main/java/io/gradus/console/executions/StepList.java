package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.graph.StateGraph;
import io.gradus.console.graph.NodeStatus;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.service.execution.view.Visit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The states of a machine one below the other, for screens where a graph is too wide.
final class StepList extends Div {
  private static final long serialVersionUID = 1L;
  private static final int INDENT = 4;

  private final transient Followed followed;
  private final transient Map<String, Step> steps = new HashMap<>();

  /// @param select is given the state that is to be looked into
  StepList(Followed followed, Consumer<String> select) {
    this.followed = followed;
    addClassName("g-steps");
    Map<String, Integer> depths = new HashMap<>();
    for (StateGraph.Node node : followed.graph().nodes()) {
      int depth = node.parent() == null ? 0 : depths.getOrDefault(node.parent(), 0) + 1;
      depths.put(node.id(), depth);
      Step step = new Step(node, Math.min(depth, INDENT), () -> select.accept(node.name()));
      steps.put(node.id(), step);
      add(step);
    }
  }

  /// Says how each stands now.
  void update(Map<String, NodeStatus> statuses) {
    for (StateGraph.Node node : followed.graph().nodes()) {
      Step step = steps.get(node.id());
      NodeStatus status = statuses.get(node.id());
      if (step == null) {
        continue;
      }
      List<Visit> visits = followed.visits(node.name());
      step.set(
          status == null ? NodeStatus.of(Status.NOT_REACHED, null) : status,
          visits.size() == 1 ? Standing.took(visits.getFirst(), followed.course().pauses()) : "");
    }
  }

  private static final class Step extends NativeButton {
    private static final long serialVersionUID = 1L;

    private final StatusMark mark = new StatusMark(Status.NOT_REACHED, "");
    private final Span line = new Span();
    private final Span took = new Span();
    private transient NodeStatus shown = NodeStatus.of(Status.NOT_REACHED, null);
    private final String caption;

    Step(StateGraph.Node node, int depth, Runnable select) {
      caption = node.caption();
      addClassNames("g-step", "g-step-" + depth);
      Span name = new Span(node.name());
      name.addClassName("g-step-name");
      line.addClassName("g-step-line");
      Span text = new Span(name, line);
      text.addClassName("g-step-text");
      took.addClassName("g-step-took");
      add(mark, text, took, Glyph.Name.RIGHT.glyph());
      addClickListener(_ -> select.run());
      show(shown, "");
    }

    void set(NodeStatus status, String duration) {
      if (!status.equals(shown) || !duration.equals(took.getText())) {
        removeClassName("g-status-" + shown.status().key());
        show(status, duration);
      }
    }

    private void show(NodeStatus status, String duration) {
      shown = status;
      mark.set(status.status(), "");
      addClassName("g-status-" + status.status().key());
      took.setText(duration);
      line.setText(
          switch (status.status()) {
            case NOT_REACHED ->
                // Within a distributed Map only child executions reach it.
                status.line() == null ? status.status().word() : status.line();
            case SUCCEEDED -> caption;
            case RUNNING, RETRYING, PERSON, WAITING, CAUGHT, FAILED, TIMED_OUT, STOPPED -> {
              String words = status.line() == null ? status.status().word() : status.line();
              yield status.total() > 0
                  ? Counts.of(status.succeeded())
                      + " of "
                      + Counts.of(status.total())
                      + " · "
                      + words
                  : words;
            }
          });
    }
  }
}
