package io.gradus.service.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.integrations.states.ExecutionStarter;
import io.gradus.service.Awaiting;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.jdbc.DatabaseFailure;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What a task that starts a child is told.
class ChildExecutionsTest {
  private static CompletableFuture<ExecutionStarter.Answer> start(
      Supplier<ExecutionService> executions) {
    var link =
        new ExecutionStarter.ParentLink(
            new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(0, 2)),
            "arn:aws:states:us-east-1:000000000000:execution:orders:june",
            new TaskId(FrameId.ROOT, 3),
            Resource.Pattern.SYNC);
    return new ChildExecutions(executions)
        .start(new ExecutionStarter.StartRequest(link, "machine", "name", "{}", null, null))
        .toCompletableFuture();
  }

  @Test
  void anOutcomeThatTheDatabaseDidNotTellIsNoAnswer() {
    var lost = DatabaseFailure.of(new SQLException("the connection was lost", "08006"));
    CompletableFuture<ExecutionStarter.Answer> answer =
        start(() -> Awaiting.outcome(CompletableFuture.failedFuture(lost)));
    assertThat(answer).isCompletedExceptionally();
    assertThat(DatabaseFailure.behind(answer.exceptionNow())).contains(lost);
  }

  @Test
  void aRefusalIsOne() {
    CompletableFuture<ExecutionStarter.Answer> answer =
        start(
            () -> {
              throw new Refusal(ErrorCode.THROTTLING, "Rate exceeded");
            });
    assertThat(answer)
        .isCompletedWithValue(
            new ExecutionStarter.Answer.Refused("ThrottlingException", "Rate exceeded", 400));
  }
}
