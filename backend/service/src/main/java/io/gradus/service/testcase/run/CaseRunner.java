package io.gradus.service.testcase.run;

import io.gradus.asl.model.Definition;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Payload;
import io.gradus.service.execution.view.EventIndex;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Runs test cases of one definition, one after the other.
///
/// @param account 12 digits
/// @param machine the state machine's name
/// @param limits what its payloads may be; a history has 25,000 events in any case
public record CaseRunner(
    Definition definition,
    String region,
    String account,
    String machine,
    ExecutionInfo.Limits limits) {

  /// Runs a case and compares what comes of it with what it expects.
  ///
  /// @param expired asked between two steps; true breaks the run off
  public CaseResult run(TestCase testCase, BooleanSupplier expired) {
    long began = System.nanoTime();
    String misfit = CaseMocks.misfit(testCase.mocks(), definition);
    if (misfit != null) {
      return CaseResult.notRun(misfit);
    }
    CaseRun.Ended ended = run(testCase, CaseMocks.read(testCase.mocks()), expired);
    ExecutionCourse course = new ExecutionCourse();
    course.apply(ended.journal());
    return result(testCase, ended, course, Duration.ofNanos(System.nanoTime() - began));
  }

  CaseRun.Ended run(TestCase testCase, Answers answers, BooleanSupplier expired) {
    return CaseRun.run(
        new CaseRun.Setup(
            definition, region, account, machine, testCase.input(), testCase.startTime(), limits),
        answers,
        expired);
  }

  private static CaseResult result(
      TestCase testCase, CaseRun.Ended ended, ExecutionCourse course, Duration took) {
    Execution execution = ended.execution();
    Payload output = execution.output();
    JsonNode json = output == null ? null : output.json();
    TestCase.Expected expected = testCase.expected();
    List<JsonDifference> differences =
        json == null || expected.output() == null
            ? List.of()
            : JsonDifference.between(expected.output(), json, expected.ignore());
    List<String> problems = problems(expected, ended, course, differences);
    return new CaseResult(
        problems.isEmpty(),
        problems,
        ended.broken() == null ? execution.status().name() : CaseResult.BROKEN_OFF,
        json,
        error(execution),
        execution.cause(),
        differences,
        StatePath.of(course),
        steps(course),
        course.visits().size(),
        events(course),
        course.events().size(),
        took);
  }

  /// AWS says no error of an execution whose own time was over; it is this one to whoever waits.
  static @Nullable String error(Execution execution) {
    return execution.status() == ExecutionStatus.TIMED_OUT && execution.error() == null
        ? "States.Timeout"
        : execution.error();
  }

  private static List<String> problems(
      TestCase.Expected expected,
      CaseRun.Ended ended,
      ExecutionCourse course,
      List<JsonDifference> differences) {
    if (ended.broken() != null) {
      return List.of(ended.broken());
    }
    List<String> problems = new ArrayList<>();
    String end = end(expected, ended.execution());
    if (end != null) {
      problems.add(end);
    }
    if (!differences.isEmpty()) {
      int count = differences.size();
      problems.add(
          count == 1
              ? "The output differs at one place from what is expected."
              : "The output differs at "
                  + (count < JsonDifference.MOST ? "" : "at least ")
                  + count
                  + " places from what is expected.");
    }
    JsonNode path = expected.path();
    String way = path == null ? null : StatePath.difference(path, course);
    if (way != null) {
      problems.add(way);
    }
    return problems;
  }

  private static @Nullable String end(TestCase.Expected expected, Execution execution) {
    boolean succeeded = execution.status() == ExecutionStatus.SUCCEEDED;
    String error = error(execution);
    if (expected.error() == null) {
      return succeeded
          ? null
          : "The execution failed with "
              + told(error, execution.cause())
              + ". The case does not expect an error.";
    }
    if (succeeded) {
      return "Expected the error '" + expected.error() + "', but the execution succeeded.";
    }
    // No name at all is expected as an empty one.
    if (!expected.error().equals(error == null ? "" : error)) {
      return "Expected the error '"
          + expected.error()
          + "', found "
          + told(error, execution.cause())
          + ".";
    }
    if (expected.cause() != null && !expected.cause().equals(execution.cause())) {
      return "Expected the cause '"
          + JsonDifference.shortened(expected.cause())
          + "', found '"
          + JsonDifference.shortened(String.valueOf(execution.cause()))
          + "'.";
    }
    return null;
  }

  private static String told(@Nullable String error, @Nullable String cause) {
    String name = error == null ? "no error name" : "'" + error + "'";
    return cause == null || cause.isEmpty()
        ? name
        : name + " (" + JsonDifference.shortened(cause.replaceFirst("\\.$", "")) + ")";
  }

  private static List<CaseResult.Step> steps(ExecutionCourse course) {
    return course.visits().stream()
        .limit(CaseResult.MAX_STEPS)
        .map(visit -> step(course, visit))
        .toList();
  }

  private static CaseResult.Step step(ExecutionCourse course, Visit visit) {
    return new CaseResult.Step(
        visit.state(),
        Places.words(course, visit.frame()),
        visit.kind().wireName(),
        visit.status().name(),
        visit.retries(),
        visit.error());
  }

  private static List<CaseResult.Event> events(ExecutionCourse course) {
    EventIndex index = course.events();
    List<CaseResult.Event> events = new ArrayList<>();
    for (long id = 1; id <= Math.min(index.size(), CaseResult.MAX_EVENTS); id++) {
      int visit = index.visit(id);
      events.add(
          new CaseResult.Event(
              id, index.type(id), visit < 0 ? "" : course.visits().get(visit).state()));
    }
    return events;
  }

  /// What a case would have to expect for this to be as expected.
  public static TestCase.Expected asExpected(CaseResult result, List<String> ignored) {
    return result.output() != null
        ? new TestCase.Expected(result.output(), null, null, result.path(), ignored)
        : new TestCase.Expected(
            null,
            result.error() == null ? "" : result.error(),
            result.cause(),
            result.path(),
            List.of());
  }
}
