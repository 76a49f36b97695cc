package io.gradus.console.approvals;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.graph.StateGraph;
import io.gradus.console.graph.NodeStatus;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.part.Status;
import io.gradus.console.session.Links;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalPlace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the approval stands in its state machine.
final class PlaceStrip extends Section {
  private static final long serialVersionUID = 1L;
  private static final int BEFORE = 3;
  private static final int AFTER = 2;

  private final StateGraphView graph = new StateGraphView();
  private final Anchor open = new Anchor();
  private @Nullable String shown;

  PlaceStrip() {
    addClassName("g-appr-place");
    getElement().setAttribute("aria-label", "Where this stands in the state machine");
    graph.setDensity(StateGraphView.Density.COMPACT);
    graph.setDirection(StateGraphView.Direction.RIGHT);
    graph.setLabel("States around this approval");
    open.setText("Open the execution");
    var head = new Div(new Span("Where this stands in the state machine"), open);
    head.addClassName("g-appr-place-head");
    add(head, graph);
  }

  void show(Approval approval, ApprovalPlace place, String account) {
    Approval.Summary summary = approval.summary();
    open.setHref(
        Links.execution(account, summary.stateMachineName(), summary.executionName())
            + "?state="
            + Links.encoded(summary.stateName()));
    open.getElement().setAttribute("router-link", true);
    StateGraph all = StateGraph.sketch(place.definition());
    if (all == null) {
      graph.setVisible(false);
      return;
    }
    StateGraph around = all.around(summary.stateName(), BEFORE, AFTER);
    graph.setVisible(!around.nodes().isEmpty());
    if (!summary.id().equals(shown)) {
      shown = summary.id();
      graph.setGraph(around);
    }
    Map<String, NodeStatus> statuses = new HashMap<>();
    for (StateGraph.Node node : around.nodes()) {
      ApprovalPlace.Standing standing = place.states().get(node.name());
      if (standing != null) {
        statuses.put(node.id(), NodeStatus.of(status(standing, approval, node.name()), null));
      }
    }
    graph.setStatuses(statuses);
    graph.select(summary.stateName());
  }

  private static Status status(ApprovalPlace.Standing standing, Approval approval, String state) {
    boolean here = state.equals(approval.summary().stateName());
    return switch (standing) {
      case LEFT -> Status.SUCCEEDED;
      case FAILED -> Status.FAILED;
      case STOPPED -> Status.STOPPED;
      case ENTERED ->
          here && approval.summary().status() == Approval.Status.OPEN
              ? Status.PERSON
              : Status.RUNNING;
    };
  }
}
