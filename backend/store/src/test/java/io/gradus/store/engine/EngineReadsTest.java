package io.gradus.store.engine;

import static io.gradus.store.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.Database;
import io.gradus.store.Fixture;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.SideRows.FrameRow;
import io.gradus.store.commit.SideRows.InboxRow;
import io.gradus.store.commit.Transition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineReadsTest {
  private static final int ME = 1_001;
  private static final int OTHER = 1_002;

  private final Database database = Fixture.database();
  private final ExecutionLoader loader = new ExecutionLoader(database.engine());
  private final ExecutionClaims claims = new ExecutionClaims(database.engine());
  private final HistoryReader history = new HistoryReader(database.engine());
  private final CommitAftermath aftermath = new CommitAftermath(database.engine());
  private TenantId tenant;
  private Machine machine;

  @BeforeEach
  void machine() {
    tenant = Fixture.tenant();
    machine = Fixture.machine(tenant, "orders");
  }

  @Test
  void loadsAnExecutionWithAllThatBelongsToIt() {
    // given
    NewExecution start =
        withParent(
            Fixture.start(
                machine, "one", ME, frames(new FrameRow("r/3!0", bytes("f0")), frame("r/3!1"))));
    Fixture.commit(List.of(start), List.of());
    ExecutionKey key = start.first().key();
    ExecutionKey sender = Fixture.started(machine, "two", ME, inboxRow(key, "child-1"));

    // when
    List<StoredExecution> loaded = loader.load(List.of(key, sender, unknown()));

    // then
    assertThat(loaded).hasSize(2);
    StoredExecution one =
        loaded.stream().filter(e -> e.key().equals(key)).findFirst().orElseThrow();
    assertThat(one.version()).isEqualTo(1);
    assertThat(one.owner()).isEqualTo(ME);
    assertThat(one.movedBy()).isEqualTo(start.first().movedBy());
    assertThat(one.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(one.name()).isEqualTo("one");
    assertThat(one.account()).matches("[0-9]{12}");
    assertThat(one.awsStrict()).isTrue();
    assertThat(one.revision().id()).isEqualTo(machine.revision());
    assertThat(one.revision().stateMachineName()).isEqualTo("orders");
    assertThat(one.revision().express()).isFalse();
    assertThat(one.revision().definition()).isEqualTo(bytes("{\"StartAt\":\"A\"}"));
    assertThat(one.startedAt()).isEqualTo(Fixture.NOON);
    assertThat(one.stoppedAt()).isNull();
    assertThat(one.lastEventId()).isEqualTo(1);
    assertThat(one.state()).isEqualTo(bytes("state 1"));
    assertThat(one.mocks()).isEqualTo(bytes("mocks"));
    assertThat(one.parent()).isEqualTo(start.parent());
    assertThat(one.traceHeader()).isEqualTo("trace");
    assertThat(one.frames())
        .extracting(FrameRow::frameId)
        .containsExactlyInAnyOrder("r/3!0", "r/3!1");
    assertThat(one.frames())
        .filteredOn(f -> f.frameId().equals("r/3!0"))
        .singleElement()
        .satisfies(f -> assertThat(f.state()).isEqualTo(bytes("f0")));
    assertThat(one.inbox())
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.sourceId()).isEqualTo("child-1");
              assertThat(m.kind()).isEqualTo(5);
              assertThat(m.payload()).isEqualTo(bytes("done"));
            });
    assertThat(one.size()).isPositive();
  }

  @Test
  void anExecutionKeepsTheLimitsItWasStartedUnder() {
    // given
    NewExecution usual = Fixture.start(machine, "one", ME);
    NewExecution s = Fixture.start(machine, "two", ME);
    NewExecution lifted =
        new NewExecution(
            s.first(),
            s.stateMachineId(),
            s.revisionId(),
            s.name(),
            null,
            s.inputHash(),
            s.startedAt(),
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            null);

    // when
    Fixture.commit(List.of(usual, lifted), List.of());

    // then
    assertThat(loader.load(List.of(usual.first().key(), lifted.first().key())))
        .extracting(StoredExecution::name, StoredExecution::awsStrict)
        .containsExactlyInAnyOrder(tuple("one", true), tuple("two", false));
  }

  @Test
  void readsARevisionOnce() {
    // given
    ExecutionKey a = Fixture.started(machine, "a", ME);
    ExecutionKey b = Fixture.started(machine, "b", ME);

    // when
    StoredRevision first = loader.load(List.of(a)).getFirst().revision();
    StoredRevision second = loader.load(List.of(b)).getFirst().revision();

    // then
    assertThat(second).isSameAs(first);
    assertThat(loader.revision(tenant, machine.revision())).containsSame(first);
    assertThat(loader.revision(tenant, UUID.randomUUID())).isEmpty();
  }

  @Test
  void tellsWhoHasAName() {
    // given
    ExecutionKey key = Fixture.started(machine, "taken", ME);

    // when, then
    assertThat(loader.named(tenant, machine.id(), "taken", null))
        .hasValueSatisfying(
            named -> {
              assertThat(named.key()).isEqualTo(key);
              assertThat(named.inputHash()).isEqualTo(bytes("hash of input"));
              assertThat(named.startedAt()).isEqualTo(Fixture.NOON);
              assertThat(named.parent()).isNull();
            });
    assertThat(loader.named(tenant, machine.id(), "free", null)).isEmpty();
    assertThat(loader.named(Fixture.tenant(), machine.id(), "taken", null)).isEmpty();
  }

  @Test
  void claimsOnlyWhatNobodyHas() {
    // given
    ExecutionKey parked = Fixture.started(machine, "parked", 0);
    ExecutionKey held = Fixture.started(machine, "held", OTHER);
    ExecutionKey ended = Fixture.started(machine, "ended", 0);
    Fixture.commit(List.of(), List.of(Fixture.end(ended, 1)));

    // when
    List<ExecutionKey> claimed = claims.claimParked(List.of(parked, held, ended), ME);

    // then
    assertThat(claimed).containsExactly(parked);
    var standing = claims.standing(List.of(parked, held));
    assertThat(standing)
        .hasEntrySatisfying(
            parked,
            s -> {
              assertThat(s.version()).isEqualTo(2);
              assertThat(s.owner()).isEqualTo(ME);
            })
        .hasEntrySatisfying(
            held,
            s -> {
              assertThat(s.version()).isEqualTo(1);
              assertThat(s.owner()).isEqualTo(OTHER);
            });
    assertThat(claims.release(List.of(parked, held), ME)).containsExactly(parked);
  }

  @Test
  void takeOverRefusesTheFormerOwnersNextCommit() throws Exception {
    // given
    int dead = 77_001;
    ExecutionKey key = Fixture.started(machine, "orphan", dead);
    Fixture.started(machine, "orphan-2", dead);
    Transition late = Fixture.move(key, 1, dead, SideRows.NONE);

    // when
    List<ExecutionKey> first = claims.takeOver(dead, ME, 1);
    List<ExecutionKey> second = claims.takeOver(dead, ME, 500);

    // then
    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1);
    assertThat(claims.takeOver(dead, ME, 500)).isEmpty();
    try (var committer =
        new io.gradus.store.commit.GroupCommitter(database.newEngineConnection())) {
      assertThat(committer.commit(List.of(), List.of(late)).moved()).isEmpty();
    }
    assertThat(history.forward(key, 1, 10, 1_000)).hasSize(1);
  }

  @Test
  void readsHistoryFromTheRunThatHoldsAnEvent() {
    // given runs that begin at 1, 2, 3 and 7
    ExecutionKey key = Fixture.started(machine, "long", ME);
    Fixture.commit(List.of(), List.of(Fixture.move(key, 1, ME, SideRows.NONE)));
    Fixture.commit(List.of(), List.of(Fixture.move(key, 2, ME, SideRows.NONE)));
    Transition last = Fixture.move(key, 3, ME, SideRows.NONE);
    Fixture.commit(List.of(), List.of(withRun(last, 7)));

    // when, then
    assertThat(firsts(history.forward(key, 1, 10, 1_000))).containsExactly(1L, 2L, 3L, 7L);
    assertThat(firsts(history.forward(key, 5, 10, 1_000))).containsExactly(3L, 7L);
    assertThat(firsts(history.forward(key, 2, 1, 1_000))).containsExactly(2L);
    int one = history.forward(key, 1, 1, 1).getFirst().events().length;
    assertThat(firsts(history.forward(key, 1, 10, 1))).containsExactly(1L);
    assertThat(firsts(history.forward(key, 1, 10, one))).containsExactly(1L);
    assertThat(firsts(history.forward(key, 1, 10, one + 1))).containsExactly(1L, 2L);
    assertThat(history.containing(Map.of(key, List.of(4L, 5L, 1L))))
        .hasEntrySatisfying(key, runs -> assertThat(firsts(runs)).containsExactly(1L, 3L));
    assertThat(history.containing(Map.of(key, Set.<Long>of()))).isEmpty();
  }

  @Test
  void tellsWhatBecameOfACommitWhoseAnswerWasLost() {
    // given one start and two transitions of three that stand, one of them followed by another's
    NewExecution start = Fixture.start(machine, "s", ME);
    NewExecution refused = Fixture.start(machine, "s", ME);
    ExecutionKey a = Fixture.started(machine, "a", ME);
    ExecutionKey b = Fixture.started(machine, "b", ME);
    ExecutionKey c = Fixture.started(machine, "c", ME);
    Transition ofA = Fixture.move(a, 1, ME, SideRows.NONE);
    Transition ofB = Fixture.move(b, 1, ME, SideRows.NONE);
    Transition ofC = Fixture.move(c, 1, ME, SideRows.NONE);
    Fixture.commit(List.of(start), List.of(ofA, ofB));
    Fixture.commit(
        List.of(),
        List.of(
            Fixture.move(b, 2, OTHER, SideRows.NONE), Fixture.move(c, 1, OTHER, SideRows.NONE)));

    // when
    Set<ExecutionKey> committed =
        aftermath.committed(List.of(start, refused), List.of(ofA, ofB, ofC));

    // then
    assertThat(committed).containsExactlyInAnyOrder(start.first().key(), a, b);
  }

  private static List<Long> firsts(List<Transition.HistoryRun> runs) {
    return runs.stream().map(Transition.HistoryRun::firstEventId).toList();
  }

  private static Transition withRun(Transition t, long first) {
    return new Transition(
        t.key(),
        t.version(),
        t.movedBy(),
        t.owner(),
        t.status(),
        t.stoppedAt(),
        first,
        t.state(),
        new Transition.HistoryRun(first, bytes("later")),
        t.rows());
  }

  private static NewExecution withParent(NewExecution s) {
    return new NewExecution(
        s.first(),
        s.stateMachineId(),
        s.revisionId(),
        s.name(),
        s.inputHash(),
        s.startedAt(),
        bytes("mocks"),
        new NewExecution.Parent(UUID.randomUUID(), new TaskId(new FrameId("r/2:1"), 9)),
        "trace",
        null,
        null,
        null);
  }

  private static FrameRow frame(String id) {
    return new FrameRow(id, bytes(id));
  }

  private static SideRows frames(FrameRow... frames) {
    return new SideRows(
        List.of(frames),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static SideRows inboxRow(ExecutionKey to, String source) {
    return new SideRows(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new InboxRow(to, source, 5, bytes("done"))),
        List.of());
  }

  private ExecutionKey unknown() {
    return new ExecutionKey(tenant, UUID.randomUUID());
  }
}
