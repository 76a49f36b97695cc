package io.gradus.app.usecases;

import io.gradus.service.audit.AuditService;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.people.Directory;
import io.gradus.service.people.MemberService;
import io.gradus.service.people.People;
import io.gradus.service.people.ProfileService;
import io.gradus.service.people.TenantService;
import io.gradus.service.stored.StoredAudit;
import io.gradus.store.AccessKeys;
import io.gradus.store.Audit;
import io.gradus.store.PlatformAudit;
import io.gradus.store.PlatformScope;
import io.gradus.store.TenantScope;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The use cases around people: they work above tenants, in the platform's transactions.
@Configuration(proxyBeanMethods = false)
class PeopleUseCaseConfiguration {
  @Bean
  People newPeople(Users users, PasswordEncoder passwords, Clock clock) {
    return new People(users, passwords, clock);
  }

  @Bean
  MemberService members(
      Directory directory, Users users, People people, PlatformScope scope, Clock clock) {
    return new MemberService(directory, users, people, scope, trail(scope, clock));
  }

  @Bean
  ProfileService profiles(
      Users users, PlatformScope scope, PasswordEncoder passwords, Clock clock) {
    return new ProfileService(users, scope, trail(scope, clock), passwords);
  }

  @Bean
  TenantService tenantService(
      Tenants tenants,
      Users users,
      AccessKeys keys,
      People people,
      PlatformScope scope,
      Clock clock) {
    return new TenantService(
        new TenantService.Stores(tenants, users, keys, scope), people, trail(scope, clock), clock);
  }

  @Bean
  AuditService auditService(TenantScope scope, StoredAudit trail) {
    return new AuditService(new Audit(scope), trail);
  }

  private static AuditTrail trail(PlatformScope scope, Clock clock) {
    return new StoredAudit(new PlatformAudit(scope), clock);
  }
}
