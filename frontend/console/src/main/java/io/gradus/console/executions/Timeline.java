package io.gradus.console.executions;

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
import com.vaadin.flow.shared.Registration;
import io.gradus.engine.FrameId;
import io.gradus.engine.StateKind;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// How long each visit took, and what it spent the time on. The items of a Map come to the browser
/// when they are asked for.
@Tag("gradus-timeline")
@JsModule("./part/gradus-icon.ts")
@JsModule("./executions/gradus-timeline.ts")
public final class Timeline extends Component implements HasSize, HasStyle {
  private static final long serialVersionUID = 1L;

  /// How many rows of items are shown of one Map.
  private static final int MOST_ITEMS = 5_000;

  private final transient Followed followed;
  private final transient Set<Integer> open = new HashSet<>();

  /// A row was chosen.
  @DomEvent("row-select")
  public static final class SelectEvent extends ComponentEvent<Timeline> {
    private static final long serialVersionUID = 1L;
    private final int visit;

    /// Made by the framework.
    public SelectEvent(
        Timeline source, boolean fromClient, @EventData("event.detail.k") int visit) {
      super(source, fromClient);
      this.visit = visit;
    }

    /// The visit's number.
    int visit() {
      return visit;
    }
  }

  /// The items of a Map are wanted.
  @DomEvent("row-open")
  public static final class OpenEvent extends ComponentEvent<Timeline> {
    private static final long serialVersionUID = 1L;
    private final int visit;

    /// Made by the framework.
    public OpenEvent(Timeline source, boolean fromClient, @EventData("event.detail.k") int visit) {
      super(source, fromClient);
      this.visit = visit;
    }
  }

  Timeline(Followed followed) {
    this.followed = followed;
    addClassName("g-timeline");
    addListener(OpenEvent.class, event -> open(event.visit));
  }

  Registration addSelectListener(ComponentEventListener<SelectEvent> listener) {
    return addListener(SelectEvent.class, listener);
  }

  /// Shows what changed.
  void update(Collection<Visit> changed) {
    Instant start = followed.course().startedAt();
    if (!isAttached() || start == null) {
      return;
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Visit visit : changed) {
      if (isShown(visit)) {
        rows.add(TimelineRow.of(visit, around(visit), start));
      }
    }
    Instant end = followed.course().stoppedAt();
    getElement()
        .callJsFunction(
            "update",
            rows,
            (double) start.toEpochMilli(),
            end == null ? null : (double) end.toEpochMilli(),
            (double) System.currentTimeMillis());
  }

  /// Marks the row of a visit; null marks none.
  void select(@Nullable Visit visit) {
    getElement().callJsFunction("select", visit == null ? -1 : visit.index());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    getElement().callJsFunction("clear");
    open.clear();
    update(followed.course().visits());
  }

  private void open(int number) {
    List<Visit> visits = followed.course().visits();
    if (number < 0 || number >= visits.size() || !open.add(number)) {
      return;
    }
    List<Visit> inside = new ArrayList<>();
    for (FrameId child : visits.get(number).children()) {
      Line line = followed.course().line(child);
      if (line != null && inside.size() < MOST_ITEMS) {
        inside.addAll(line.visits());
      }
    }
    // Branches inside of the items come with them.
    List<Visit> deeper = new ArrayList<>(inside);
    for (int i = 0; i < deeper.size() && deeper.size() < 2 * MOST_ITEMS; i++) {
      for (FrameId child : deeper.get(i).children()) {
        Line line = followed.course().line(child);
        if (line != null && deeper.get(i).kind() == StateKind.PARALLEL) {
          deeper.addAll(line.visits());
        }
      }
    }
    update(deeper);
  }

  /// What is inside of a Map is shown once the Map is opened.
  private boolean isShown(Visit visit) {
    Visit around = around(visit);
    while (around != null) {
      if (around.kind() == StateKind.MAP
          && (!open.contains(around.index()) || around.children().size() > MOST_ITEMS)) {
        return open.contains(around.index()) && visit.frame().index() < MOST_ITEMS;
      }
      around = around(around);
    }
    return true;
  }

  private @Nullable Visit around(Visit visit) {
    Line line = followed.course().line(visit.frame());
    return line == null ? null : line.around();
  }
}
