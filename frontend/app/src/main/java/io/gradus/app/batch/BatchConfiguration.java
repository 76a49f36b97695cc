package io.gradus.app.batch;

import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.arn.Arns;
import io.gradus.service.batch.Askers;
import io.gradus.service.batch.BatchRecords;
import io.gradus.service.batch.BatchRuns;
import io.gradus.service.batch.BatchService;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.people.Directory;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredBatches;
import io.gradus.store.Batches;
import io.gradus.store.Database;
import io.gradus.store.TenantScope;
import io.gradus.store.engine.BatchRows;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Batches: their use cases on every node, the work on them where executions are moved.
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {
  @Bean
  BatchRecords batchRecords(TenantScope scope) {
    return new StoredBatches(new Batches(scope));
  }

  @Bean
  BatchRows batchRows(Database database) {
    return new BatchRows(database.engine());
  }

  @Bean
  BatchService batches(
      BatchRecords records,
      ExecutionFinder finder,
      ExecutionRecords executions,
      Arns arns,
      Transactions transactions,
      StoredAudit audit,
      Clock clock,
      ObjectProvider<BatchLifecycle> running) {
    return new BatchService(
        records,
        finder,
        executions,
        arns,
        transactions,
        audit,
        clock,
        () -> running.ifAvailable(BatchLifecycle::poke));
  }

  @Bean
  @ConditionalOnRole(Role.ENGINE)
  BatchLifecycle batchLifecycle(
      BatchRows rows, ExecutionService executions, Directory directory, AccessKeyService keys) {
    return new BatchLifecycle(() -> new BatchRuns(rows, executions, new Askers(directory, keys)));
  }
}
