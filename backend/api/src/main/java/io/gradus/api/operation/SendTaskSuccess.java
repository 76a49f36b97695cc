package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.task.TaskService;

/// Completes a task with its result.
public final class SendTaskSuccess
    implements Operation<SendTaskSuccess.Request, Operation.Nothing> {
  private final TaskService tasks;

  /// Completes these tasks.
  public SendTaskSuccess(TaskService tasks) {
    this.tasks = tasks;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.TOKEN) String taskToken,
      @Member(required = true, max = Limits.DATA, payload = true, sensitive = true)
          String output) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    tasks.succeed(caller, request.taskToken, request.output);
    return new Nothing();
  }
}
