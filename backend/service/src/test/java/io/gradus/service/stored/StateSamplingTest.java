package io.gradus.service.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.StateKind;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.statistics.StateFigures;
import io.gradus.service.statistics.StateSampling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which states are slow or fail, by the last executions of a state machine.
class StateSamplingTest {
  private static final String CHARGE =
      """
      {"StartAt":"Charge","States":{
        "Charge":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Parameters":{"FunctionName":"f"},
          "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":1}],
          "Catch":[{"ErrorEquals":["Declined"],"Next":"Sorry"}],"End":true},
        "Sorry":{"Type":"Pass","End":true}}}""";

  private static StoredWorld world;
  private static Caller ann;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
    ann = world.administrator();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  private static void ran(String arn, String name, String charge) {
    String mocks = "{\"Charge\":[" + charge + "]}";
    world.ended(
        ann, world.executions.start(ann, new Execution.Start(arn, name, "{}", null, mocks)).arn());
  }

  @Test
  void statesAreToldByWhatTheLastExecutionsMet() {
    // given: through, caught, through after a retry, failed
    String arn =
        world
            .stateMachines
            .create(
                ann,
                new StateMachine.Draft(
                    "pay",
                    CHARGE,
                    "arn:aws:iam::100000000001:role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
    ran(arn, "through", "{\"return\":{}}");
    ran(arn, "declined", "{\"throw\":{\"error\":\"Declined\"}}");
    ran(arn, "again", "{\"throw\":{\"error\":\"Busy\"}},{\"return\":{}}");
    ran(arn, "broken", "{\"throw\":{\"error\":\"Declined.Not\"}}");

    // when
    StateFigures figures = new StateSampling(world.finder).of(ann, "pay");

    // then
    assertThat(figures.executions()).isEqualTo(4);
    assertThat(figures.tooLong()).isZero();
    assertThat(figures.states())
        .extracting(StateFigures.OfState::name)
        .containsExactlyInAnyOrder("Charge", "Sorry");
    StateFigures.OfState charge = of(figures.states(), "Charge");
    assertThat(charge.kind()).isEqualTo(StateKind.TASK);
    assertThat(charge.visits()).isEqualTo(4);
    assertThat(charge.failed()).isEqualTo(2);
    assertThat(charge.failedIn()).isEqualTo("broken");
    assertThat(charge.retries()).isEqualTo(1);
    assertThat(charge.longestIn()).isEqualTo("again");
    assertThat(charge.longest()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(charge.typical()).isLessThan(charge.longest());
    assertThat(of(figures.states(), "Sorry").failed()).isZero();
    assertThat(new StateSampling(world.finder).of(world.administrator(), "pay").executions())
        .as("of another tenant")
        .isZero();
  }

  private static StateFigures.OfState of(List<StateFigures.OfState> states, String name) {
    return states.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
