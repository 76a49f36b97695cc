package io.gradus.service.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.execution.view.Attempt;
import io.gradus.service.execution.view.CourseRecording;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Pause;
import io.gradus.service.execution.view.Tally;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.execution.view.VisitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the engine's own histories fold into.
class ExecutionCourseTest {
  private static final String CALL =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\"}";
  private static final String RETRY =
      "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"IntervalSeconds\":1,\"MaxAttempts\":1}]";
  private static final String CATCH =
      "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Mend\"}]";
  private static final String MEND = "\"Mend\":{\"Type\":\"Pass\",\"End\":true}";

  private static StoredWorld world;
  private Caller ann;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  @BeforeEach
  void newTenant() {
    ann = world.administrator();
  }

  static Stream<Arguments> histories() {
    return Stream.of(
        row(
            "{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Succeed\"}}",
            "{}",
            "A SUCCEEDED",
            "B SUCCEEDED"),
        row(
            "{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Fail\",\"Error\":\"No\"}}",
            "{}",
            "A SUCCEEDED",
            "B FAILED No"),
        row(
            "{\"A\":{" + CALL + "," + RETRY + ",\"End\":true}}",
            "{\"A\":[{\"throw\":{\"error\":\"Busy\"}},{\"return\":1}]}",
            "A SUCCEEDED Busy attempts=fail,ok retries=1"),
        row(
            "{\"A\":{" + CALL + "," + RETRY + "," + CATCH + ",\"End\":true}," + MEND + "}",
            "{\"A\":[{\"throw\":{\"error\":\"Busy\"}}]}",
            "A CAUGHT Busy attempts=fail,fail retries=1",
            "Mend SUCCEEDED"),
        row(
            "{\"A\":{" + CALL + ",\"End\":true}}",
            "{\"A\":[{\"throw\":{\"error\":\"Gone\"}}]}",
            "A FAILED Gone attempts=fail"),
        row(
            "{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":{"
                + CALL
                + ",\"End\":true}}},{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":300,\"End\":true}}}]}}",
            "{\"A\":[{\"throw\":{\"error\":\"Gone\"}}]}",
            "P FAILED Gone attempts=fail inner=FAILED:1,ABORTED:1",
            "A FAILED Gone attempts=fail",
            "W ABORTED"),
        row(
            "{\"P\":{\"Type\":\"Parallel\",\"Next\":\"Done\","
                + CATCH
                + ",\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Fail\",\"Error\":\"No\"}}}]},\"Done\":{\"Type\":\"Succeed\"},"
                + MEND
                + "}",
            "{}",
            "P CAUGHT attempts=fail inner=FAILED:1",
            "A FAILED",
            "Mend SUCCEEDED"),
        row(
            "{\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"End\":true,\"ItemProcessor\":{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}}}",
            "{}",
            "M SUCCEEDED attempts=ok of=3 inner=SUCCEEDED:3",
            "A SUCCEEDED",
            "A SUCCEEDED",
            "A SUCCEEDED"),
        row(
            "{\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":1,\"End\":true,\"ItemProcessor\":{\"StartAt\":\"A\",\"States\":{\"A\":{"
                + CALL
                + ",\"End\":true}}}}}",
            "{\"A\":[{\"throw\":{\"error\":\"Gone\"}}]}",
            "M FAILED Gone attempts=fail of=3 inner=FAILED:1",
            "A FAILED Gone attempts=fail"));
  }

  private static Arguments row(String states, String mocks, String... expected) {
    String first = states.substring(2, states.indexOf('"', 2));
    return Arguments.of(
        "{\"StartAt\":\"" + first + "\",\"States\":" + states + "}", mocks, List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void eachVisitSaysHowItEnded(String definition, String mocks, List<String> expected) {
    // given
    Execution.Started started = start(definition, "{\"items\":[1,2,3]}", mocks);

    // when
    ExecutionCourse course = followed(started, c -> c.status() != ExecutionStatus.RUNNING);

    // then
    assertThat(course.visits().stream().map(ExecutionCourseTest::text))
        .containsExactlyElementsOf(expected);
    assertThat(course.visits()).allSatisfy(v -> assertThat(v.endedAt()).isNotNull());
    assertThat(course.lines()).allSatisfy(l -> assertThat(l.status().isOpen()).isFalse());
    assertThat(course.tally(course.visits().getFirst().state()).open()).isZero();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void whatIsFoldedCommitByCommitIsWhatIsFoldedAtOnce(
      String definition, String mocks, List<String> expected) {
    // given
    Execution.Started started = start(definition, "{\"items\":[1,2,3]}", mocks);
    ExecutionCourse whole = followed(started, c -> c.status() != ExecutionStatus.RUNNING);
    ExecutionFinder.Row row = row(started);

    // when
    ExecutionCourse stepwise = new ExecutionCourse();
    List<Fact> next = world.finder.outline(ann, row, 1, 1).facts();
    while (!next.isEmpty()) {
      stepwise.apply(next);
      stepwise.apply(next);
      next = world.finder.outline(ann, row, stepwise.events().size() + 1, 1).facts();
    }

    // then
    assertThat(texts(stepwise)).isEqualTo(texts(whole)).hasSameSizeAs(expected);
    assertThat(index(stepwise)).isEqualTo(index(whole));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aMomentIsWhatTheFactsUpToItFoldInto(String definition, String mocks, List<String> expected) {
    // given
    Execution.Started started = start(definition, "{\"items\":[1,2,3]}", mocks);
    ExecutionCourse whole = followed(started, c -> c.status() != ExecutionStatus.RUNNING);
    List<Fact> facts = world.finder.outline(ann, row(started), 1, 1_000).facts();
    CourseRecording recording = new CourseRecording();
    recording.add(facts);
    recording.add(facts);
    int last = whole.events().size();
    assertThat(recording.lastEvent()).isEqualTo(last);

    // when, then: on, back, to and fro
    for (int event = 1; event <= last; event++) {
      assertThat(all(recording.at(event))).isEqualTo(all(folded(facts, event)));
    }
    for (int event = last; event >= 1; event--) {
      assertThat(all(recording.at(event))).isEqualTo(all(folded(facts, event)));
      assertThat(all(recording.at(last + 1L))).isEqualTo(all(whole));
    }
  }

  @Test
  void eachMomentSaysHowItStoodThen() {
    // given: fails, is retried, fails, is caught
    Execution.Started started =
        start(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{"
                + CALL
                + ","
                + RETRY
                + ","
                + CATCH
                + ",\"End\":true},"
                + MEND
                + "}}",
            "{}",
            "{\"A\":[{\"throw\":{\"error\":\"Busy\"}}]}");
    ExecutionCourse whole = followed(started, c -> c.status() != ExecutionStatus.RUNNING);
    CourseRecording recording = new CourseRecording();
    recording.add(world.finder.outline(ann, row(started), 1, 1_000).facts());

    // when
    List<String> moments =
        IntStream.rangeClosed(1, whole.events().size())
            .mapToObj(event -> whole.events().type(event) + ": " + texts(recording.at(event)))
            .toList();

    // then
    assertThat(moments)
        .containsExactly(
            "ExecutionStarted: []",
            "TaskStateEntered: [A RUNNING]",
            "TaskScheduled: [A RUNNING attempts=open]",
            "TaskStarted: [A RUNNING attempts=open]",
            "TaskFailed: [A RETRYING Busy attempts=fail retries=1]",
            "TaskScheduled: [A RUNNING Busy attempts=fail,open retries=1]",
            "TaskStarted: [A RUNNING Busy attempts=fail,open retries=1]",
            "TaskFailed: [A RUNNING Busy attempts=fail,fail retries=1]",
            "TaskStateExited: [A CAUGHT Busy attempts=fail,fail retries=1]",
            "PassStateEntered: [A CAUGHT Busy attempts=fail,fail retries=1, Mend RUNNING]",
            "PassStateExited: [A CAUGHT Busy attempts=fail,fail retries=1, Mend SUCCEEDED]",
            "ExecutionSucceeded: [A CAUGHT Busy attempts=fail,fail retries=1, Mend SUCCEEDED]");
    assertThat(recording.at(4).status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(recording.at(12).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(whole.visits().stream().map(Visit::endedEvent)).containsExactly(9L, 11L);
  }

  @Test
  void aRedriveGoesOnAfterAPause() {
    // given
    String work = world.activities.create(ann, "work", Map.of()).arn();
    Execution.Started started =
        start(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"D","States":{"D":{"Type":"Pass","End":true}}},
              {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"%s","End":true}}},
              {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":300,"End":true}}}]}}}"""
                .formatted(work),
            "{}",
            null);
    world.tasks.fail(
        ann, world.activities.poll(ann, work, null).orElseThrow().token(), "Gone", "it broke");
    ExecutionCourse failed = followed(started, c -> c.status() == ExecutionStatus.FAILED);
    int failedAt = failed.events().size();
    assertThat(failed.pauses()).isEmpty();

    // when
    world.executions.redrive(ann, started.arn(), null);
    world.tasks.succeed(ann, world.activities.poll(ann, work, null).orElseThrow().token(), "1");
    ExecutionCourse course = followed(started, c -> c.tally("A").of(VisitStatus.SUCCEEDED) == 1);

    // then: what was through stays so, the rest goes on
    assertThat(texts(course))
        .containsExactlyInAnyOrder(
            "P RUNNING Gone attempts=fail,open inner=WAITING:1,SUCCEEDED:2",
            "D SUCCEEDED",
            "A SUCCEEDED Gone attempts=fail,ok",
            "W WAITING");
    assertThat(course.pauses())
        .containsExactly(
            new Pause(
                course.events().time(failedAt),
                course.events().time(failedAt + 1L),
                failedAt + 1L));
    Visit outer = course.visits().getFirst();
    assertThat(outer.attempts().getFirst().endedAt()).isEqualTo(course.pauses().getFirst().from());
    assertThat(outer.attempts().getLast().startedAt()).isEqualTo(course.pauses().getFirst().to());

    // when: between the end and the redrive, and at the redrive itself
    CourseRecording recording = new CourseRecording();
    recording.add(world.finder.outline(ann, row(started), 1, 1_000).facts());

    // then
    assertThat(recording.at(failedAt + 1L).status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(recording.at(failedAt + 1L).visits())
        .filteredOn(visit -> visit.status().isOpen())
        .extracting(Visit::state)
        .containsExactlyInAnyOrder("P", "A", "W");
    assertThat(recording.at(failedAt).status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(all(recording.at(failedAt))).isEqualTo(all(failed));
    world.executions.stop(ann, started.arn(), null, null);
  }

  /// The facts up to an event and those that the engine keeps behind it.
  private static ExecutionCourse folded(List<Fact> facts, int event) {
    ExecutionCourse course = new ExecutionCourse();
    course.apply(
        facts.stream()
            .takeWhile(fact -> !(fact instanceof Fact.HistoryEvent e) || e.id() <= event)
            .toList());
    return course;
  }

  private static List<String> all(ExecutionCourse course) {
    return Stream.of(
            texts(course),
            index(course),
            List.of(course.status() + " " + course.endEvent() + " " + course.stoppedAt()))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void aRunningExecutionSaysWhatItWaitsFor() {
    // given
    Execution.Started started =
        start(
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":300,\"End\":true}}},{\"StartAt\":\"R\",\"States\":{\"R\":{"
                + CALL
                + ",\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"IntervalSeconds\":300}],\"End\":true}}}]}}}",
            "{}",
            "{\"R\":[{\"throw\":{\"error\":\"Busy\",\"cause\":\"later\"}}]}");

    // when
    ExecutionCourse course =
        followed(
            started, c -> c.tally("R").of(VisitStatus.RETRYING) == 1 && c.visits().size() == 3);

    // then
    assertThat(texts(course))
        .containsExactlyInAnyOrder(
            "P RUNNING attempts=open inner=RETRYING:1,WAITING:1",
            "W WAITING",
            "R RETRYING Busy attempts=fail retries=1");
    assertThat(course.visits().stream().filter(v -> v.due() != null)).hasSize(2);

    // when
    world.executions.stop(ann, started.arn(), "Enough", "of it");
    course = followed(started, c -> c.status() != ExecutionStatus.RUNNING);

    // then
    assertThat(course.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(course.error()).isEqualTo("Enough");
    assertThat(course.visits()).allMatch(v -> v.status() == VisitStatus.ABORTED);
  }

  @Test
  void everyEventIsIndexedWithItsTypeAndItsVisit() {
    // given
    Execution.Started started =
        start(
            "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$\",\"End\":true,\"ItemProcessor\":{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Assign\":{\"v\":1},\"End\":true}}}}}}",
            "[1,2]",
            null);

    // when
    ExecutionCourse course = followed(started, c -> c.status() != ExecutionStatus.RUNNING);

    // then
    ExecutionFinder.Row row = row(started);
    List<Fact.HistoryEvent> events =
        world.finder.events(
            ann,
            row,
            IntStream.rangeClosed(1, course.events().size()).mapToObj(i -> (long) i).toList());
    assertThat(events).hasSize((int) row.events());
    for (Fact.HistoryEvent event : events) {
      assertThat(course.events().type(event.id())).isEqualTo(EventType.of(event.details()));
      assertThat(course.events().time(event.id())).isEqualTo(event.timestamp());
      int visit = course.events().visit(event.id());
      assertThat(visit < 0 ? "-" : course.visits().get(visit).state())
          .isEqualTo(
              switch (EventType.of(event.details())) {
                case "ExecutionStarted" -> "-";
                case "PassStateEntered", "PassStateExited" -> "A";
                default -> "M";
              });
    }
    assertThat(
            course.lines().stream()
                .flatMap(l -> l.assignments().stream())
                .map(Line.Assigned::names))
        .containsExactly(List.of("v"), List.of("v"));
  }

  @Test
  void whoWatchesIsToldOfEachMoveUntilItCloses() throws Exception {
    // given
    Execution.Started started =
        start(
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":300,\"End\":true}}}",
            "{}",
            null);
    CountDownLatch one = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Caller stranger = world.administrator();
    CountDownLatch strangers = new CountDownLatch(1);

    try (ExecutionWatch.Watching first = world.watch.watch(ann, row(started), one::countDown);
        ExecutionWatch.Watching second = world.watch.watchAll(ann, all::countDown);
        ExecutionWatch.Watching third = world.watch.watchAll(stranger, strangers::countDown)) {
      assertThat(List.of(first, second, third)).doesNotContainNull();
      world.watch.watch(ann, row(started), closed::countDown).close();

      // when
      world.executions.stop(ann, started.arn(), null, null);

      // then
      assertThat(one.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(closed.getCount()).isEqualTo(1);
      assertThat(strangers.getCount()).isEqualTo(1);
    }
  }

  private Execution.Started start(String definition, String input, @Nullable String mocks) {
    StateMachine.Summary machine =
        world.stateMachines.create(
            ann,
            new StateMachine.Draft(
                "m",
                definition,
                "arn:aws:iam::100000000001:role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()));
    return world.executions.start(
        ann, new Execution.Start(machine.arn(), "run", input, null, mocks));
  }

  private ExecutionFinder.Row row(Execution.Started started) {
    return world.finder.find(ann, "m", started.arn().substring(started.arn().lastIndexOf(':') + 1));
  }

  private ExecutionCourse followed(Execution.Started started, Predicate<ExecutionCourse> until) {
    ExecutionFinder.Row row = row(started);
    ExecutionCourse course = new ExecutionCourse();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (!until.test(course) && Instant.now().isBefore(deadline)) {
      course.apply(world.finder.outline(ann, row, course.events().size() + 1, 50).facts());
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return course;
  }

  private static List<String> texts(ExecutionCourse course) {
    return course.visits().stream().map(ExecutionCourseTest::text).toList();
  }

  private static List<String> index(ExecutionCourse course) {
    return IntStream.rangeClosed(1, course.events().size())
        .mapToObj(i -> course.events().type(i) + course.events().time(i) + course.events().visit(i))
        .toList();
  }

  private static String text(Visit visit) {
    StringBuilder text = new StringBuilder(visit.state() + " " + visit.status());
    if (visit.error() != null) {
      text.append(' ').append(visit.error());
    }
    if (!visit.attempts().isEmpty()) {
      text.append(" attempts=")
          .append(
              visit.attempts().stream()
                  .map(ExecutionCourseTest::outcome)
                  .collect(Collectors.joining(",")));
    }
    if (visit.retries() > 0) {
      text.append(" retries=").append(visit.retries());
    }
    if (visit.expected() > 0) {
      text.append(" of=").append(visit.expected());
    }
    Tally inner = visit.inner();
    if (inner.total() > 0) {
      text.append(" inner=")
          .append(
              Stream.of(VisitStatus.values())
                  .filter(s -> inner.of(s) > 0)
                  .map(s -> s + ":" + inner.of(s))
                  .collect(Collectors.joining(",")));
    }
    return text.toString();
  }

  private static String outcome(Attempt attempt) {
    return attempt.endedAt() == null ? "open" : attempt.failed() ? "fail" : "ok";
  }
}
