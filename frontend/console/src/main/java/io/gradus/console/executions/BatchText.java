package io.gradus.console.executions;

import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.PayloadJson;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.Batch.Action;
import io.gradus.service.batch.Batch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Batches in words.
final class BatchText {
  private BatchText() {}

  /// What is done to each.
  static String verb(Action action) {
    return switch (action) {
      case STOP -> "Stop";
      case REDRIVE -> "Redrive";
    };
  }

  /// What was done to each.
  static String done(Action action) {
    return switch (action) {
      case STOP -> "stopped";
      case REDRIVE -> "redriven";
    };
  }

  /// What it does: `Redrive 37 executions`.
  static String title(Batch batch) {
    return verb(batch.action()) + " " + executions(batch.total());
  }

  /// `1 execution`, `37 executions`.
  static String executions(int count) {
    return count == 1 ? "1 execution" : Counts.of(count) + " executions";
  }

  /// How it stands.
  static StatusMark mark(Batch batch) {
    return switch (batch.status()) {
      case RUNNING -> new StatusMark(Status.RUNNING);
      case CANCELLING -> new StatusMark(Status.RUNNING, "Cancelling");
      case CANCELLED -> new StatusMark(Status.STOPPED, "Cancelled");
      case ENDED ->
          batch.refused() == 0
              ? new StatusMark(Status.SUCCEEDED, "Done")
              : new StatusMark(Status.FAILED, Counts.of(batch.refused()) + " refused");
    };
  }

  /// How an item stands.
  static Status status(Outcome outcome) {
    return switch (outcome) {
      case WAITING -> Status.NOT_REACHED;
      case DONE -> Status.SUCCEEDED;
      case REFUSED -> Status.FAILED;
      case CANCELLED -> Status.STOPPED;
    };
  }

  /// What came of an item, for people.
  static String word(Action action, Outcome outcome) {
    return switch (outcome) {
      case WAITING -> "Waiting";
      case DONE -> action == Action.STOP ? "Stopped" : "Redriven";
      case REFUSED -> "Refused";
      case CANCELLED -> "Not begun";
    };
  }

  /// How many items something came of: `12 of 37`.
  static String progress(Batch batch) {
    return Counts.of((long) batch.total() - batch.waiting()) + " of " + Counts.of(batch.total());
  }

  /// How long it took, or has been taking.
  static String took(Batch batch, Instant now) {
    Instant ended = batch.endedAt();
    return Moments.duration(Duration.between(batch.createdAt(), ended == null ? now : ended));
  }

  /// What was asked for.
  static String selection(Batch batch, Moments moments) {
    JsonNode asked = PayloadJson.MAPPER.readTree(batch.selection());
    if (asked.has("executions")) {
      return "Picked one by one";
    }
    List<String> terms = new ArrayList<>();
    if (asked.has("stateMachine")) {
      terms.add("state machine " + asked.get("stateMachine").asString());
    }
    if (asked.has("statuses")) {
      terms.add(
          asked
              .get("statuses")
              .valueStream()
              .map(status -> Status.of(ExecutionStatus.valueOf(status.asString())).word())
              .collect(Collectors.joining(" or ")));
    }
    if (asked.has("startedFrom")) {
      terms.add("started from " + at(asked.get("startedFrom"), moments));
    }
    if (asked.has("startedBefore")) {
      terms.add("started before " + at(asked.get("startedBefore"), moments));
    }
    if (asked.has("namePrefix")) {
      terms.add("name begins with " + asked.get("namePrefix").asString());
    }
    if (asked.has("error")) {
      terms.add("error " + asked.get("error").asString());
    }
    return "All that matched: " + String.join(" · ", terms);
  }

  private static String at(JsonNode moment, Moments moments) {
    return moments.moment(Instant.parse(moment.asString()), Instant.now());
  }
}
