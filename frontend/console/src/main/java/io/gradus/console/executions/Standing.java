package io.gradus.console.executions;

import io.gradus.asl.graph.StateGraph;
import io.gradus.console.graph.NodeStatus;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.execution.view.Pause;
import io.gradus.service.execution.view.Tally;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.execution.view.VisitStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How states and visits stand, in the console's words.
///
/// @param moments in the reader's time zone
/// @param now for saying how far away a moment is
/// @param pauses when the execution stood still
record Standing(Moments moments, Instant now, List<Pause> pauses) {
  /// What a state says that only child executions visit.
  static final String IN_CHILDREN = "In child executions";

  /// How a visit is shown.
  static Status status(Visit visit) {
    return status(visit.status(), "approval".equals(visit.resourceType()));
  }

  /// How visits are shown of which nothing else is known.
  static Status status(VisitStatus status) {
    return status(status, false);
  }

  private static Status status(VisitStatus status, boolean person) {
    return switch (status) {
      case RUNNING -> Status.RUNNING;
      case RETRYING -> Status.RETRYING;
      case CALLBACK -> person ? Status.PERSON : Status.WAITING;
      case WAITING -> Status.WAITING;
      case SUCCEEDED -> Status.SUCCEEDED;
      case CAUGHT -> Status.CAUGHT;
      case FAILED -> Status.FAILED;
      case TIMED_OUT -> Status.TIMED_OUT;
      case ABORTED -> Status.STOPPED;
    };
  }

  /// How a visit stands, in a few words.
  String line(Visit visit) {
    Instant due = visit.due();
    return switch (visit.status()) {
      case RUNNING -> running(visit);
      case RETRYING ->
          "Retry " + visit.retries() + (due == null ? "" : " at " + moments.brief(due, now));
      case CALLBACK ->
          "approval".equals(visit.resourceType())
              ? "Waiting for a decision"
              : "Waiting for its token";
      case WAITING -> due == null ? "Waiting" : "Until " + moments.brief(due, now);
      case SUCCEEDED -> took(visit, pauses);
      case CAUGHT -> visit.error() == null ? "Caught an error" : "Caught " + visit.error();
      case FAILED -> visit.error() == null ? "Failed" : visit.error();
      case TIMED_OUT -> "Timed out";
      case ABORTED -> "Stopped";
    };
  }

  private static String running(Visit visit) {
    Tally inner = visit.inner();
    if (inner.total() > 0) {
      return switch (visit.kind()) {
        case PARALLEL -> inner.total() + " branches · " + inner.open() + " running";
        case MAP, PASS, TASK, CHOICE, WAIT, SUCCEED, FAIL -> items(inner);
      };
    }
    return visit.attempts().size() > 1 ? "Attempt " + visit.attempts().size() : "Running";
  }

  private static String items(Tally inner) {
    List<String> parts = new ArrayList<>();
    parts.add(Counts.of(inner.of(VisitStatus.RUNNING)) + " running");
    add(parts, inner.of(VisitStatus.RETRYING), " retrying");
    add(parts, inner.of(VisitStatus.CALLBACK) + inner.of(VisitStatus.WAITING), " waiting");
    parts.add(Counts.of(inner.of(VisitStatus.FAILED)) + " failed");
    return String.join(" · ", parts);
  }

  /// How long a visit took while the execution did not stand still; empty while it goes on.
  static String took(Visit visit, List<Pause> pauses) {
    Instant ended = visit.endedAt();
    return ended == null ? "" : Moments.duration(Pause.without(pauses, visit.enteredAt(), ended));
  }

  /// How each state that was reached stands.
  Map<String, NodeStatus> nodes(Followed followed) {
    Map<String, NodeStatus> nodes = new HashMap<>();
    for (StateGraph.Node node : followed.graph().nodes()) {
      List<Visit> visits = followed.visits(node.name());
      if (visits.isEmpty() && followed.mapRunAround(node) != null) {
        nodes.put(node.id(), NodeStatus.of(Status.NOT_REACHED, IN_CHILDREN));
      }
      if (!visits.isEmpty()) {
        nodes.put(
            node.id(), node(followed, node, visits.getLast(), followed.isRepeated(node.id())));
      }
    }
    return nodes;
  }

  private NodeStatus node(Followed followed, StateGraph.Node node, Visit last, boolean repeated) {
    Tally tally = followed.course().tally(node.name());
    if (repeated && node.kind() != StateGraph.Kind.MAP) {
      return NodeStatus.of(overall(tally, last), counts(tally));
    }
    MapRun run = followed.counted(last);
    if (node.kind() == StateGraph.Kind.MAP && run != null) {
      return counted(last, run);
    }
    if (node.kind() == StateGraph.Kind.MAP && last.mapRun() == null && last.expected() > 0) {
      Tally inner = last.inner();
      int failed =
          inner.of(VisitStatus.FAILED)
              + inner.of(VisitStatus.ABORTED)
              + inner.of(VisitStatus.TIMED_OUT);
      String line = last.status().isOpen() ? items(inner) : line(last);
      return new NodeStatus(
          status(last),
          line,
          inner.open(),
          inner.of(VisitStatus.SUCCEEDED),
          failed,
          last.expected());
    }
    String line = line(last);
    return NodeStatus.of(
        status(last),
        tally.total() > 1 ? line + " · " + Counts.of(tally.total()) + " visits" : line);
  }

  /// A distributed Map: its items are counted by its Map Run.
  private NodeStatus counted(Visit last, MapRun run) {
    MapRunService.Counts items = MapRunService.items(run);
    long failed = items.failed() + items.timedOut() + items.aborted();
    String line =
        last.status().isOpen()
            ? Counts.of(items.running()) + " running · " + Counts.of(failed) + " failed"
            : line(last);
    return new NodeStatus(
        status(last),
        line,
        (int) Math.min(Integer.MAX_VALUE, items.running()),
        (int) Math.min(Integer.MAX_VALUE, items.succeeded()),
        (int) Math.min(Integer.MAX_VALUE, failed),
        (int) Math.min(Integer.MAX_VALUE, items.total()));
  }

  private static Status overall(Tally tally, Visit last) {
    boolean person = "approval".equals(last.resourceType());
    for (VisitStatus one :
        List.of(
            VisitStatus.RUNNING,
            VisitStatus.RETRYING,
            VisitStatus.CALLBACK,
            VisitStatus.WAITING,
            VisitStatus.FAILED,
            VisitStatus.TIMED_OUT,
            VisitStatus.ABORTED,
            VisitStatus.CAUGHT)) {
      if (tally.of(one) > 0) {
        return status(one, person);
      }
    }
    return Status.SUCCEEDED;
  }

  private static @Nullable String counts(Tally tally) {
    List<String> parts = new ArrayList<>();
    add(parts, tally.of(VisitStatus.SUCCEEDED), " ok");
    add(parts, tally.of(VisitStatus.RUNNING), " running");
    add(parts, tally.of(VisitStatus.RETRYING), " retrying");
    add(parts, tally.of(VisitStatus.CALLBACK) + tally.of(VisitStatus.WAITING), " waiting");
    add(parts, tally.of(VisitStatus.CAUGHT), " caught");
    add(parts, tally.of(VisitStatus.FAILED) + tally.of(VisitStatus.TIMED_OUT), " failed");
    add(parts, tally.of(VisitStatus.ABORTED), " stopped");
    return parts.isEmpty() ? null : String.join(" · ", parts);
  }

  private static void add(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(Counts.of(count) + word);
    }
  }
}
