package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.Strictness;
import io.gradus.service.execution.Execution;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// AWS's limits, on and off.
class LimitsTest {
  /// Six events a round: 4,200 rounds are 25,202 events.
  private static final String COUNT =
      """
      {"QueryLanguage":"JSONata","StartAt":"More","States":{
        "More":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.n < 4200 %}","Next":"Add"}],
          "Default":"Done"},
        "Add":{"Type":"Pass","Output":{"n":"{% $states.input.n + 1 %}"},"Next":"Again"},
        "Again":{"Type":"Pass","Next":"More"},
        "Done":{"Type":"Succeed"}}}\
      """;

  private static final String PASS =
      """
      {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}\
      """;

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

  private String create(String name, String definition) {
    return world
        .stateMachines
        .create(
            ann,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::100000000001:role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private String start(String machine, @Nullable String input) {
    return world.executions.start(ann, new Execution.Start(machine, null, input, null, null)).arn();
  }

  private Execution ended(String arn) {
    return world.ended(ann, arn);
  }

  private static String text(int bytes) {
    return "\"" + "x".repeat(bytes - 2) + "\"";
  }

  @Test
  void event25000IsTheEndWhereAwsLimitsHold() {
    Execution over = ended(start(create("strict", COUNT), "{\"n\":0}"));

    assertThat(over.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(over.error()).isEqualTo("States.Runtime");
    assertThat(over.cause())
        .isEqualTo("The execution reached the maximum number of history events (25000).");
    Page<Fact.HistoryEvent> last =
        world.executions.history(ann, over.arn(), true, new Page.Request(1, null));
    assertThat(last.items().getFirst().id()).isEqualTo(25_000);
    assertThat(over.notRedrivable()).isEqualTo("Execution history event limit exceeded");
    refuses(
        ErrorCode.EXECUTION_NOT_REDRIVABLE, () -> world.executions.redrive(ann, over.arn(), null));
  }

  @Test
  void historyGoesOnAndPagesWhereTheyAreSwitchedOff() {
    String machine = create("long", COUNT);
    world.limits.setMachine(ann, machine, false);

    Execution over = ended(start(machine, "{\"n\":0}"));

    assertThat(over.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(over.output()).isEqualTo("{\"n\":4200}");
    long expected = 1;
    String token = null;
    do {
      Page<Fact.HistoryEvent> page =
          world.executions.history(ann, over.arn(), false, new Page.Request(1_000, token));
      for (Fact.HistoryEvent event : page.items()) {
        assertThat(event.id()).isEqualTo(expected++);
      }
      token = page.next();
    } while (token != null);
    assertThat(expected - 1).isEqualTo(25_206);
  }

  @Test
  void aPayloadOfAMebibyteRunsWhereTheyAreSwitchedOff() {
    String machine = create("big", PASS);
    refuses(ErrorCode.INVALID_EXECUTION_INPUT, () -> start(machine, text(262_145)));
    assertThat(ended(start(machine, text(262_144))).output()).hasSize(262_144);

    world.limits.setMachine(ann, machine, false);

    assertThat(ended(start(machine, text(1_048_576))).output()).hasSize(1_048_576);
    refuses(ErrorCode.INVALID_EXECUTION_INPUT, () -> start(machine, text(4 * 1_048_576 + 1)));
    world.limits.setMachine(ann, machine, null);
    refuses(ErrorCode.INVALID_EXECUTION_INPUT, () -> start(machine, text(262_145)));
  }

  @Test
  void aMachineDoesAsItsTenantUnlessItSaysOtherwise() {
    String machine = create("m", PASS);
    assertThat(world.limits.ofTenant(ann)).isTrue();
    assertThat(world.limits.ofMachine(ann, machine)).isEqualTo(new Strictness(true, null));

    world.limits.setTenant(ann, false);

    assertThat(world.limits.ofMachine(ann, machine).holds()).isFalse();
    assertThat(world.limits.setMachine(ann, machine, true).holds()).isTrue();
    refuses(ErrorCode.INVALID_EXECUTION_INPUT, () -> start(machine, text(262_145)));
    // Others' tenants are as they were.
    Caller other = world.administrator();
    assertThat(world.limits.ofTenant(other)).isTrue();
    refuses(ErrorCode.ACCESS_DENIED, () -> world.limits.setMachine(other, machine, false));
    assertThat(world.audited(ann)).filteredOn(e -> e.action().equals("SetLimits")).hasSize(2);
  }

  @Test
  void onlyAdministratorsSwitchThem() {
    String machine = create("m", PASS);
    Caller author = world.with(ann, Role.AUTHOR);

    refuses(ErrorCode.ACCESS_DENIED, () -> world.limits.setTenant(author, false));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.limits.setMachine(author, machine, false));
    assertThat(world.limits.ofTenant(world.with(ann, Role.VIEWER))).isTrue();
  }

  @Test
  void aLargeTaskOutputIsTakenForAnExecutionWithoutThem() {
    var work = world.activities.create(ann, "work", Map.of());
    String definition =
        """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","End":true}}}\
        """
            .formatted(work.arn());
    String strict = create("strict", definition);
    String lifted = create("lifted", definition);
    world.limits.setMachine(ann, lifted, false);

    String one = start(strict, "{}");
    var task = world.activities.poll(ann, work.arn(), null).orElseThrow();
    refuses(ErrorCode.INVALID_OUTPUT, () -> world.tasks.succeed(ann, task.token(), text(262_145)));
    world.tasks.succeed(ann, task.token(), text(262_144));
    assertThat(ended(one).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

    String other = start(lifted, "{}");
    var large = world.activities.poll(ann, work.arn(), null).orElseThrow();
    world.tasks.succeed(ann, large.token(), text(1_000_000));
    assertThat(ended(other).output()).hasSize(1_000_000);
  }
}
