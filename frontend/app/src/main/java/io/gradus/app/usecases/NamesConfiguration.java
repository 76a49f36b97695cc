package io.gradus.app.usecases;

import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.console.shell.Names;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.arn.Arns;
import io.gradus.service.catalog.IntegrationCatalog;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.people.MemberService;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.template.TemplateService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.trigger.TriggerService;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the console finds by name.
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.CONSOLE)
class NamesConfiguration {
  @Bean
  Names.Worked worked(
      StateMachineService machines,
      TriggerService triggers,
      ApprovalService approvals,
      TemplateService templates,
      TestCaseService testCases,
      MapRunService mapRuns,
      SavedViewService views) {
    return new Names.Worked(machines, triggers, approvals, templates, testCases, mapRuns, views);
  }

  @Bean
  Names.Called called(
      FunctionService functions, ConnectionService connections, IntegrationCatalog catalog) {
    return new Names.Called(functions, connections, catalog);
  }

  @Bean
  Names.Admitted admitted(MemberService members, AccessKeyService keys) {
    return new Names.Admitted(members, keys);
  }

  @Bean
  Names names(
      Names.Worked worked, Names.Called called, Names.Admitted admitted, Arns arns, Clock clock) {
    return new Names(worked, called, admitted, arns, clock);
  }
}
