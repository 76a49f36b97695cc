package io.gradus.app.api;

import io.gradus.api.http.StepFunctionsEndpoint;
import io.gradus.api.http.StepFunctionsFilter;
import io.gradus.api.management.ManagementEndpoint;
import io.gradus.api.management.ManagementFilter;
import io.gradus.api.management.SessionCallers;
import io.gradus.api.operation.StepFunctions;
import io.gradus.api.page.PageTokens;
import io.gradus.api.sigv4.SignatureVerifier;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.secret.Seal;
import io.gradus.service.tag.TagService;
import io.gradus.service.task.TaskService;
import io.gradus.service.teststate.TestStateService;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// The API as two filters: the Step Functions API before Spring Security, whose session and forms
/// it has no use for; the management API behind it, since a console's session may call that one.
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
class ApiConfiguration {
  private static final int BEHIND_SECURITY = 0;

  @Bean
  SignatureVerifier signatureVerifier(AccessKeyService keys, ServerSettings server, Clock clock) {
    return new SignatureVerifier(keys::find, server.region(), "states", clock);
  }

  @Bean
  StepFunctions.UseCases apiUseCases(
      StateMachineService stateMachines,
      ExecutionService executions,
      ActivityService activities,
      TaskService tasks,
      TagService tags,
      TestStateService testStates,
      VersionService versions,
      AliasService aliases) {
    return new StepFunctions.UseCases(
        stateMachines, executions, activities, tasks, tags, testStates, versions, aliases);
  }

  @Bean
  FilterRegistrationBean<StepFunctionsFilter> stepFunctionsFilter(
      SignatureVerifier verifier,
      StepFunctions.UseCases useCases,
      Seal seal,
      ServerSettings server,
      Clock clock) {
    var operations =
        StepFunctions.operations(
            useCases, new PageTokens(seal.derive("page-tokens"), clock), server.region());
    var filter =
        new FilterRegistrationBean<>(
            new StepFunctionsFilter(new StepFunctionsEndpoint(verifier, operations)));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<ManagementFilter> managementFilter(
      SignatureVerifier verifier,
      SessionCallers sessions,
      ExecutionService executions,
      FunctionService functions,
      AccessKeyService accessKeys,
      ApprovalService approvals) {
    var filter =
        new FilterRegistrationBean<>(
            new ManagementFilter(
                new ManagementEndpoint(executions, functions, accessKeys).with(approvals),
                verifier,
                sessions));
    filter.setOrder(BEHIND_SECURITY);
    return filter;
  }
}
