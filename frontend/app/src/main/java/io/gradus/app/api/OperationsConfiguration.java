package io.gradus.app.api;

import io.gradus.api.operation.Operations;
import io.gradus.api.operation.StepFunctions;
import io.gradus.api.page.PageTokens;
import io.gradus.app.settings.ServerSettings;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.secret.LastingKeys;
import io.gradus.service.tag.TagService;
import io.gradus.service.task.TaskService;
import io.gradus.service.teststate.TestStateService;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The operations of the Step Functions API. Every node has them, since Tasks call them too.
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
  @Bean
  StepFunctions.UseCases apiUseCases(
      StateMachineService stateMachines,
      ExecutionService executions,
      ActivityService activities,
      TaskService tasks,
      TagService tags,
      TestStateService testStates,
      VersionService versions,
      AliasService aliases,
      MapRunService mapRuns) {
    return new StepFunctions.UseCases(
        stateMachines, executions, activities, tasks, tags, testStates, versions, aliases, mapRuns);
  }

  @Bean
  Operations operations(
      StepFunctions.UseCases useCases, LastingKeys keys, ServerSettings server, Clock clock) {
    return StepFunctions.operations(
        useCases, new PageTokens(keys.derive("page-tokens"), clock), server.region());
  }
}
