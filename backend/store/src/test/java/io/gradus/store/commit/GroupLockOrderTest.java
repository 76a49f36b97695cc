package io.gradus.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two committers on the same executions, each handing its groups over in an order of its own.
class GroupLockOrderTest {
  private static final int ROUNDS = 40;
  private static final int EXECUTIONS = 100;

  private final UUID machine = Moves.id();
  private TenantId tenant;

  @BeforeEach
  void bringTenant() throws SQLException {
    tenant = TestDatabase.tenant();
  }

  @Test
  void moveTheSameExecutionsWithoutDeadlock() throws Exception {
    List<ExecutionKey> keys = new ArrayList<>();
    try (GroupCommitter committer = new GroupCommitter(TestDatabase.engine())) {
      List<NewExecution> starts = new ArrayList<>();
      for (int i = 0; i < EXECUTIONS; i++) {
        starts.add(Moves.start(tenant, machine, "e" + i));
      }
      committer.commit(starts, List.of());
      starts.forEach(start -> keys.add(start.first().key()));
    }

    List<Integer> won = together(seed -> moves(keys, seed));

    int committed = won.stream().mapToInt(Integer::intValue).sum();
    assertThat(
            TestDatabase.count(
                "select sum(version - 1) from execution where tenant_id = ?", tenant.value()))
        .isEqualTo(committed);
    assertThat(
            TestDatabase.count("select count(*) from history where tenant_id = ?", tenant.value()))
        .as("one run of events for each transition that won, none for the others")
        .isEqualTo(committed + EXECUTIONS);
  }

  @Test
  void startTheSameNamesWithoutDeadlock() throws Exception {
    List<Integer> won = together(this::starts);

    assertThat(won.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS * EXECUTIONS);
    assertThat(
            TestDatabase.count(
                "select count(*) from execution where tenant_id = ?", tenant.value()))
        .isEqualTo(ROUNDS * EXECUTIONS);
  }

  private int moves(List<ExecutionKey> all, int seed) throws Exception {
    Random random = new Random(seed);
    Map<ExecutionKey, Long> versions = new HashMap<>();
    int won = 0;
    try (GroupCommitter committer = new GroupCommitter(TestDatabase.engine())) {
      for (int round = 0; round < ROUNDS; round++) {
        List<ExecutionKey> keys = new ArrayList<>(all);
        Collections.shuffle(keys, random);
        List<Transition> moves = new ArrayList<>();
        for (ExecutionKey key : keys) {
          long version = versions.getOrDefault(key, 1L);
          // Its first event is its version's, so that a gap or a double would be refused.
          moves.add(Moves.move(key, version, version * 5 + 1));
        }
        CommitOutcome outcome = committer.commit(List.of(), moves);
        won += outcome.moved().size();
        for (ExecutionKey key : keys) {
          versions.merge(key, 2L, (version, _) -> version + 1);
        }
      }
    }
    return won;
  }

  private int starts(int seed) throws Exception {
    Random random = new Random(seed);
    int won = 0;
    try (GroupCommitter committer = new GroupCommitter(TestDatabase.engine())) {
      for (int round = 0; round < ROUNDS; round++) {
        List<NewExecution> starts = new ArrayList<>();
        for (int i = 0; i < EXECUTIONS; i++) {
          starts.add(Moves.start(tenant, machine, round + "-" + i));
        }
        Collections.shuffle(starts, random);
        won += committer.commit(starts, List.of()).started().size();
      }
    }
    return won;
  }

  private interface Work {
    int with(int seed) throws Exception;
  }

  private static List<Integer> together(Work work) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Callable<Integer>> both = new ArrayList<>();
      for (int seed = 1; seed <= 2; seed++) {
        int own = seed;
        both.add(
            () -> {
              begin.await();
              return work.with(own);
            });
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> result : threads.invokeAll(both)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
