package io.gradus.service.execution;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;

/// Map Runs. Executions have none yet: a distributed Map runs its iterations in the execution
/// itself. So every list is empty, and nothing has the name that a Map Run's ARN says.
public class MapRunService {
  private final ExecutionRecords records;
  private final Arns arns;

  /// Looks for executions there.
  public MapRunService(ExecutionRecords records, Arns arns) {
    this.records = records;
    this.arns = arns;
  }

  /// Lets the caller know that an execution has no Map Runs.
  ///
  /// @throws Refusal ExecutionDoesNotExist where there is no such execution
  public void requireExecution(Caller caller, String arnText) {
    String action = "ListMapRuns";
    if (!(arns.readExecution(caller, action, arnText) instanceof StatesArn.Execution arn)) {
      throw new Refusal(
          ErrorCode.INVALID_ARN, "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    Access.require(caller, Permission.READ, action, arnText);
    if (!arn.region().equals(arns.region())
        || records.summary(caller.tenant(), arn.stateMachine(), arn.name()).isEmpty()) {
      throw new Refusal(
          ErrorCode.EXECUTION_DOES_NOT_EXIST, "Execution Does Not Exist: '" + arn.text() + "'");
    }
  }

  /// Why nothing is shown of a Map Run.
  ///
  /// @throws Refusal InvalidArn or AccessDeniedException where it names none of the caller's
  public Refusal notFound(Caller caller, Permission permission, String action, String arnText) {
    arns.readMapRun(caller, action, arnText);
    Access.require(caller, permission, action, arnText);
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + arnText + "'");
  }
}
