package io.gradus.console.executions;

import io.gradus.console.part.Status;
import io.gradus.engine.StateKind;
import io.gradus.service.execution.view.Attempt;
import io.gradus.service.execution.view.Pause;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.execution.view.VisitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A visit as the timeline's element takes it; `executions/gradus-timeline.ts` reads it.
final class TimelineRow {
  private final Visit visit;
  private final Instant start;
  private final ArrayNode bands = JsonNodeFactory.instance.arrayNode();

  private final List<Pause> pauses;

  private TimelineRow(Visit visit, Instant start, List<Pause> pauses) {
    this.visit = visit;
    this.start = start;
    this.pauses = pauses;
  }

  /// @param start of the execution
  /// @param pauses between its ends and its redrives, when nothing of it ran
  static ObjectNode of(Visit visit, @Nullable Visit around, Instant start, List<Pause> pauses) {
    TimelineRow row = new TimelineRow(visit, start, pauses);
    row.draw();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("k", visit.index());
    json.put("p", around == null ? -1 : around.index());
    json.put("f", visit.frame().index());
    json.put("e", visit.enteredEvent());
    json.put("x", visit.endedEvent());
    boolean item = around != null && around.kind() == StateKind.MAP;
    json.put("name", item ? visit.frame().index() + " · " + visit.state() : visit.state());
    Status status = Standing.status(visit);
    json.put("s", status.key());
    json.put("w", status.word());
    // The items of a Map Run are executions of their own.
    if (visit.kind() == StateKind.MAP && visit.expected() > 0 && visit.mapRun() == null) {
      json.put("more", true);
      if (visit.status().isOpen()) {
        json.put("line", visit.inner().of(VisitStatus.SUCCEEDED) + " of " + visit.expected());
      }
    }
    if ("approval".equals(visit.resourceType())) {
      json.put("c", Status.PERSON.key());
    }
    json.set("b", row.bands);
    return json;
  }

  private void draw() {
    Instant ended = visit.endedAt();
    if (visit.attempts().isEmpty()) {
      band(visit.kind() == StateKind.WAIT ? "wait" : ending(), visit.enteredAt(), ended);
      return;
    }
    Instant free = null;
    for (Attempt attempt : visit.attempts()) {
      if (free != null) {
        between(free, attempt.startedAt());
      }
      attempt(attempt);
      free = attempt.endedAt();
    }
    if (free != null && visit.status() == VisitStatus.RETRYING) {
      put("retry", free, null);
    }
  }

  /// What lies between two attempts: the wait for a retry, as far as the execution went on.
  private void between(Instant from, Instant to) {
    for (Pause pause : pauses) {
      if (!pause.from().isBefore(from) && !pause.to().isAfter(to)) {
        if (from.isBefore(pause.from())) {
          put("retry", from, pause.from());
        }
        // A redrive tries again at once.
        return;
      }
    }
    put("retry", from, to);
  }

  private void attempt(Attempt attempt) {
    boolean last = attempt == visit.attempts().getLast();
    String kind = attempt.failed() ? "fail" : last ? ending() : "ok";
    Instant waits = attempt.callbackSince();
    band(kind, attempt.startedAt(), waits == null ? attempt.endedAt() : waits);
    if (waits != null) {
      band("callback", waits, attempt.endedAt());
    }
  }

  private String ending() {
    return switch (visit.status()) {
      case SUCCEEDED -> "ok";
      case FAILED -> "fail";
      case CAUGHT -> "caught";
      case TIMED_OUT, ABORTED -> "abort";
      case RUNNING, RETRYING, CALLBACK, WAITING -> "run";
    };
  }

  /// Cuts out when the execution was over.
  private void band(String kind, Instant from, @Nullable Instant to) {
    Instant at = from;
    for (Pause pause : pauses) {
      if (!pause.from().isBefore(at) && (to == null || pause.from().isBefore(to))) {
        put(untilPause(kind, pause), at, pause.from());
        at = pause.to();
      }
    }
    put(kind, at, to);
  }

  /// What was cut short did not end as it did after the redrive.
  private String untilPause(String kind, Pause pause) {
    if (kind.equals("wait") || kind.equals("retry") || kind.equals("callback")) {
      return kind;
    }
    boolean failed = visit.failedEvent() != 0 && visit.failedEvent() < pause.redrivenEvent();
    return failed ? "fail" : "abort";
  }

  private void put(String kind, Instant from, @Nullable Instant to) {
    ArrayNode band = bands.addArray().add(kind).add(Duration.between(start, from).toMillis());
    if (to == null) {
      band.addNull();
    } else {
      band.add(Duration.between(start, to).toMillis());
    }
  }
}
