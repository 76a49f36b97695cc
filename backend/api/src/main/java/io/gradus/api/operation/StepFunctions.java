package io.gradus.api.operation;

import io.gradus.api.page.PageTokens;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.tag.TagService;
import io.gradus.service.task.TaskService;
import io.gradus.service.teststate.TestStateService;
import java.util.List;

/// Every operation that is offered, over the use cases.
public final class StepFunctions {
  private StepFunctions() {}

  /// The use cases behind the operations.
  public record UseCases(
      StateMachineService stateMachines,
      ExecutionService executions,
      ActivityService activities,
      TaskService tasks,
      TagService tags,
      TestStateService testStates,
      VersionService versions,
      AliasService aliases,
      MapRunService mapRuns) {}

  /// The operations.
  ///
  /// @param region what task events name as their region
  public static Operations operations(UseCases use, PageTokens tokens, String region) {
    return new Operations(
        List.of(
            new CreateStateMachine(use.stateMachines),
            new UpdateStateMachine(use.stateMachines),
            new DeleteStateMachine(use.stateMachines),
            new DescribeStateMachine(use.stateMachines),
            new ListStateMachines(use.stateMachines, tokens),
            new ValidateStateMachineDefinition(use.stateMachines),
            new DescribeStateMachineForExecution(use.executions),
            new TestState(use.testStates),
            new PublishStateMachineVersion(use.versions),
            new ListStateMachineVersions(use.versions, tokens),
            new DeleteStateMachineVersion(use.versions),
            new CreateStateMachineAlias(use.aliases),
            new UpdateStateMachineAlias(use.aliases),
            new DescribeStateMachineAlias(use.aliases),
            new DeleteStateMachineAlias(use.aliases),
            new ListStateMachineAliases(use.aliases, tokens),
            new StartExecution(use.executions),
            new StartSyncExecution(use.executions),
            new StopExecution(use.executions),
            new RedriveExecution(use.executions),
            new DescribeExecution(use.executions),
            new ListExecutions(use.executions, use.mapRuns, tokens),
            new GetExecutionHistory(use.executions, tokens, region),
            new DescribeMapRun(use.mapRuns),
            new ListMapRuns(use.mapRuns, tokens),
            new UpdateMapRun(use.mapRuns),
            new CreateActivity(use.activities),
            new DeleteActivity(use.activities),
            new DescribeActivity(use.activities),
            new ListActivities(use.activities, tokens),
            new GetActivityTask(use.activities),
            new SendTaskSuccess(use.tasks),
            new SendTaskFailure(use.tasks),
            new SendTaskHeartbeat(use.tasks),
            new TagResource(use.tags),
            new UntagResource(use.tags),
            new ListTagsForResource(use.tags)));
  }
}
