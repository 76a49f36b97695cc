package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.RunningPostgres;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import io.gradus.store.Tenants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one database: a schedule's moment starts one execution, whichever node sees to it,
/// and also where one of them has gone.
class SchedulesOnTwoNodesTest {
  private static final int SCHEDULES = 20;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void aMomentStartsOneExecution() {
    try (RunningPostgres postgres = PostgresCluster.open(directory.resolve("database"));
        RunningGradus a = node(postgres, "a")) {
      Caller caller = caller(a);
      String machine = machine(a, caller);
      try (RunningGradus b = node(postgres, "b")) {
        // given
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(8);
        for (int i = 0; i < SCHEDULES; i++) {
          schedule(i % 2 == 0 ? a : b, caller, machine, "both-" + i, at);
        }

        // when
        await("every start", () -> started(a, caller, machine, "both-").size() >= SCHEDULES);
        await("every end", () -> ended(b, caller, "both-", SCHEDULES));

        // then
        assertThat(started(b, caller, machine, "both-")).hasSize(SCHEDULES).doesNotHaveDuplicates();
        for (Trigger trigger : b.part(TriggerService.class).list(caller)) {
          assertThat(b.part(TriggerService.class).fires(caller, trigger.name())).hasSize(1);
        }

        // given
        Instant later = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(12);
        for (int i = 0; i < SCHEDULES; i++) {
          schedule(b, caller, machine, "one-" + i, later);
        }
      }

      // when
      await("every start", () -> started(a, caller, machine, "one-").size() >= SCHEDULES);
      await("every end", () -> ended(a, caller, "one-", SCHEDULES));

      // then
      assertThat(started(a, caller, machine, "one-")).hasSize(SCHEDULES);
    }
  }

  private RunningGradus node(RunningPostgres postgres, String name) {
    return RunningGradus.start(
        directory.resolve(name),
        "--gradus.node-name=" + name,
        "--gradus.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
        "--gradus.database.url=" + postgres.jdbcUrl(),
        "--gradus.database.username=" + postgres.superuser(),
        "--gradus.database.password=" + postgres.password());
  }

  private static Caller caller(RunningGradus gradus) {
    Tenants.Tenant tenant = gradus.part(Tenants.class).list().getFirst();
    return new Caller(tenant.id(), tenant.account(), "user/test", Set.of(Role.ADMIN), "test");
  }

  private static String machine(RunningGradus gradus, Caller caller) {
    return gradus
        .part(StateMachineService.class)
        .create(
            caller,
            new StateMachine.Draft(
                "ticks",
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
                "arn:aws:iam::" + caller.account() + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private static void schedule(
      RunningGradus gradus, Caller caller, String machine, String name, Instant at) {
    gradus
        .part(TriggerService.class)
        .create(
            caller,
            name,
            new Trigger.Draft(
                machine,
                null,
                true,
                new Trigger.WantedSchedule("at(" + local(at) + ")", null, null, null, true)));
  }

  private static String local(Instant at) {
    String text = LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString();
    return text.length() == 16 ? text + ":00" : text;
  }

  private static boolean ended(RunningGradus gradus, Caller caller, String prefix, int count) {
    return gradus.part(TriggerService.class).list(caller).stream()
            .filter(trigger -> trigger.name().startsWith(prefix) && trigger.nextFireAt() == null)
            .count()
        == count;
  }

  private static List<String> started(
      RunningGradus gradus, Caller caller, String machine, String prefix) {
    List<String> names = new ArrayList<>();
    gradus
        .part(ExecutionService.class)
        .list(
            caller, machine, new ExecutionService.Filter(null, null), new Page.Request(1_000, null))
        .items()
        .stream()
        .map(Execution.Summary::name)
        .filter(name -> name.startsWith(prefix))
        .forEach(names::add);
    return names;
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) {
    long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(until);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
