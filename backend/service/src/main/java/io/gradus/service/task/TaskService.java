package io.gradus.service.task;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Payload;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.TaskReport;
import io.gradus.service.Awaiting;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.execution.ExecutionInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Tasks completed from outside by their tokens.
public class TaskService {
  private static final int MAX_BYTES_OF_A_CHAR = 3;

  private final ExecutionGateway gateway;
  private final AuditTrail audit;

  /// Completes tasks through this.
  ///
  /// @param audit one that keeps the engine's pace: it is told after the commit
  public TaskService(ExecutionGateway gateway, AuditTrail audit) {
    this.gateway = gateway;
    this.audit = audit;
  }

  /// The task ended with this output.
  public void succeed(Caller caller, String token, String output) {
    Access.require(caller, Permission.RUN, "SendTaskSuccess", "*");
    Payload payload;
    try {
      payload = Payload.ofText(ExecutionInput.checkOutput(output, maxBytes(caller, token, output)));
    } catch (Refusal invalidOutput) {
      // AWS looks at the token first. Whoever sends a wrong output is alive all the same.
      report(caller, token, TaskReport.Heartbeat.HEARTBEAT);
      throw invalidOutput;
    }
    report(caller, token, new TaskReport.Success(payload));
    audit.record(caller, "SendTaskSuccess", target(token));
  }

  /// How many bytes the output of that token's task may have; AWS's limit where it names none.
  public int maxBytes(Caller caller, String token) {
    return gateway.maxPayloadBytes(caller.tenant(), token);
  }

  /// Asks for the execution only where AWS's limit might be passed.
  private int maxBytes(Caller caller, String token, String output) {
    int aws = ExecutionInfo.Limits.AWS.payloadBytes();
    return output.length() > aws / MAX_BYTES_OF_A_CHAR ? maxBytes(caller, token) : aws;
  }

  /// The task failed with this error.
  public void fail(Caller caller, String token, @Nullable String error, @Nullable String cause) {
    Access.require(caller, Permission.RUN, "SendTaskFailure", "*");
    report(caller, token, new TaskReport.Failure(new ErrorName(error == null ? "" : error), cause));
    audit.record(caller, "SendTaskFailure", target(token));
  }

  /// The task's worker is alive.
  public void heartbeat(Caller caller, String token) {
    Access.require(caller, Permission.RUN, "SendTaskHeartbeat", "*");
    report(caller, token, TaskReport.Heartbeat.HEARTBEAT);
  }

  private void report(Caller caller, String token, TaskReport report) {
    switch (Awaiting.outcome(gateway.reportTask(caller.tenant(), token, report))) {
      case DONE -> {}
      case INVALID_TOKEN ->
          throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
      case TASK_TIMED_OUT ->
          throw new Refusal(
              ErrorCode.TASK_TIMED_OUT, "Task Timed Out: 'Provided task does not exist anymore'");
    }
  }

  /// Names a task without saying its token, which is a secret: whoever has the token can tell that
  /// it is this one.
  private static String target(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return "task/" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
