package io.gradus.service.testcase.run;

import io.gradus.engine.PayloadJson;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What came of running a test case.
///
/// @param passed whether all came as expected
/// @param problems why not, a sentence each
/// @param status of the execution: SUCCEEDED, FAILED, TIMED_OUT, or BROKEN_OFF where the run did
///   not come to its end
/// @param output null unless it succeeded
/// @param differences of the output from the expected one
/// @param path the states it went through, in the form that a case expects them; see [StatePath]
/// @param steps the same for reading, with those inside of branches and items; the first of them
/// @param stepCount how many there are
/// @param events of its history; the first of them
/// @param eventCount how many there are
/// @param took in the world of people; Waits take no time
public record CaseResult(
    boolean passed,
    List<String> problems,
    String status,
    @Nullable JsonNode output,
    @Nullable String error,
    @Nullable String cause,
    List<JsonDifference> differences,
    JsonNode path,
    List<Step> steps,
    int stepCount,
    List<Event> events,
    int eventCount,
    Duration took) {
  /// Of a run that did not come to its end.
  public static final String BROKEN_OFF = "BROKEN_OFF";

  /// So many steps and events are kept.
  static final int MAX_STEPS = 300;

  static final int MAX_EVENTS = 500;

  public CaseResult {
    problems = List.copyOf(problems);
    differences = List.copyOf(differences);
    steps = List.copyOf(steps);
    events = List.copyOf(events);
  }

  /// A state that was entered.
  ///
  /// @param place in which branch or item, for people; empty for the execution's own
  /// @param kind of the state: `Task`
  /// @param status RUNNING, RETRYING, WAITING, CALLBACK, SUCCEEDED, CAUGHT, FAILED, TIMED_OUT,
  ///   ABORTED
  /// @param retries how often its error was retried
  /// @param error that it met last; null for none
  public record Step(
      String state,
      String place,
      String kind,
      String status,
      int retries,
      @Nullable String error) {}

  /// An event of the history.
  ///
  /// @param type AWS's name
  /// @param state whose it is; empty for the execution's own
  public record Event(long id, String type, String state) {}

  /// One that no run came to.
  public static CaseResult notRun(String why) {
    return new CaseResult(
        false,
        List.of(why),
        BROKEN_OFF,
        null,
        null,
        null,
        List.of(),
        PayloadJson.MAPPER.createArrayNode(),
        List.of(),
        0,
        List.of(),
        0,
        Duration.ZERO);
  }
}
