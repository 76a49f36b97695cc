package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.task.TaskService;

/// Says that a task's worker is alive.
public final class SendTaskHeartbeat
    implements Operation<SendTaskHeartbeat.Request, Operation.Nothing> {
  private final TaskService tasks;

  /// Keeps these tasks alive.
  public SendTaskHeartbeat(TaskService tasks) {
    this.tasks = tasks;
  }

  /// What is asked.
  public record Request(@Member(required = true, min = 1, max = Limits.TOKEN) String taskToken) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    tasks.heartbeat(caller, request.taskToken);
    return new Nothing();
  }
}
