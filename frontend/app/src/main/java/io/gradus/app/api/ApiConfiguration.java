package io.gradus.app.api;

import io.gradus.api.http.RequestRoom;
import io.gradus.api.http.ServletRequests;
import io.gradus.api.http.StepFunctionsEndpoint;
import io.gradus.api.http.StepFunctionsFilter;
import io.gradus.api.management.ManagementEndpoint;
import io.gradus.api.management.ManagementFilter;
import io.gradus.api.management.SessionCallers;
import io.gradus.api.operation.Operations;
import io.gradus.api.operation.Sizing;
import io.gradus.api.sigv4.SignatureVerifier;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.LimitSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.audit.AuditService;
import io.gradus.service.batch.BatchService;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ForkService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.limit.Rates;
import io.gradus.service.people.MemberService;
import io.gradus.service.people.TenantService;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.statistics.StatisticsService;
import io.gradus.service.task.TaskService;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.service.trigger.TriggerService;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

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
  Sizing sizing(LimitService limits, TaskService tasks) {
    return new Sizing(limits, tasks);
  }

  /// What administrators and the platform operator do by program.
  record Administration(
      MemberService members, AuditService audit, TenantService tenants, LimitService limits) {}

  @Bean
  Administration administration(
      MemberService members, AuditService audit, TenantService tenants, LimitService limits) {
    return new Administration(members, audit, tenants, limits);
  }

  /// What a tenant sets up around its state machines.
  record Surroundings(FunctionService functions, TriggerService triggers) {}

  @Bean
  Surroundings surroundings(FunctionService functions, TriggerService triggers) {
    return new Surroundings(functions, triggers);
  }

  /// What operators do with executions.
  record Operating(
      ExecutionService executions,
      ExecutionFinder finder,
      ForkService forks,
      BatchService batches,
      StatisticsService statistics,
      SavedViewService views) {}

  @Bean
  Operating operating(
      ExecutionService executions,
      ExecutionFinder finder,
      ForkService forks,
      BatchService batches,
      StatisticsService statistics,
      SavedViewService views) {
    return new Operating(executions, finder, forks, batches, statistics, views);
  }

  /// What authors do with the test cases of their state machines.
  record Testing(TestCaseService cases, TestRunService runs, ProposalService proposals) {}

  @Bean
  Testing testing(TestCaseService cases, TestRunService runs, ProposalService proposals) {
    return new Testing(cases, runs, proposals);
  }

  @Bean
  ManagementEndpoint managementEndpoint(
      Operating operating,
      Surroundings surroundings,
      AccessKeyService accessKeys,
      ApprovalService approvals,
      ConnectionService connections,
      ConnectionTrial connectionTrial,
      Testing testing,
      Administration administration) {
    return new ManagementEndpoint(operating.executions(), surroundings.functions(), accessKeys)
        .with(connections, connectionTrial)
        .with(surroundings.triggers())
        .with(approvals)
        .with(operating.executions(), operating.finder(), operating.forks())
        .with(operating.batches())
        .with(operating.statistics())
        .with(operating.views())
        .with(testing.cases(), testing.runs(), testing.proposals())
        .with(administration.members(), administration.audit())
        .with(administration.tenants())
        .with(administration.limits());
  }

  @Bean
  RequestRoom requestRoom(LimitSettings limits) {
    DataSize memory = limits.requestMemory();
    int longestBody = ServletRequests.maxBody(limits.payloadBytes());
    return memory == null
        ? RequestRoom.usual(longestBody)
        : new RequestRoom(memory.toBytes(), longestBody);
  }

  @Bean
  MeterBinder requestMeters(RequestRoom room) {
    return registry -> {
      Gauge.builder("gradus.requests.bytes", room, RequestRoom::taken).register(registry);
      Gauge.builder("gradus.requests.bytes.max", room, RequestRoom::bytes).register(registry);
      FunctionCounter.builder("gradus.requests.refused", room, RequestRoom::refused)
          .register(registry);
    };
  }

  @Bean
  FilterRegistrationBean<StepFunctionsFilter> stepFunctionsFilter(
      SignatureVerifier verifier,
      Operations operations,
      Sizing sizing,
      Rates rates,
      RequestRoom room) {
    var filter =
        new FilterRegistrationBean<>(
            new StepFunctionsFilter(
                new StepFunctionsEndpoint(verifier, operations, sizing, rates), room));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<ManagementFilter> managementFilter(
      SignatureVerifier verifier,
      SessionCallers sessions,
      ManagementEndpoint endpoint,
      RequestRoom room) {
    var filter =
        new FilterRegistrationBean<>(new ManagementFilter(endpoint, verifier, sessions, room));
    filter.setOrder(BEHIND_SECURITY);
    return filter;
  }
}
