package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.graph.StateGraph;
import io.gradus.console.editor.JsonView;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapRun;
import io.gradus.engine.Payload;
import io.gradus.engine.StateKind;
import io.gradus.service.execution.view.Attempt;
import io.gradus.service.execution.view.EventIndex;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.execution.view.VisitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Fills the inspector's tabs. Payloads are read when their tab is looked at.
final class InspectorContent {
  private static final int MOST_EVENTS = 500;

  private final Followed followed;
  private final LongFunction<Fact.@Nullable HistoryEvent> read;
  private final LongConsumer openEvent;
  private final ChildLinks children;
  private final Function<MapRun, MapRunBrief> briefs;
  private @Nullable MapRunBrief brief;

  /// @param read an event with its payloads; null where it is not there
  /// @param openEvent shows an event in the table of all
  /// @param briefs shows a Map Run
  InspectorContent(
      Followed followed,
      LongFunction<Fact.@Nullable HistoryEvent> read,
      LongConsumer openEvent,
      ChildLinks children,
      Function<MapRun, MapRunBrief> briefs) {
    this.followed = followed;
    this.read = read;
    this.openEvent = openEvent;
    this.children = children;
    this.briefs = briefs;
  }

  /// What a visit's state does, in a few words.
  String what(Visit visit) {
    return followed.graph().nodes().stream()
        .filter(node -> node.name().equals(visit.state()))
        .map(StateGraph.Node::caption)
        .filter(caption -> !caption.isEmpty())
        .findFirst()
        .orElse(visit.kind().wireName());
  }

  Component of(Selection selection, @Nullable Visit visit, Selection.Tab tab) {
    return switch (tab) {
      case INPUT -> input(visit);
      case OUTPUT -> output(visit);
      case ERROR -> error(visit);
      case DEFINITION -> definition(selection);
      case CHILDREN -> children(selection, visit);
      case ATTEMPTS -> visit == null ? new Div() : attempts(visit);
      case VARIABLES -> visit == null ? ownVariables() : variables(visit);
      case EVENTS -> visit == null ? new Div() : events(visit);
    };
  }

  private @Nullable MapRun run(Selection selection, @Nullable Visit visit) {
    String state = selection.state();
    MapRun own = followed.mapRun(visit);
    return own != null || state == null ? own : followed.mapRunAround(state);
  }

  private Component children(Selection selection, @Nullable Visit visit) {
    MapRun run = run(selection, visit);
    if (run == null) {
      return note("There is nothing yet.");
    }
    MapRunBrief made = briefs.apply(run);
    brief = made;
    return made;
  }

  /// Says how the Map Run that is shown stands now.
  void updateChildren(Selection selection, @Nullable Visit visit) {
    MapRunBrief shown = brief;
    MapRun run = run(selection, visit);
    if (shown != null && run != null) {
      shown.update(run);
    }
  }

  private Component input(@Nullable Visit visit) {
    return payload("Input", visit == null ? 1 : visit.enteredEvent(), "input.json");
  }

  private Component output(@Nullable Visit visit) {
    long event = visit == null ? followed.course().endEvent() : visit.exitedEvent();
    boolean open =
        visit == null ? !followed.course().status().isTerminal() : visit.status().isOpen();
    if (event == 0 || Payloads.of(read.apply(event)) == null) {
      return note(open ? "There is no output yet." : "It ended without an output.");
    }
    return payload("Output", event, "output.json");
  }

  private Component payload(String label, long event, String fileName) {
    String text = Payloads.of(read.apply(event));
    if (text == null) {
      return note("There is nothing yet.");
    }
    JsonView view = new JsonView(label, fileName);
    view.setPayload(text);
    return view;
  }

  private Component error(@Nullable Visit visit) {
    long event = visit == null ? followed.course().endEvent() : visit.failedEvent();
    Payloads.Failure failure = Payloads.failure(read.apply(event));
    String error = failure == null ? null : failure.error();
    if (error == null) {
      error = visit == null ? followed.course().error() : visit.error();
    }
    String cause = failure == null ? null : failure.cause();
    Div box = new Div();
    box.addClassName("g-error-box");
    Pre name = new Pre(error == null ? "No error name was given." : error);
    name.addClassName("g-error-name");
    box.add(new H3("Error"), name, new H3("Cause"));
    if (cause == null || cause.isEmpty()) {
      box.add(note("No cause was given."));
    } else {
      JsonView view = new JsonView("Cause", "cause.txt");
      view.setPayload(cause);
      box.add(view);
    }
    return box;
  }

  private Component definition(Selection selection) {
    String definition = followed.opened().definition();
    String state = selection.state();
    String text = state == null ? definition : StateText.of(definition, state);
    JsonView view =
        new JsonView(
            "Definition", (state == null ? followed.row().stateMachine() : "state") + ".json");
    view.setPayload(text == null ? definition : text);
    return view;
  }

  private Component attempts(Visit visit) {
    Div list = new Div();
    list.addClassName("g-attempts");
    Moments moments = Moments.here();
    Instant now = Instant.now();
    int number = 0;
    for (Attempt attempt : visit.attempts()) {
      number++;
      boolean last = number == visit.attempts().size();
      Status status =
          attempt.failed()
              ? Status.FAILED
              : attempt.endedAt() != null && !(last && visit.status() == VisitStatus.ABORTED)
                  ? Status.SUCCEEDED
                  : Standing.status(visit);
      Span when = new Span(moments.precise(attempt.startedAt()) + took(attempt));
      when.addClassName("g-secondary");
      Div head = new Div(new StatusMark(status), new H3("Attempt " + number), when);
      head.addClassName("g-attempt-head");
      Div one = new Div(head);
      one.addClassName("g-attempt");
      if (attempt.error() != null) {
        Span error = new Span(attempt.error());
        error.addClassName("g-attempt-error");
        one.add(error);
      }
      if (attempt.worker() != null) {
        one.add(new Span("Taken by " + attempt.worker()));
      }
      children.links(attempt).forEach(one::add);
      Div links = new Div();
      links.addClassName("g-attempt-links");
      link(links, visit.kind() == StateKind.TASK ? "Arguments" : "Start", attempt.startedEvent());
      link(links, "Answer of the call", attempt.submittedEvent());
      link(links, attempt.failed() ? "Failure" : "Result", attempt.endedEvent());
      one.add(links);
      list.add(one);
    }
    Instant due = visit.due();
    if (visit.status() == VisitStatus.RETRYING && due != null) {
      list.add(note("The next attempt is at " + moments.brief(due, now) + "."));
    }
    return list;
  }

  private static String took(Attempt attempt) {
    Instant ended = attempt.endedAt();
    return ended == null
        ? ""
        : " · " + Moments.duration(Duration.between(attempt.startedAt(), ended));
  }

  private void link(Div into, String text, long event) {
    if (event != 0) {
      NativeButton button = new NativeButton(text + " (event " + event + ")");
      button.addClassName("g-link");
      button.addClickListener(_ -> openEvent.accept(event));
      into.add(button);
    }
  }

  /// Whether any variable of the execution's own has a value yet.
  boolean hasVariables() {
    Line own = followed.course().line(FrameId.ROOT);
    return own != null && !own.assignments().isEmpty();
  }

  /// Changes when a variable of the execution's own does.
  String variables() {
    Line own = followed.course().line(FrameId.ROOT);
    return own == null ? "" : "own/" + own.assignments().size();
  }

  private Component ownVariables() {
    Map<String, Payload> values = values(FrameId.ROOT, Long.MAX_VALUE);
    Div list = new Div();
    list.addClassName("g-variables");
    variables(list, followed.isPast() ? "At this moment" : "As they stand", values);
    return list;
  }

  private Component variables(Visit visit) {
    Map<String, Payload> before = values(visit.frame(), visit.enteredEvent());
    Map<String, Payload> assigned =
        visit.exitedEvent() == 0 ? Map.of() : Payloads.assigned(read.apply(visit.exitedEvent()));
    if (before.isEmpty() && assigned.isEmpty()) {
      return note("No variable is in scope here.");
    }
    Div list = new Div();
    list.addClassName("g-variables");
    variables(list, "Assigned here", assigned);
    variables(list, "When it was entered", before);
    return list;
  }

  private static void variables(Div list, String heading, Map<String, Payload> values) {
    if (values.isEmpty()) {
      return;
    }
    list.add(new H3(heading));
    values.forEach(
        (name, value) -> {
          JsonView view = new JsonView("$" + name, name + ".json");
          view.setPayload(value.toString());
          Span label = new Span("$" + name);
          label.addClassName("g-variable");
          list.add(label, view);
        });
  }

  /// The variables in scope, by name. Of each only the last assignment is read: a loop makes
  /// thousands.
  private Map<String, Payload> values(FrameId frame, long before) {
    Map<String, Long> assigned = new TreeMap<>();
    assigned(frame, before, assigned);
    Map<Long, Map<String, Payload>> read = new HashMap<>();
    Map<String, Payload> values = new TreeMap<>();
    assigned.forEach(
        (name, event) -> {
          Payload value =
              read.computeIfAbsent(event, id -> Payloads.assigned(this.read.apply(id))).get(name);
          if (value != null) {
            values.put(name, value);
          }
        });
    return values;
  }

  /// The variables of the frames around come first, so that inner ones hide them.
  private void assigned(FrameId frame, long before, Map<String, Long> into) {
    FrameId outer = frame.parent();
    if (outer != null) {
      assigned(outer, before, into);
    }
    Line line = followed.course().line(frame);
    if (line == null) {
      return;
    }
    for (Line.Assigned assigned : line.assignments()) {
      if (assigned.event() < before) {
        assigned.names().forEach(name -> into.put(name, assigned.event()));
      }
    }
  }

  private Component events(Visit visit) {
    EventIndex index = followed.course().events();
    Moments moments = Moments.here();
    Div list = new Div();
    list.addClassName("g-event-list");
    int found = 0;
    long last = visit.endedAt() == null ? index.size() : lastOf(visit);
    for (long id = visit.enteredEvent(); id <= last && found < MOST_EVENTS; id++) {
      if (index.visit(id) == visit.index()) {
        found++;
        long event = id;
        NativeButton row = new NativeButton();
        row.addClassName("g-event-row");
        Span number = new Span(String.valueOf(id));
        number.addClassName("g-event-id");
        Span at = new Span(moments.precise(index.time(id)));
        at.addClassName("g-secondary");
        row.add(number, new Span(index.type(id)), at);
        row.addClickListener(_ -> openEvent.accept(event));
        list.add(row);
      }
    }
    if (found == MOST_EVENTS) {
      list.add(note("These are the first " + MOST_EVENTS + "; the Events below show all."));
    }
    return list;
  }

  private long lastOf(Visit visit) {
    return visit.exitedEvent() != 0 ? visit.exitedEvent() : followed.course().events().size();
  }

  private static Component note(String text) {
    Paragraph note = new Paragraph(text);
    note.addClassName("g-note");
    return note;
  }

  /// Finds the executions that an attempt started.
  @FunctionalInterface
  interface ChildLinks {
    java.util.List<Anchor> links(Attempt attempt);
  }
}
