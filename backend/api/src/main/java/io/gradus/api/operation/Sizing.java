package io.gradus.api.operation;

import io.gradus.service.Caller;
import io.gradus.service.limit.LimitService;
import io.gradus.service.task.TaskService;
import tools.jackson.databind.JsonNode;

/// How long the payloads of a request may be: AWS's limit, or more where that is switched off for
/// the state machine that is started, the execution whose task it is, or else the tenant.
public final class Sizing {
  private final LimitService limits;
  private final TaskService tasks;

  /// Asks these.
  public Sizing(LimitService limits, TaskService tasks) {
    this.limits = limits;
    this.tasks = tasks;
  }

  /// The greatest length in characters. A short request is not looked up: nothing in it can be too
  /// long.
  public int maxPayload(Caller caller, int bytes, JsonNode request) {
    if (bytes <= Limits.DATA) {
      return Limits.DATA;
    }
    JsonNode token = request.get("taskToken");
    if (token != null && token.isString()) {
      return tasks.maxBytes(caller, token.stringValue());
    }
    JsonNode machine = request.get("stateMachineArn");
    return machine != null && machine.isString()
        ? limits.limits(caller, machine.stringValue()).payloadBytes()
        : limits.limits(caller.tenant()).payloadBytes();
  }
}
