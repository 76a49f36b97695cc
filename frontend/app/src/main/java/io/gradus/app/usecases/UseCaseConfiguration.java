package io.gradus.app.usecases;

import io.gradus.app.settings.LimitSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.engine.port.Connector;
import io.gradus.integrations.Connectors;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.activity.ActivityRecords;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.LogDestinations;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.RevisionRecords;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionRecords;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.execution.SyncLog;
import io.gradus.service.function.FunctionRecords;
import io.gradus.service.function.FunctionService;
import io.gradus.service.function.FunctionTrial;
import io.gradus.service.limit.LimitService;
import io.gradus.service.people.SignIn;
import io.gradus.service.secret.Seal;
import io.gradus.service.stored.GatheredAudit;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.tag.TagOwners;
import io.gradus.service.tag.TagRecords;
import io.gradus.service.tag.TagService;
import io.gradus.service.task.TaskService;
import io.gradus.service.teststate.ConnectorCalls;
import io.gradus.service.teststate.TestStateService;
import io.gradus.store.Users;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The use cases, which console and API share.
@Configuration(proxyBeanMethods = false)
class UseCaseConfiguration {
  @Bean
  Arns arns(ServerSettings server) {
    return new Arns(server.region());
  }

  @Bean
  Machines machines(StateMachineRecords records, LimitSettings limits) {
    return new Machines(records, limits.lifted());
  }

  @Bean
  StateMachineService stateMachines(
      StateMachineRecords records,
      Machines machines,
      TagRecords tags,
      Arns arns,
      Transactions transactions,
      StoredAudit audit,
      Clock clock,
      LogDestinations destinations) {
    return new StateMachineService(
        records, machines, tags, arns, transactions, audit, clock, destinations);
  }

  @Bean
  AuthoringService authoring(
      RevisionRecords revisions,
      StateMachineRecords records,
      StateMachineService machines,
      Machines remembered,
      Arns arns,
      Transactions transactions) {
    return new AuthoringService(revisions, records, machines, remembered, arns, transactions);
  }

  @Bean
  ExecutionService executions(
      ExecutionRecords records,
      Machines machines,
      StateMachineService views,
      ExecutionGateway gateway,
      Arns arns,
      GatheredAudit audit,
      Clock clock,
      SyncLog log) {
    return new ExecutionService(records, machines, views, gateway, arns, audit, clock, log);
  }

  @Bean
  ExecutionFinder executionFinder(ExecutionLookup lookup, ExecutionRecords records, Arns arns) {
    return new ExecutionFinder(lookup, records, arns);
  }

  @Bean
  ExecutionWatch executionWatch(ExecutionGateway gateway) {
    return new ExecutionWatch(gateway);
  }

  @Bean
  ActivityService activities(
      ActivityRecords records,
      TagRecords tags,
      ExecutionGateway gateway,
      Arns arns,
      Transactions transactions,
      StoredAudit audit,
      Clock clock) {
    return new ActivityService(records, tags, gateway, arns, transactions, audit, clock);
  }

  @Bean
  TaskService tasks(ExecutionGateway gateway, GatheredAudit audit) {
    return new TaskService(gateway, audit);
  }

  @Bean
  TagService tags(
      TagRecords records,
      StateMachineRecords machines,
      ActivityRecords activities,
      Arns arns,
      Transactions transactions,
      StoredAudit audit) {
    TagOwners owners =
        (tenant, arn) ->
            switch (arn) {
              case StatesArn.StateMachine machine ->
                  machines.find(tenant, machine.name()).isPresent();
              case StatesArn.Activity activity ->
                  activities.find(tenant, activity.name()).isPresent();
              case StatesArn.Execution _, StatesArn.ExpressExecution _, StatesArn.MapRun _ -> false;
            };
    return new TagService(records, owners, arns, transactions, audit);
  }

  @Bean
  VersionService versions(
      StateMachineRecords machines,
      VersionRecords records,
      Machines remembered,
      Arns arns,
      Transactions transactions,
      StoredAudit audit,
      Clock clock) {
    return new VersionService(machines, records, remembered, arns, transactions, audit, clock);
  }

  @Bean
  AliasService aliases(
      StateMachineRecords machines,
      VersionRecords records,
      Machines remembered,
      Arns arns,
      Transactions transactions,
      StoredAudit audit,
      Clock clock) {
    return new AliasService(machines, records, remembered, arns, transactions, audit, clock);
  }

  @Bean
  TestStateService testStates(
      List<Connector> connectors,
      Arns arns,
      GatheredAudit audit,
      Clock clock,
      LimitService limits) {
    return new TestStateService(
        new ConnectorCalls(new Connectors(connectors)), arns, audit, clock, limits::limits);
  }

  @Bean
  FunctionService functions(FunctionRecords records, Transactions transactions, StoredAudit audit) {
    return new FunctionService(records, transactions, audit);
  }

  @Bean
  FunctionTrial functionTrial(
      FunctionService functions,
      @Qualifier("tenantsEgress") EgressClient tenantsEgress,
      StoredAudit audit) {
    return new FunctionTrial(functions, tenantsEgress, audit);
  }

  @Bean
  AccessKeyService accessKeyService(
      AccessKeyRecords records, Seal seal, Transactions transactions, StoredAudit audit) {
    return new AccessKeyService(records, seal, transactions, audit);
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  SignIn signIn(Users users, PasswordEncoder passwords, Clock clock) {
    return new SignIn(users, passwords, clock);
  }
}
