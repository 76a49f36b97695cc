package io.gradus.app.statistics;

import io.gradus.service.arn.Arns;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.statistics.StateSampling;
import io.gradus.service.statistics.StatisticsService;
import io.gradus.store.Database;
import io.gradus.store.Statistics;
import io.gradus.store.TenantScope;
import io.gradus.store.engine.StatisticRows;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Statistics on every node; which of them counts, the database says.
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {
  @Bean
  StatisticRows statisticRows(Database database) {
    return new StatisticRows(database.engine());
  }

  @Bean
  StatisticsJob statisticsJob(StatisticRows rows) {
    return new StatisticsJob(rows);
  }

  @Bean
  StatisticsService statistics(TenantScope scope, Arns arns, Clock clock) {
    return new StatisticsService(new Statistics(scope), arns, clock);
  }

  @Bean
  StateSampling stateSampling(ExecutionFinder finder) {
    return new StateSampling(finder);
  }
}
