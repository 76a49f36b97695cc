package io.gradus.app.trigger;

import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsQueues;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.Machines;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.limit.Rates;
import io.gradus.service.secret.LastingKeys;
import io.gradus.service.secret.Seal;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredTriggers;
import io.gradus.service.trigger.HookSecrets;
import io.gradus.service.trigger.QueuePolls;
import io.gradus.service.trigger.ScheduleClock;
import io.gradus.service.trigger.ScheduleFiring;
import io.gradus.service.trigger.TriggerDrafts;
import io.gradus.service.trigger.TriggerFigures;
import io.gradus.service.trigger.TriggerRecords;
import io.gradus.service.trigger.TriggerService;
import io.gradus.service.trigger.TriggerStarts;
import io.gradus.store.Database;
import io.gradus.store.TenantScope;
import io.gradus.store.Triggers;
import io.gradus.store.engine.TriggerRows;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Triggers: their use cases on every node, their clock and their polls where executions are moved.
@Configuration(proxyBeanMethods = false)
class TriggerConfiguration {
  @Bean
  TriggerRecords triggerRecords(TenantScope scope) {
    return new StoredTriggers(new Triggers(scope));
  }

  @Bean
  TriggerRows triggerRows(Database database) {
    return new TriggerRows(database.engine());
  }

  @Bean
  HookSecrets hookSecrets(Seal seal, LastingKeys keys) {
    return new HookSecrets(seal, keys.derive("trigger-keys"));
  }

  @Bean
  TriggerStarts triggerStarts(
      ExecutionService executions,
      Rates rates,
      LimitService limits,
      Clock clock,
      TriggerFigures figures) {
    return new TriggerStarts(executions, rates, limits, clock, figures);
  }

  @Bean
  TriggerFigures triggerFigures() {
    return new TriggerFigures();
  }

  @Bean
  TriggerDrafts triggerDrafts(Arns arns, Machines machines) {
    return new TriggerDrafts(arns, machines);
  }

  @Bean
  TriggerService triggers(
      TriggerRecords records,
      TriggerDrafts drafts,
      HookSecrets secrets,
      Transactions transactions,
      StoredAudit audit,
      Clock clock,
      ObjectProvider<TriggerLifecycle> running) {
    return new TriggerService(
        records,
        drafts,
        secrets,
        transactions,
        audit,
        clock,
        () -> running.ifAvailable(TriggerLifecycle::poke));
  }

  @Bean
  @ConditionalOnRole(Role.ENGINE)
  TriggerLifecycle triggerLifecycle(
      TriggerRows rows,
      TriggerStarts starts,
      AwsCalls aws,
      Database database,
      ServerSettings server,
      Clock clock) {
    return new TriggerLifecycle(
        () ->
            new ScheduleClock(
                rows, database.quartz(), new ScheduleFiring(rows, starts, server.region())),
        () -> new QueuePolls(rows, starts, new AwsQueues(aws), server.region(), clock));
  }
}
