package io.gradus.store.engine;

import static io.gradus.store.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.Fixture;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.SideRows.TaskRow;
import io.gradus.store.engine.JobRows.Due;
import io.gradus.store.engine.JobRows.Job;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRowsTest {
  private static final TaskId TASK = new TaskId(new FrameId("r"), 5);
  private static final Duration NOW = Duration.ofSeconds(-1);
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final int SYNC = 2;

  private final JobRows jobs = new JobRows(Fixture.database().engine());
  private TenantId tenant;
  private Machine machine;

  @BeforeEach
  void machine() {
    tenant = Fixture.tenant();
    machine = Fixture.machine(tenant, "orders");
  }

  @Test
  void aJobIsTakenByOneAndComesAgainWhenItsLeaseIsOver() {
    // given
    Job job = job(waiting("a"));
    jobs.put(job, NOW);

    // when
    List<Due> first = taken(LATER);
    List<Due> second = taken(LATER);
    jobs.again(job, NOW);
    List<Due> third = taken(LATER);

    // then
    assertThat(first)
        .singleElement()
        .satisfies(
            due -> {
              assertThat(due.wanted()).isTrue();
              assertThat(due.looks()).isEqualTo(1);
              assertThat(due.job().executionArn()).isEqualTo("arn:a");
              assertThat(due.job().resource()).isEqualTo("arn:aws:states:::batch:submitJob.sync");
              assertThat(due.job().credentials()).isNull();
              assertThat(due.job().handle()).isEqualTo(bytes("{}"));
            });
    assertThat(second).isEmpty();
    assertThat(third).singleElement().extracting(Due::looks).isEqualTo(2);
  }

  @Test
  void aJobThatIsKeptIsNotTaken() {
    // given
    Job kept = job(waiting("kept"));
    Job left = job(waiting("left"));
    jobs.put(kept, NOW);
    jobs.put(left, NOW);
    taken(NOW);

    // when
    jobs.keep(List.of(kept), LATER);

    // then
    assertThat(taken(LATER))
        .singleElement()
        .satisfies(due -> assertThat(due.job().execution()).isEqualTo(left.execution()));
  }

  @Test
  void aJobThatIsPutAgainStaysWithItsLatestHandle() {
    // given
    ExecutionKey execution = waiting("b");
    jobs.put(job(execution), LATER);

    // when
    jobs.put(
        new Job(execution, TASK, "arn:a", "arn:aws:states:::x", bytes("{}"), bytes("[1]")), NOW);

    // then
    assertThat(taken(LATER)).isEmpty();
    assertThat(jobs.find(execution, TASK))
        .hasValueSatisfying(found -> assertThat(found.handle()).isEqualTo(bytes("[1]")));
  }

  @Test
  void aJobWhoseTaskIsOverIsNotWantedAnyMore() {
    // given
    ExecutionKey execution = Fixture.started(machine, "c", 0, SideRows.NONE);
    jobs.put(job(execution), NOW);

    // when, then
    assertThat(taken(NOW)).singleElement().extracting(Due::wanted).isEqualTo(false);
    jobs.delete(execution, TASK);
    assertThat(taken(NOW)).isEmpty();
    assertThat(jobs.find(execution, TASK)).isEmpty();
  }

  private ExecutionKey waiting(String name) {
    return Fixture.started(
        machine,
        name,
        0,
        new SideRows(
            List.of(),
            List.of(),
            List.of(new TaskRow(TASK, SYNC, null, null, null)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private static Job job(ExecutionKey execution) {
    return new Job(
        execution, TASK, "arn:a", "arn:aws:states:::batch:submitJob.sync", null, bytes("{}"));
  }

  /// Those of this test.
  private List<Due> taken(Duration lease) {
    return jobs.take(1_000, lease).stream()
        .filter(due -> due.job().execution().tenant().equals(tenant))
        .toList();
  }
}
