package io.gradus.app.usecases;

import io.gradus.app.settings.MailSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.engine.TenantId;
import io.gradus.integrations.email.MailServer;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.service.approval.ApprovalDesks;
import io.gradus.service.approval.ApprovalPlaces;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.approval.ApprovalViews;
import io.gradus.service.approval.ApprovalWatch;
import io.gradus.service.arn.Arns;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.mail.ApprovalNotices;
import io.gradus.service.mail.SmtpMailer;
import io.gradus.service.people.Directory;
import io.gradus.service.stored.StoredAudit;
import io.gradus.store.ApprovalMails;
import io.gradus.store.Approvals;
import io.gradus.store.Database;
import io.gradus.store.EngineApprovals;
import io.gradus.store.TenantScope;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Tasks that wait for a person.
@Configuration(proxyBeanMethods = false)
class ApprovalConfiguration {
  @Bean
  ApprovalService.Stores approvalStores(TenantScope scope, Database database) {
    return new ApprovalService.Stores(new Approvals(scope), new EngineApprovals(database.engine()));
  }

  @Bean(destroyMethod = "close")
  ApprovalWatch approvalWatch(
      ApprovalService.Stores stores, ObjectProvider<ExecutionGateway> gateway) {
    return new ApprovalWatch(stores.approvals(), gateway::getObject);
  }

  @Bean
  ApprovalDesks approvalDesks(
      ApprovalService.Stores stores,
      Directory directory,
      ApprovalWatch watch,
      ObjectProvider<ApprovalNotices> notices,
      Clock clock) {
    ApprovalNotices mail = notices.getIfAvailable();
    return new ApprovalDesks(stores.engine(), directory, new Telling(watch, mail), clock);
  }

  /// Pages at once, people by mail where there is a server for it.
  private record Telling(ApprovalWatch watch, @Nullable ApprovalNotices mail)
      implements ApprovalDesks.Told {
    @Override
    public boolean byMail() {
      return mail != null;
    }

    @Override
    public void opened(TenantId tenant) {
      watch.poke(tenant);
      if (mail != null) {
        mail.wake();
      }
    }
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnProperty("gradus.smtp.host")
  ApprovalNotices approvalNotices(Database database, MailSettings mail, ServerSettings server) {
    var to =
        new MailServer(
            String.valueOf(mail.host()),
            mail.port(),
            mail.security(),
            mail.username(),
            mail.password(),
            String.valueOf(mail.from()),
            null);
    return new ApprovalNotices(
        new ApprovalMails(database.engine()), new SmtpMailer(to), server.console());
  }

  @Bean
  ApprovalPlaces approvalPlaces(ExecutionService executions) {
    return new ApprovalPlaces(executions);
  }

  @Bean
  ApprovalService approvals(
      ApprovalService.Stores stores,
      Directory directory,
      AccessKeyRecords keys,
      Arns arns,
      Transactions transactions,
      StoredAudit audit,
      ApprovalWatch watch,
      ObjectProvider<ExecutionGateway> gateway,
      Clock clock) {
    return new ApprovalService(
        stores,
        new ApprovalViews(directory, keys, arns),
        directory,
        transactions,
        audit,
        new ApprovalService.Signals(watch, gateway::getObject),
        clock);
  }
}
