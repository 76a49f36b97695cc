package io.gradus.bench.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.bench.chaos.check.Note.Outcome;
import io.gradus.bench.chaos.check.Verdict.Kind;
import io.gradus.bench.chaos.simulation.PlantedFault;
import io.gradus.bench.chaos.simulation.Simulation;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.journal.JournalCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A recording that is right, and what the checker says when a line of it is changed.
class CheckerTest {
  private static final Recording RIGHT = Simulation.record(3, PlantedFault.NONE);

  @TempDir Path directory;

  @Test
  void findsNothingInWhatIsRightAlsoWhenReadFromItsFiles() throws IOException {
    RecordingFiles files = new RecordingFiles(directory);
    files.write(RIGHT);
    Recording read = files.read();
    assertThat(read.notes()).isEqualTo(RIGHT.notes());
    assertThat(read.executions()).hasSameSizeAs(RIGHT.executions());
    assertThat(Simulation.verdict(read).told()).isEmpty();
    assertThat(Simulation.verdict(read).line())
        .isEqualTo(
            "executions=%d lost=0 duplicated=0 gaps=0 early=0"
                .formatted(RIGHT.executions().size()));
  }

  @ParameterizedTest
  @MethodSource
  void findsWhatIsWrong(String what, UnaryOperator<Recording> change, Kind kind, String told) {
    Verdict verdict = Simulation.verdict(change.apply(RIGHT));
    assertThat(verdict.of(kind)).as(what).anySatisfy(line -> assertThat(line).contains(told));
  }

  static Stream<Arguments> findsWhatIsWrong() {
    return Stream.of(
        row(
            "an acknowledged start is gone",
            r -> executions(r, tail(r.executions())),
            Kind.LOST,
            "was acknowledged, and is not there"),
        row(
            "an execution is there twice",
            r -> executions(r, plus(r.executions(), again(r.executions().getFirst()))),
            Kind.DUPLICATED,
            "is there twice"),
        row(
            "an execution still runs",
            r -> executions(r, plus(tail(r.executions()), running(r.executions().getFirst()))),
            Kind.LOST,
            "is still RUNNING"),
        row(
            "a run of events is gone",
            r -> runs(r, without(r.runs(), r.runs().get(1))),
            Kind.GAP,
            "has event"),
        row(
            "a run of events came twice",
            r -> runs(r, plus(r.runs(), r.runs().get(1))),
            Kind.DUPLICATED,
            "does not rest at its end"),
        row(
            "a history has no execution",
            r -> runs(r, plus(r.runs(), orphan(r.runs().getFirst()))),
            Kind.DUPLICATED,
            "no execution"),
        row(
            "an event is of another branch",
            r -> runs(r, changed(r.runs(), CheckerTest::misled)),
            Kind.GAP,
            "after its predecessor"),
        row(
            "events are later than their commit",
            r -> runs(r, changed(r.runs(), CheckerTest::committedEarlier)),
            Kind.EARLY,
            "by the database's clock"),
        row(
            "a call was not scheduled",
            r -> calls(r, plus(r.calls(), new WorkerCall(0, "none", null, Instant.EPOCH, null))),
            Kind.DUPLICATED,
            "no history schedules it"),
        row(
            "a call came before its schedule was stored",
            r -> calls(r, changed(r.calls(), CheckerTest::earlier)),
            Kind.EARLY,
            "was durable at"),
        row(
            "an answer was never given",
            r -> calls(r, List.of()),
            Kind.DUPLICATED,
            "which was not given to"),
        row(
            "a token is closed twice",
            r -> notes(r, again(r.notes(), "SendTaskSuccess")),
            Kind.DUPLICATED,
            "a token was closed twice"),
        row(
            "another tenant was let in",
            r -> notes(r, plus(r.notes(), trespass())),
            Kind.DUPLICATED,
            "was allowed"),
        row(
            "rows are left over",
            r -> new Recording(r.notes(), r.calls(), r.executions(), r.runs(), Map.of("timer", 2L)),
            Kind.LOST,
            "rows left in timer"));
  }

  private static Arguments row(
      String what, UnaryOperator<Recording> change, Kind kind, String told) {
    return Arguments.of(what, change, kind, told);
  }

  private static Recording notes(Recording r, List<Note> notes) {
    return new Recording(notes, r.calls(), r.executions(), r.runs(), r.leftovers());
  }

  private static Recording calls(Recording r, List<WorkerCall> calls) {
    return new Recording(r.notes(), calls, r.executions(), r.runs(), r.leftovers());
  }

  private static Recording executions(Recording r, List<StoredExecution> executions) {
    return new Recording(r.notes(), r.calls(), executions, r.runs(), r.leftovers());
  }

  private static Recording runs(Recording r, List<StoredRun> runs) {
    return new Recording(r.notes(), r.calls(), r.executions(), runs, r.leftovers());
  }

  private static <T> List<T> tail(List<T> all) {
    return all.subList(1, all.size());
  }

  private static <T> List<T> plus(List<T> all, T one) {
    List<T> more = new ArrayList<>(all);
    more.add(one);
    return more;
  }

  private static <T> List<T> without(List<T> all, T one) {
    return all.stream().filter(each -> !each.equals(one)).toList();
  }

  private static <T> List<T> changed(List<T> all, UnaryOperator<T> change) {
    return all.stream().map(change).toList();
  }

  private static StoredExecution again(StoredExecution row) {
    return with(row, new UUID(1, 1), row.status());
  }

  private static StoredExecution running(StoredExecution row) {
    return with(row, row.id(), ExecutionStatus.RUNNING);
  }

  private static StoredExecution with(StoredExecution row, UUID id, ExecutionStatus status) {
    return new StoredExecution(
        row.tenant(),
        id,
        row.machine(),
        row.name(),
        status,
        row.state(),
        row.lastEventId(),
        row.parent(),
        row.startedAt(),
        row.stoppedAt(),
        row.definition());
  }

  private static StoredRun orphan(StoredRun run) {
    return new StoredRun(
        "999999999999", run.execution(), run.firstEventId(), 0, run.events(), run.committedAt());
  }

  private static StoredRun misled(StoredRun run) {
    List<Fact> facts =
        JournalCodec.decode(run.events()).stream()
            .map(
                fact ->
                    fact instanceof Fact.HistoryEvent e && e.id() > 3
                        ? new Fact.HistoryEvent(e.id(), 0, e.timestamp(), e.frame(), e.details())
                        : fact)
            .toList();
    return with(run, JournalCodec.encode(facts), run.committedAt());
  }

  private static StoredRun committedEarlier(StoredRun run) {
    Instant at = run.committedAt();
    return with(run, run.events(), at == null ? null : at.minusSeconds(1));
  }

  private static StoredRun with(StoredRun run, byte[] events, @Nullable Instant committedAt) {
    return new StoredRun(
        run.tenant(), run.execution(), run.firstEventId(), run.movedBy(), events, committedAt);
  }

  private static WorkerCall earlier(WorkerCall call) {
    return new WorkerCall(
        call.call(), call.attempt(), call.token(), call.at().minusSeconds(60), null);
  }

  private static List<Note> again(List<Note> notes, String operation) {
    Note done = notes.stream().filter(n -> n.is(operation, Outcome.OK)).findFirst().orElseThrow();
    return plus(
        notes, new Note(-7, Outcome.OK, done.tenant(), operation, done.subject(), "{}", done.at()));
  }

  private static Note trespass() {
    return new Note(
        -8, Outcome.OK, "1", Note.TRESPASS + "DescribeExecution", "e0", "{}", Instant.EPOCH);
  }
}
