package io.gradus.service.execution.view;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.StateKind;
import io.gradus.engine.TaskResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A course that a test writes down in words, each of which is an event a second after the one
/// before:
///
/// | word | what happens |
/// |---|---|
/// | `+A` | the Task A is entered and called |
/// | `=` | its call succeeds |
/// | `!E` | its call fails with the error E |
/// | `~` | what failed waits to be retried, and is called again |
/// | `*` | it is called again, as after a redrive |
/// | `-` | the state is left |
/// | `+M[2` | the Map M is entered, over so many items |
/// | `(0` | the item 0 begins; what follows happens in it |
/// | `)` | the item ends well |
/// | `]` | the Map succeeds, and is left |
/// | `ok`, `fail:E`, `stop`, `late` | the execution ends |
/// | `redrive` | it is taken up again |
final class WrittenCourse {
  private static final Payload NOTHING = Payload.ofText("{}");
  private static final TaskResource CALL =
      new TaskResource(TaskResource.Family.TASK, "lambda", "invoke");

  private final List<Fact> facts = new ArrayList<>();
  private FrameId frame = FrameId.ROOT;
  private long events;
  private long mapStarted;
  private int items;
  private String map = "";
  private String state = "";

  private WrittenCourse() {}

  static ExecutionCourse of(String words) {
    WrittenCourse written = new WrittenCourse();
    written.event(new Details.ExecutionStarted(NOTHING, "role", null, null));
    for (String word : words.isBlank() ? new String[] {} : words.strip().split("\\s+")) {
      written.word(word);
    }
    ExecutionCourse course = new ExecutionCourse();
    course.apply(written.facts);
    return course;
  }

  private void word(String word) {
    String rest = word.substring(1);
    switch (word.charAt(0)) {
      case '+' -> enter(rest);
      case '=' -> event(new Details.TaskSucceeded(CALL, NOTHING));
      case '!' -> event(new Details.TaskFailed(CALL, Command.FailureKind.FAILED, rest, "because"));
      case '~' -> {
        facts.add(new Fact.RetryArmed(frame, 0, new Deadline(at(events + 1), false)));
        call();
      }
      case '*' -> call();
      case '-' -> event(new Details.StateExited(StateKind.TASK, name(state), NOTHING, Map.of()));
      case '(' -> {
        int index = Integer.parseInt(rest);
        frame = FrameId.ROOT.child(mapStarted, index, items);
        event(new Details.MapIterationStarted(name(map), index, NOTHING));
      }
      case ')' -> {
        event(new Details.MapIterationSucceeded(name(map), frame.index()));
        frame = FrameId.ROOT;
      }
      case ']' -> {
        frame = FrameId.ROOT;
        event(new Details.MapSucceeded());
        event(new Details.StateExited(StateKind.MAP, name(map), NOTHING, Map.of()));
      }
      default -> end(word);
    }
  }

  private void end(String word) {
    switch (word) {
      case "ok" -> event(new Details.ExecutionSucceeded(NOTHING));
      case "stop" -> event(new Details.ExecutionAborted(null, null));
      case "late" -> event(new Details.ExecutionTimedOut(null, null));
      case "redrive" -> event(new Details.ExecutionRedriven(1));
      default -> event(new Details.ExecutionFailed(word.substring("fail:".length()), null));
    }
  }

  private void enter(String text) {
    int size = text.indexOf('[');
    if (size < 0) {
      state = text;
      event(new Details.StateEntered(StateKind.TASK, name(text), NOTHING));
      call();
      return;
    }
    map = text.substring(0, size);
    items = Integer.parseInt(text.substring(size + 1));
    event(new Details.StateEntered(StateKind.MAP, name(map), NOTHING));
    event(new Details.MapStarted(items));
    mapStarted = events;
  }

  private void call() {
    event(new Details.TaskScheduled(CALL, NOTHING, null, null, null));
  }

  private void event(Details details) {
    long before = events;
    events++;
    facts.add(new Fact.HistoryEvent(events, before, at(events), frame, details));
  }

  private static Instant at(long event) {
    return Instant.ofEpochSecond(event);
  }

  private static StateName name(String text) {
    return new StateName(text);
  }
}
