package io.gradus.app.usecases;

import io.gradus.app.start.MasterKey;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.service.activity.ActivityRecords;
import io.gradus.service.definition.RevisionRecords;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.definition.VersionRecords;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.MapRunRecords;
import io.gradus.service.function.FunctionRecords;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.service.people.Directory;
import io.gradus.service.secret.LastingKeys;
import io.gradus.service.secret.Seal;
import io.gradus.service.setup.FirstTenant;
import io.gradus.service.stored.GatheredAudit;
import io.gradus.service.stored.StoredAccessKeys;
import io.gradus.service.stored.StoredActivities;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredChildren;
import io.gradus.service.stored.StoredDirectory;
import io.gradus.service.stored.StoredExecutions;
import io.gradus.service.stored.StoredFunctions;
import io.gradus.service.stored.StoredLookup;
import io.gradus.service.stored.StoredMapRuns;
import io.gradus.service.stored.StoredRevisions;
import io.gradus.service.stored.StoredStateMachines;
import io.gradus.service.stored.StoredTags;
import io.gradus.service.stored.StoredVersions;
import io.gradus.service.tag.TagRecords;
import io.gradus.store.AccessKeys;
import io.gradus.store.Activities;
import io.gradus.store.Audit;
import io.gradus.store.Database;
import io.gradus.store.EngineAudit;
import io.gradus.store.ExecutionSearch;
import io.gradus.store.Executions;
import io.gradus.store.Functions;
import io.gradus.store.Histories;
import io.gradus.store.MapRunChildren;
import io.gradus.store.MapRuns;
import io.gradus.store.PlatformScope;
import io.gradus.store.Revisions;
import io.gradus.store.SealedRows;
import io.gradus.store.Secrets;
import io.gradus.store.StateMachines;
import io.gradus.store.Tags;
import io.gradus.store.TenantScope;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where the use cases keep things: the repositories of the store, each under the scope that
/// row-level security gives it.
@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Seal seal(MasterKey key) {
    return key.seal();
  }

  @Bean
  TenantScope tenantScope(Database database) {
    return new TenantScope(database.app());
  }

  @Bean
  PlatformScope platformScope(Database database) {
    return new PlatformScope(database.platform());
  }

  @Bean
  Transactions transactions(TenantScope scope) {
    return scope::call;
  }

  @Bean
  Tenants tenants(PlatformScope scope) {
    return new Tenants(scope);
  }

  @Bean
  Users users(PlatformScope scope) {
    return new Users(scope);
  }

  @Bean
  Directory directory(Users users) {
    return new StoredDirectory(users);
  }

  @Bean
  Secrets secrets(PlatformScope scope) {
    return new Secrets(scope);
  }

  @Bean
  LastingKeys lastingKeys(Secrets secrets, Seal seal) {
    return new LastingKeys(secrets, seal);
  }

  @Bean
  SealedRows sealedRows(PlatformScope scope) {
    return new SealedRows(scope);
  }

  @Bean
  AccessKeys accessKeys(TenantScope scope, PlatformScope platform) {
    return new AccessKeys(scope, platform);
  }

  @Bean
  FirstTenant.Stores firstTenantStores(
      Tenants tenants, Users users, AccessKeys keys, Secrets secrets) {
    return new FirstTenant.Stores(tenants, users, keys, secrets);
  }

  @Bean
  StateMachines stateMachineStore(TenantScope scope) {
    return new StateMachines(scope);
  }

  @Bean
  AccessKeyRecords accessKeyRecords(AccessKeys store, Clock clock) {
    return new StoredAccessKeys(store, clock);
  }

  @Bean
  StateMachineRecords stateMachineRecords(StateMachines store, Clock clock) {
    return new StoredStateMachines(store, clock);
  }

  @Bean
  RevisionRecords revisionRecords(TenantScope scope) {
    return new StoredRevisions(new Revisions(scope));
  }

  @Bean
  VersionRecords versionRecords(StateMachines store) {
    return new StoredVersions(store);
  }

  @Bean
  StoredExecutions executionRecords(TenantScope scope, StateMachines machines) {
    return new StoredExecutions(new Executions(scope), new Histories(scope), machines);
  }

  @Bean
  MapRunRecords mapRunRecords(TenantScope scope) {
    return new StoredMapRuns(new MapRuns(scope));
  }

  @Bean
  ChildRecords childRecords(TenantScope scope) {
    return new StoredChildren(new MapRunChildren(scope), new Histories(scope));
  }

  @Bean
  ExecutionLookup executionLookup(TenantScope scope) {
    return new StoredLookup(new ExecutionSearch(scope), new Histories(scope));
  }

  @Bean
  ActivityRecords activityRecords(TenantScope scope) {
    return new StoredActivities(new Activities(scope));
  }

  @Bean
  TagRecords tagRecords(TenantScope scope) {
    return new StoredTags(new Tags(scope));
  }

  @Bean
  FunctionRecords functionRecords(TenantScope scope, Clock clock) {
    return new StoredFunctions(new Functions(scope), clock);
  }

  @Bean
  StoredAudit auditTrail(TenantScope scope, Clock clock) {
    return new StoredAudit(new Audit(scope), clock);
  }

  @Bean
  GatheredAudit gatheredAudit(Database database, Clock clock) {
    return new GatheredAudit(new EngineAudit(database.engine()), clock);
  }

  @Bean
  MeterBinder auditMeters(GatheredAudit audit) {
    return registry ->
        Gauge.builder("gradus.audit.waiting", audit, GatheredAudit::waiting).register(registry);
  }
}
