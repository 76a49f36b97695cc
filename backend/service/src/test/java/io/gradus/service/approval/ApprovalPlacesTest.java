package io.gradus.service.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.StateKind;
import io.gradus.service.approval.ApprovalPlace.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How states stand, told from the latest events alone.
class ApprovalPlacesTest {
  private static final Payload NOTHING = Payload.ofText("{}");

  private final List<Fact.HistoryEvent> events = new ArrayList<>();

  private void happens(Details details) {
    long id = events.size() + 1L;
    events.add(new Fact.HistoryEvent(id, id - 1, Instant.EPOCH, FrameId.ROOT, details));
  }

  private static Details entered(String name) {
    return new Details.StateEntered(StateKind.TASK, new StateName(name), NOTHING);
  }

  private static Details exited(String name) {
    return new Details.StateExited(StateKind.TASK, new StateName(name), NOTHING, Map.of());
  }

  private static Details failed(String name) {
    return new Details.EvaluationFailed("States.Runtime", "why", null, new StateName(name));
  }

  private Map<String, Standing> states() {
    return ApprovalPlaces.states(events.reversed());
  }

  @Test
  void aStateWhoseCatcherLedOnWasNotSimplyLeft() {
    happens(entered("Reserve"));
    happens(failed("Reserve"));
    happens(exited("Reserve"));
    happens(entered("Default"));
    happens(exited("Default"));
    happens(entered("Ask"));

    assertThat(states())
        .isEqualTo(
            Map.of("Reserve", Standing.CAUGHT, "Default", Standing.LEFT, "Ask", Standing.ENTERED));
  }

  @Test
  void whatWasOpenWhenItEndedShowsHowItEnded() {
    happens(entered("Ask"));
    happens(new Details.ExecutionFailed("E", null));

    assertThat(states()).isEqualTo(Map.of("Ask", Standing.FAILED));
  }
}
