package io.gradus.app.usecases;

import io.gradus.service.Transactions;
import io.gradus.service.savedview.SavedViewRecords;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredSavedViews;
import io.gradus.store.SavedViews;
import io.gradus.store.TenantScope;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lists of executions that people gave a name to.
@Configuration(proxyBeanMethods = false)
class SavedViewConfiguration {
  @Bean
  SavedViewRecords savedViewRecords(TenantScope scope) {
    return new StoredSavedViews(new SavedViews(scope));
  }

  @Bean
  SavedViewService savedViews(
      SavedViewRecords records, Transactions transactions, StoredAudit audit, Clock clock) {
    return new SavedViewService(records, transactions, audit, clock);
  }
}
