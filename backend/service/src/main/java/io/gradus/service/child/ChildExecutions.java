package io.gradus.service.child;

import io.gradus.asl.model.Resource;
import io.gradus.integrations.states.ExecutionStarter;
import io.gradus.runtime.StartRequest.Parent;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.jdbc.DatabaseFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts executions for tasks, by the same rules as for any caller of the parent's tenant.
public final class ChildExecutions implements ExecutionStarter {
  private static final Logger LOG = LoggerFactory.getLogger(ChildExecutions.class);
  private static final int BAD_REQUEST = 400;
  private static final int ACCOUNT = 4;
  private static final int CHILDREN_REMEMBERED = 50_000;

  private final Supplier<ExecutionService> executions;

  /// Which child a waiting task of this node has. To end a child with its parent is best effort, so
  /// what is forgotten by a restart or pushed out by many others is let run.
  private final Map<Parent, String> children =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Parent, String> eldest) {
              return size() > CHILDREN_REMEMBERED;
            }
          });

  /// @param executions asked for when the first task starts one
  public ChildExecutions(Supplier<ExecutionService> executions) {
    this.executions = executions;
  }

  @Override
  public CompletionStage<Answer> start(StartRequest request) {
    Parent parent = parent(request.parent());
    try {
      Execution.Started started =
          executions
              .get()
              .startChild(
                  caller(request.parent()),
                  new Execution.Start(
                      request.stateMachineArn(),
                      request.name(),
                      request.input(),
                      request.traceHeader(),
                      request.mocks()),
                  parent);
      if (parent.waits()) {
        children.put(parent, started.arn());
      }
      return CompletableFuture.completedStage(
          new Answer.Started(started.arn(), started.startedAt()));
    } catch (Refusal refusal) {
      if (DatabaseFailure.behind(refusal).isPresent()) {
        // Our trouble and not the task's: it asks again, and finds the child where it is stored.
        return CompletableFuture.failedStage(refusal);
      }
      return CompletableFuture.completedStage(
          new Answer.Refused(refusal.code().wireName(), refusal.message(), BAD_REQUEST));
    }
  }

  @Override
  public void stopChild(ParentLink link) {
    String child = children.remove(parent(link));
    if (child == null) {
      return;
    }
    try {
      executions.get().stop(caller(link), child, null, null);
    } catch (Refusal refusal) {
      LOG.warn(
          "A child goes on without its parent: executionArn={} code={}",
          child,
          refusal.code().wireName());
    }
  }

  private static Parent parent(ParentLink link) {
    return new Parent(link.execution(), link.task(), link.pattern() == Resource.Pattern.SYNC);
  }

  /// The parent, as whoever may start and stop in its tenant.
  private static Caller caller(ParentLink link) {
    String account = link.executionArn().split(":", -1)[ACCOUNT];
    return new Caller(
        link.execution().tenant(),
        account,
        "execution/" + link.executionArn(),
        Set.of(Role.OPERATOR),
        "engine");
  }
}
