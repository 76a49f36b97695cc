package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.task.TaskService;
import org.jspecify.annotations.Nullable;

/// Completes a task with its failure.
public final class SendTaskFailure
    implements Operation<SendTaskFailure.Request, Operation.Nothing> {
  private final TaskService tasks;

  /// Completes these tasks.
  public SendTaskFailure(TaskService tasks) {
    this.tasks = tasks;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.TOKEN) String taskToken,
      @Member(max = Limits.ERROR, sensitive = true) @Nullable String error,
      @Member(max = Limits.CAUSE, sensitive = true) @Nullable String cause) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    tasks.fail(caller, request.taskToken, request.error, request.cause);
    return new Nothing();
  }
}
