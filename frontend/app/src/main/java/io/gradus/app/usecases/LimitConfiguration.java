package io.gradus.app.usecases;

import io.gradus.app.settings.LimitSettings;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ForkService;
import io.gradus.service.execution.MapRunRecords;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.execution.Standpoints;
import io.gradus.service.limit.LimitService;
import io.gradus.service.limit.Rates;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.stored.GatheredAudit;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredLimits;
import io.gradus.store.TenantLimits;
import io.gradus.store.TenantScope;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The use cases about what executions may use, and where they begin.
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
  private static final int BURST_SECONDS = 2;

  @Bean
  LimitService limits(
      TenantScope scope,
      StateMachineRecords records,
      Machines machines,
      Arns arns,
      Transactions transactions,
      StoredAudit audit) {
    return new LimitService(
        new StoredLimits(new TenantLimits(scope)), records, machines, arns, transactions, audit);
  }

  @Bean
  Rates rates(LimitSettings settings, LimitService limits, Arns arns) {
    double perSecond = settings.callsPerSecond();
    Rates.Bucket usual = new Rates.Bucket(perSecond * BURST_SECONDS, perSecond);
    return new Rates(
        settings.awsRates()
            ? Rates.Plan.aws(tenant -> limits.limits(tenant).areAws(), arns.region(), usual)
            : Rates.Plan.of(usual),
        System::nanoTime);
  }

  @Bean
  MapRunService mapRuns(
      ExecutionRecords executions,
      MapRunRecords records,
      ExecutionGateway gateway,
      Arns arns,
      GatheredAudit audit) {
    return new MapRunService(executions, records, gateway, arns, audit);
  }

  @Bean
  MapRunViews mapRunViews(
      MapRunRecords records,
      ChildRecords children,
      ExecutionFinder finder,
      Arns arns,
      Clock clock) {
    return new MapRunViews(records, children, finder, arns, clock);
  }

  @Bean
  ForkService forks(
      ExecutionRecords records,
      ExecutionLookup lookup,
      StateMachineRecords stateMachines,
      Machines machines,
      ExecutionService executions,
      Arns arns,
      GatheredAudit audit) {
    return new ForkService(
        records, new Standpoints(lookup), stateMachines, machines, executions, arns, audit);
  }
}
