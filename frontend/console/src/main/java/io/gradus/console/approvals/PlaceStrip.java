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
      Status status = status(place.states().get(node.name()), approval, node.name());
      if (status != null) {
        statuses.put(node.id(), NodeStatus.of(status, null));
      }
    }
    graph.setStatuses(statuses);
    graph.select(summary.stateName());
  }

  /// The asking state waits as long as the approval is open, also where so much has happened since
  /// that its own events are not among the latest.
  private static @Nullable Status status(
      ApprovalPlace.@Nullable Standing standing, Approval approval, String state) {
    Approval.Summary summary = approval.summary();
    if (summary.status() == Approval.Status.OPEN && state.equals(summary.stateName())) {
      return Status.PERSON;
    }
    return switch (standing) {
      case null -> null;
      case LEFT -> Status.SUCCEEDED;
      case CAUGHT -> Status.CAUGHT;
      case FAILED -> Status.FAILED;
      case STOPPED -> Status.STOPPED;
      case ENTERED -> Status.RUNNING;
    };
  }
}
