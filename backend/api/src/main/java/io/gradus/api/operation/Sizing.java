package io.gradus.api.operation;

import io.gradus.service.Caller;
import io.gradus.service.limit.LimitService;
import io.gradus.service.task.TaskService;
import tools.jackson.databind.JsonNode;

/// What limits hold for a request by what it is about. How long its payloads may be: AWS's limit,
/// or more where that is switched off for the state machine that is started, the execution whose
/// task it is, or else the tenant. And whether it starts an Express execution, which AWS counts
/// apart.
public final class Sizing {
  private static final String MACHINE = "stateMachineArn";

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
    JsonNode machine = request.get(MACHINE);
    return machine != null && machine.isString()
        ? limits.limits(caller, machine.stringValue()).payloadBytes()
        : limits.limits(caller.tenant()).payloadBytes();
  }

  /// Whether the state machine that a request names makes Express executions.
  public boolean startsExpress(Caller caller, JsonNode request) {
    JsonNode machine = request.get(MACHINE);
    return machine != null
        && machine.isString()
        && limits.startsExpress(caller, machine.stringValue());
  }
}
