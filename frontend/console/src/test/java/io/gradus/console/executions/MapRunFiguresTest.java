package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.StateName;
import io.gradus.console.part.Moments;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MapRunFiguresTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private static String shown(MapProgress progress) {
    MapRunFigures figures = new MapRunFigures(new Moments(ZoneOffset.UTC));
    figures.set(
        new MapRun(
            new UUID(1, 2),
            new StateName("M"),
            "M",
            MapRun.Status.FAILED,
            progress.over(),
            null,
            NOW,
            NOW,
            0,
            null),
        null);
    return figures.getElement().getTextRecursively();
  }

  @Test
  void theySayWhatCannotBeRedrivenAndWhatIsWritten() {
    MapProgress progress = MapProgress.begun(0, new Fact.Tolerance(null, null));
    for (int i = 0; i < 4; i++) {
      progress = progress.started(3).ended(i, ExecutionStatus.FAILED, 3, i > 1);
    }
    assertThat(shown(progress))
        .contains("about 3 items each · 2 cannot be redriven")
        .doesNotContain("results written");
    assertThat(shown(progress.written(new MapProgress.Written(7, 21))))
        .contains("21 results written");
  }

  @Test
  void theySayNothingOfItWhereAllCanBe() {
    MapProgress progress =
        MapProgress.begun(0, new Fact.Tolerance(null, null))
            .started(1)
            .ended(0, ExecutionStatus.FAILED, 1, true);
    assertThat(shown(progress)).doesNotContain("cannot be redriven");
  }
}
