package io.gradus.app.node;

import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.LogSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.aws.LogGroups;
import io.gradus.service.log.ConnectedDestinations;
import io.gradus.service.log.LogBatches;
import io.gradus.service.log.LogFigures;
import io.gradus.service.log.LogIntake;
import io.gradus.service.log.LogSender;
import io.gradus.service.log.LogService;
import io.gradus.service.log.SyncLogs;
import io.gradus.service.stored.StoredAudit;
import io.gradus.store.Database;
import io.gradus.store.Logs;
import io.gradus.store.TenantScope;
import io.gradus.store.engine.HistoryReader;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.LogOutgoing;
import io.gradus.store.engine.LogWriting;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Logs of executions: written by nodes that move executions, read by all.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {
  @Bean
  LogGroups logGroups(AwsConnections connections, AwsCalls calls) {
    return new LogGroups(connections, calls);
  }

  @Bean
  ConnectedDestinations logDestinations(LogGroups groups) {
    return new ConnectedDestinations(groups);
  }

  @Bean
  LogWriting logWriting(Database database) {
    return new LogWriting(database.engine());
  }

  @Bean
  LogBounds logBounds(Database database) {
    return new LogBounds(database.engine());
  }

  @Bean
  LogBatches logBatches(Database database, ServerSettings server, LogGroups groups) {
    return new LogBatches(
        new HistoryReader(database.engine()), server.region(), groups::isConnected);
  }

  @Bean
  LogFigures logFigures() {
    return new LogFigures();
  }

  @Bean(destroyMethod = "close")
  SyncLogs syncLogs(LogWriting writing, LogBatches batches, LogFigures figures) {
    return new SyncLogs(writing, batches, figures);
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnRole(Role.ENGINE)
  LogIntake logIntake(
      LogWriting writing,
      LogBatches batches,
      LogBounds bounds,
      LogSettings settings,
      LogFigures figures,
      Clock clock) {
    return new LogIntake(writing, batches, bounds, settings.bounds(), figures, clock);
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnRole(Role.ENGINE)
  LogSender logSender(Database database, LogGroups groups, LogFigures figures, Clock clock) {
    return new LogSender(new LogOutgoing(database.engine()), groups, figures, clock);
  }

  @Bean
  LogService logService(TenantScope scope, StoredAudit audit) {
    return new LogService(new Logs(scope), audit);
  }

  @Bean
  MeterBinder logMeters(LogFigures figures) {
    return registry -> {
      Gauge.builder("gradus.logs.behind.seconds", figures, LogFigures::behindSeconds)
          .register(registry);
      counter(registry, "written", figures, LogFigures::written);
      counter(registry, "sent", figures, LogFigures::sent);
      counter(registry, "lost", figures, LogFigures::lost);
      counter(registry, "failures", figures, LogFigures::failures);
    };
  }

  private static void counter(
      MeterRegistry registry,
      String name,
      LogFigures figures,
      ToDoubleFunction<LogFigures> figure) {
    FunctionCounter.builder("gradus.logs." + name, figures, figure).register(registry);
  }
}
