package io.gradus.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.store.jdbc.DatabaseFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskDispatcherTest {
  private static final TaskOutcome DONE = new TaskOutcome.Succeeded(Payload.ofText("1"));

  /// A call that was made, to be answered by the test.
  private record Made(TenantId tenant, CompletableFuture<TaskOutcome> answer) {}

  private final BlockingQueue<Made> made = new LinkedBlockingQueue<>();
  private final BlockingQueue<TaskOutcome> outcomes = new LinkedBlockingQueue<>();
  private final AtomicBoolean mayCall = new AtomicBoolean(true);
  private final Connector connector =
      new Connector() {
        @Override
        public boolean handles(Resource resource) {
          return !resource.arn().equals("unknown");
        }

        @Override
        public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
          if (invocation.resource().arn().equals("broken")) {
            throw new IllegalStateException("broken");
          }
          if (invocation.resource().arn().equals("not whole")) {
            throw new NoClassDefFoundError("of a library");
          }
          var answer = new CompletableFuture<TaskOutcome>();
          made.add(new Made(invocation.execution().tenant(), answer));
          return answer;
        }
      };
  private final TaskDispatcher dispatcher =
      new TaskDispatcher(List.of(connector), new TaskDispatcher.Bounds(2, 3), mayCall::get);

  @AfterEach
  void close() {
    dispatcher.close();
  }

  private void dispatch(int tenant, String resource) {
    var key = new ExecutionKey(new TenantId(new UUID(0, tenant)), UUID.randomUUID());
    dispatcher.dispatch(
        new TaskCall(
            new TaskInvocation(
                key,
                "arn",
                new TaskId(FrameId.ROOT, 3),
                new StateName("T"),
                new Resource(resource),
                Payload.ofText("{}"),
                0,
                "",
                null,
                null,
                null),
            outcomes::add));
  }

  private Made next() throws InterruptedException {
    Made call = made.poll(10, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    return call;
  }

  @Test
  void oneTenantsFloodLeavesRoomForAnother() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      dispatch(1, "x");
    }
    List<Made> flood = List.of(next(), next());
    dispatch(2, "x");
    Made other = next();
    assertThat(other.tenant()).isEqualTo(new TenantId(new UUID(0, 2)));
    assertThat(dispatcher.inFlight()).isEqualTo(3);
    assertThat(dispatcher.waiting()).isEqualTo(48);
    flood.getFirst().answer().complete(DONE);
    assertThat(next().tenant()).isEqualTo(new TenantId(new UUID(0, 1)));
  }

  @Test
  void nothingIsCalledWhileTheLeaseIsOut() throws InterruptedException {
    mayCall.set(false);
    dispatch(1, "x");
    assertThat(dispatcher.waiting()).isEqualTo(1);
    mayCall.set(true);
    dispatcher.resume();
    next().answer().complete(DONE);
    assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo(DONE);
  }

  @Test
  void whatWasForgottenIsNotCalled() {
    mayCall.set(false);
    dispatch(1, "x");
    dispatcher.forget(_ -> true);
    mayCall.set(true);
    dispatcher.resume();
    assertThat(dispatcher.waiting() + dispatcher.inFlight()).isZero();
  }

  @Test
  void aConnectorThatBreaksAndAResourceThatNobodyKnowsFailTheirTasks() throws InterruptedException {
    dispatch(1, "broken");
    assertThat(outcomes.poll(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> assertThat(failed.error().value()).isEqualTo("States.Runtime"));
    dispatch(1, "unknown");
    assertThat(outcomes.poll(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class, failed -> assertThat(failed.cause()).contains("'unknown'"));
    dispatch(1, "x");
    next().answer().complete(DONE);
    assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo(DONE);
  }

  @Test
  void aConnectorThatIsNotWholeFailsItsTaskAndKeepsNoPlace() throws InterruptedException {
    for (int i = 0; i < 5; i++) { // more than a tenant may have in flight
      dispatch(1, "not whole");
      assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isInstanceOf(TaskOutcome.Failed.class);
    }
  }

  @Test
  void aCallThatWantedTheDatabaseIsMadeAgainAndItsTaskDoesNotFail() throws InterruptedException {
    dispatch(1, "x");
    next().answer().completeExceptionally(new CompletionException(outOfReach()));
    next().answer().completeExceptionally(outOfReach());
    next().answer().complete(DONE);
    assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo(DONE);
    assertThat(outcomes).isEmpty();
  }

  @Test
  @Timeout(10)
  void whatWaitsForTheDatabaseCanBeForgotten() throws InterruptedException {
    dispatch(1, "x");
    Made first = next();
    mayCall.set(false);
    first.answer().completeExceptionally(outOfReach());
    // The dispatcher may not have begun to listen for the answer when it came.
    while (dispatcher.waiting() == 0 && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
    assertThat(dispatcher.waiting()).isEqualTo(1);
    dispatcher.forget(_ -> true);
    assertThat(dispatcher.waiting()).isZero();
  }

  private static DatabaseFailure outOfReach() {
    return DatabaseFailure.unreachable(new SQLException("no connection"));
  }
}
