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
import io.gradus.service.execution.view.EventIndex;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Pause;
import io.gradus.service.execution.view.Visit;
import java.time.Duration;
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
  private int heard;
  private int sent;

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

  /// Another moment is to be shown.
  @DomEvent("moment")
  public static final class MomentEvent extends ComponentEvent<Timeline> {
    private static final long serialVersionUID = 1L;
    private final int event;
    private final boolean settled;
    private final int number;

    /// Made by the framework.
    public MomentEvent(
        Timeline source,
        boolean fromClient,
        @EventData("event.detail.event") int event,
        @EventData("event.detail.settled") boolean settled,
        @EventData("event.detail.number") int number) {
      super(source, fromClient);
      this.event = event;
      this.settled = settled;
      this.number = number;
    }

    /// The event whose moment it is; 0 for the latest.
    int event() {
      return event;
    }

    /// Whether the reader let go of the playhead.
    boolean settled() {
      return settled;
    }
  }

  Timeline(Followed followed) {
    this.followed = followed;
    addClassName("g-timeline");
    addListener(OpenEvent.class, event -> open(event.visit));
    // The first to hear of it: what is shown answers this one.
    addListener(MomentEvent.class, event -> heard = event.number);
  }

  Registration addMomentListener(ComponentEventListener<MomentEvent> listener) {
    return addListener(MomentEvent.class, listener);
  }

  /// Puts the playhead to the moment of an event; 0 to the latest. The reader who has moved it on
  /// since is not interrupted.
  void showMoment(long event) {
    getElement().callJsFunction("showMoment", (double) event, heard);
  }

  Registration addSelectListener(ComponentEventListener<SelectEvent> listener) {
    return addListener(SelectEvent.class, listener);
  }

  /// Shows what changed.
  void update(Collection<Visit> changed) {
    Instant start = followed.live().startedAt();
    if (!isAttached() || start == null) {
      return;
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Visit visit : changed) {
      if (isShown(visit)) {
        rows.add(TimelineRow.of(visit, around(visit), start, followed.live().pauses()));
      }
    }
    Instant end = followed.live().stoppedAt();
    getElement()
        .callJsFunction(
            "update",
            rows,
            (double) start.toEpochMilli(),
            end == null ? null : (double) end.toEpochMilli(),
            (double) System.currentTimeMillis());
    sendTimes(start);
  }

  /// Tells when each event was that the browser does not know yet, so that the playhead follows the
  /// pointer without asking.
  private void sendTimes(Instant start) {
    EventIndex events = followed.live().events();
    if (sent == events.size()) {
      return;
    }
    ArrayNode times = JsonNodeFactory.instance.arrayNode();
    for (int id = sent + 1; id <= events.size(); id++) {
      times.add(Duration.between(start, events.time(id)).toMillis());
    }
    ArrayNode pauses = JsonNodeFactory.instance.arrayNode();
    for (Pause pause : followed.live().pauses()) {
      pauses
          .addArray()
          .add(Duration.between(start, pause.from()).toMillis())
          .add(Duration.between(start, pause.to()).toMillis());
    }
    getElement().callJsFunction("happened", sent, times, pauses);
    sent = events.size();
  }

  /// Marks the row of a visit; null marks none.
  void select(@Nullable Visit visit) {
    getElement().callJsFunction("select", visit == null ? -1 : visit.index());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    getElement().callJsFunction("clear");
    open.clear();
    sent = 0;
    heard = 0;
    update(followed.live().visits());
    showMoment(followed.moment());
  }

  private void open(int number) {
    List<Visit> visits = followed.live().visits();
    if (number < 0 || number >= visits.size() || !open.add(number)) {
      return;
    }
    List<Visit> inside = new ArrayList<>();
    for (FrameId child : visits.get(number).children()) {
      Line line = followed.live().line(child);
      if (line != null && inside.size() < MOST_ITEMS) {
        inside.addAll(line.visits());
      }
    }
    // Branches inside of the items come with them.
    List<Visit> deeper = new ArrayList<>(inside);
    for (int i = 0; i < deeper.size() && deeper.size() < 2 * MOST_ITEMS; i++) {
      for (FrameId child : deeper.get(i).children()) {
        Line line = followed.live().line(child);
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
    Line line = followed.live().line(visit.frame());
    return line == null ? null : line.around();
  }
}
