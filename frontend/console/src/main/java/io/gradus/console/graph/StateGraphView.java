package io.gradus.console.graph;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import io.gradus.asl.graph.StateGraph;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A state machine as a picture. Only a change of [#setGraph] that changes the structure lays it
/// out again; everything else changes what stands there. It fills the box that it is given.
@Tag("gradus-graph")
@NpmPackage(value = "elkjs", version = "0.12.1")
@NpmPackage(value = "d3-zoom", version = "3.0.0")
@NpmPackage(value = "d3-selection", version = "3.0.0")
@NpmPackage(value = "@types/d3-zoom", version = "3.0.8", dev = true)
@NpmPackage(value = "@types/d3-selection", version = "3.0.11", dev = true)
@JsModule("./graph/gradus-graph.ts")
public final class StateGraphView extends Component implements HasSize, HasStyle {
  private static final long serialVersionUID = 1L;

  /// How much of each state is drawn.
  public enum Density {
    /// Two lines, with labels on the edges.
    FULL,
    /// One line, for a strip beside other things.
    COMPACT,
    /// A glyph alone, not to be touched: for cards.
    MINI
  }

  /// Where the machine runs to.
  public enum Direction {
    DOWN,
    RIGHT
  }

  /// A transition that was taken, between two node ids.
  public record Step(String from, String to) {}

  /// One way from a state, as it is written.
  ///
  /// @param why `next`, `choice`, `default` or `catch`; `end` where the state ends its machine
  /// @param from the node it leaves
  /// @param to the name that is written; empty for the end
  /// @param nth which of those that say the same, from 0
  public record Way(String why, String from, String to, int nth) {}

  /// A node was selected, or with null none is any more.
  @DomEvent("node-select")
  public static final class SelectEvent extends ComponentEvent<StateGraphView> {
    private static final long serialVersionUID = 1L;
    private final @Nullable String nodeId;
    private final boolean opened;

    /// Made by the framework.
    public SelectEvent(
        StateGraphView source,
        boolean fromClient,
        @EventData("event.detail.id") @Nullable String nodeId,
        @EventData("event.detail.open") boolean opened) {
      super(source, fromClient);
      this.nodeId = nodeId;
      this.opened = opened;
    }

    /// The node's id in the graph that was set; null where nothing is selected.
    public @Nullable String nodeId() {
      return nodeId;
    }

    /// Whether the node is to be looked into (Enter or a double click), not just pointed at.
    public boolean opened() {
      return opened;
    }
  }

  private transient @Nullable StateGraph graph;
  private transient @Nullable Map<String, NodeSign> statuses;
  private @Nullable String selected;

  /// An empty graph that runs down the page.
  public StateGraphView() {
    addClassName("g-graph");
    addListener(SelectEvent.class, event -> selected = event.nodeId());
  }

  /// Shows a machine. Where nodes stay, they stay where they are as far as they can.
  public void setGraph(StateGraph machine) {
    if (!machine.equals(graph)) {
      graph = machine;
      getElement().setPropertyJson("graph", GraphJson.graph(machine));
    }
  }

  /// Shows how the states stand; states that are not named are not reached. Only what changed is
  /// sent.
  ///
  /// @param byNode node id → how it stands
  public void setStatuses(Map<String, ? extends NodeSign> byNode) {
    Map<String, NodeSign> before = statuses;
    statuses = new HashMap<>(byNode);
    getElement().setProperty("live", true);
    if (isAttached()) {
      send(before, byNode);
    }
  }

  /// Shows the machine as it is written again, not as it is run.
  public void clearStatuses() {
    if (statuses != null) {
      statuses = null;
      getElement().setProperty("live", false);
    }
  }

  /// Says which transitions were taken. Without this they are told from the statuses of their two
  /// ends, which may be wrong where several ways lead to one state.
  ///
  /// @param steps null tells them from the statuses again
  public void setTaken(@Nullable Collection<Step> steps) {
    if (steps == null) {
      getElement().removeProperty("taken");
    } else {
      getElement().setPropertyJson("taken", GraphJson.steps(steps));
    }
  }

  /// Says which transitions were taken in two executions that are compared.
  public void setTaken(Set<Step> left, Set<Step> right) {
    getElement().setPropertyJson("taken", GraphJson.steps(left, right));
  }

  /// Shows faults on their nodes, in place of those shown before.
  public void setDiagnostics(Collection<NodeDiagnostic> diagnostics) {
    getElement().setPropertyJson("diagnostics", GraphJson.diagnostics(diagnostics));
  }

  /// Lets a way lead elsewhere, in the text that this is drawn of, as if by hand.
  ///
  /// @param to a node beside the one it leaves; null for the end
  public void lead(Way way, @Nullable String to) {
    getElement().callJsFunction("leadTo", way.why(), way.from(), way.to(), way.nth(), to);
  }

  /// Selects a node and brings it into view, without telling listeners.
  ///
  /// @param nodeId null selects nothing
  public void select(@Nullable String nodeId) {
    if (!Objects.equals(nodeId, selected)) {
      selected = nodeId;
      if (isAttached()) {
        getElement().callJsFunction("select", nodeId);
      }
    }
  }

  /// The selected node's id; null where none is.
  public @Nullable String selected() {
    return selected;
  }

  /// Listens to what people select.
  public Registration addSelectListener(ComponentEventListener<SelectEvent> listener) {
    return addListener(SelectEvent.class, listener);
  }

  /// A small picture for a card: it runs to the right, shows glyphs only, and cannot be touched.
  public void setMini(boolean mini) {
    setDensity(mini ? Density.MINI : Density.FULL);
    setDirection(mini ? Direction.RIGHT : Direction.DOWN);
  }

  /// How much of each state is drawn; [Density#FULL] at first.
  public void setDensity(Density density) {
    getElement().setProperty("density", density.name().toLowerCase(Locale.ROOT));
  }

  /// Where the machine runs to; [Direction#DOWN] at first.
  public void setDirection(Direction direction) {
    getElement().setProperty("direction", direction.name().toLowerCase(Locale.ROOT));
  }

  /// What the graph is called for those who do not see it; `State machine graph` at first.
  public void setLabel(String label) {
    getElement().setProperty("label", label);
  }

  /// The name of files that the graph is exported to, without an ending; `graph` at first.
  public void setFileName(String name) {
    getElement().setProperty("fileName", name);
  }

  /// Shows the whole machine.
  public void fit() {
    getElement().callJsFunction("fit");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    // Properties come to a new element by themselves, calls do not.
    if (statuses != null) {
      send(null, statuses);
    }
    if (selected != null) {
      getElement().callJsFunction("select", selected);
    }
  }

  private void send(@Nullable Map<String, NodeSign> before, Map<String, ? extends NodeSign> now) {
    Map<String, NodeSign> known = before == null ? Map.of() : before;
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    now.forEach(
        (id, status) -> {
          if (!status.equals(known.get(id))) {
            changed.set(id, GraphJson.sign(status));
          }
        });
    List<String> gone = known.keySet().stream().filter(id -> !now.containsKey(id)).toList();
    gone.forEach(changed::putNull);
    // Properties are there before calls come, so the first layout is the right one already.
    if (before == null || !changed.isEmpty()) {
      getElement().callJsFunction("updateStatuses", changed, before == null);
    }
  }
}
