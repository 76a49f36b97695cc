package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.StateName;
import io.gradus.console.part.Moments;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.engine.TenantId;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.MapProcessor;
import io.gradus.service.maprun.MapRunViews;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MapRunHeaderTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final MapProgress BEGUN = MapProgress.begun(0, new Fact.Tolerance(null, null));

  private static MapRun run(MapRun.Status status, MapProgress progress) {
    return new MapRun(
        new UUID(1, 2), new StateName("M"), "M", status, progress, null, NOW, null, 0, null);
  }

  private static String shown(MapRun run) {
    ExecutionFinder.Row execution =
        new ExecutionFinder.Row(
            new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(0, 2)),
            "arn:aws:states:us-east-1:000000000000:execution:orders:june",
            "orders",
            1,
            "june",
            ExecutionStatus.RUNNING,
            NOW,
            null,
            4,
            null,
            true,
            null);
    MapRunViews.Opened opened =
        new MapRunViews.Opened(
            execution,
            "arn:aws:states:us-east-1:000000000000:mapRun:orders/M:1",
            MapProcessor.STANDARD,
            run);
    MapRunHeader.Deeds none =
        new MapRunHeader.Deeds() {
          @Override
          public void edit() {
            throw new AssertionError("nobody asked for other limits");
          }

          @Override
          public void redrive() {
            throw new AssertionError("nobody asked for a redrive");
          }
        };
    MapRunHeader header =
        new MapRunHeader(opened, "000000000000", true, new Moments(ZoneOffset.UTC), none);
    header.set(run, false);
    return header.getElement().getTextRecursively();
  }

  @Test
  void oneThatStillWritesItsFilesSaysThatItFailsAndWhy() {
    MapProgress failing =
        BEGUN.failing(
            new MapProgress.Failing(
                "States.ExceedToleratedFailureThreshold", "Too many items failed", NOW));

    assertThat(shown(run(MapRun.Status.RUNNING, failing)))
        .contains(
            "Failing",
            "It fails with States.ExceedToleratedFailureThreshold (Too many items failed)",
            "result files");
  }

  @Test
  void oneThatRunsOrIsOverSaysNothingOfIt() {
    assertThat(shown(run(MapRun.Status.RUNNING, BEGUN)))
        .contains("Running")
        .doesNotContain("It fails");
    assertThat(shown(run(MapRun.Status.FAILED, BEGUN.over())))
        .contains("Failed")
        .doesNotContain("It fails");
  }
}
