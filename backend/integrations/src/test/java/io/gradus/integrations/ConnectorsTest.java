package io.gradus.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.activity.ActivityConnector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ConnectorsTest {
  private static final Resource ACTIVITY =
      new Resource("arn:aws:states:us-east-1:111111111111:activity:paint");

  @Test
  void theFirstThatHandlesAResourceIsFound() {
    Connector activities = new ActivityConnector();
    Connector everything = new Everything();
    var connectors = new Connectors(List.of(activities, everything));

    assertThat(connectors.find(ACTIVITY)).containsSame(activities);
    assertThat(connectors.find(new Resource("arn:aws:states:::sqs:sendMessage")))
        .containsSame(everything);
  }

  @Test
  void anUnknownResourceIsNotFound() {
    assertThat(new Connectors(List.of(new ActivityConnector())).find(new Resource("nonsense")))
        .isEmpty();
  }

  @Test
  void longTextsAreCutWithoutHalvingACharacter() {
    TaskOutcome.Failed failed =
        Failures.failed("e".repeat(300), "x".repeat(Failures.MAX_CAUSE - 1) + "😀");

    assertThat(failed.error().value()).hasSize(Failures.MAX_ERROR);
    assertThat(failed.cause()).isEqualTo("x".repeat(Failures.MAX_CAUSE - 1));
  }

  private static final class Everything implements Connector {
    @Override
    public boolean handles(Resource resource) {
      return true;
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
      return CompletableFuture.completedStage(Failures.failed("Nothing", null));
    }
  }
}
