package io.gradus.store;

import static io.gradus.migrations.db.Tables.STATE_MACHINE_ALIAS;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Aliases of state machines, each of which routes to one or two versions.
public final class Aliases {
  private final TenantScope scope;

  /// An alias.
  public record Alias(
      String name,
      @Nullable String description,
      List<Route> routes,
      Instant createdAt,
      Instant updatedAt) {
    public Alias {
      routes = List.copyOf(routes);
    }
  }

  /// A version and its share of the starts.
  ///
  /// @param weight in percent
  public record Route(int version, int weight) {}

  /// Works in this scope.
  public Aliases(TenantScope scope) {
    this.scope = scope;
  }

  /// Stores a new one, unless the name is taken.
  ///
  /// @return false if it is, or the state machine is gone
  public boolean create(TenantId tenant, UUID machine, Alias alias) {
    return scope.with(
        tenant,
        db ->
            Versions.lock(db, tenant, machine) != null
                && db.insertInto(STATE_MACHINE_ALIAS)
                        .set(STATE_MACHINE_ALIAS.TENANT_ID, tenant.value())
                        .set(STATE_MACHINE_ALIAS.STATE_MACHINE_ID, machine)
                        .set(STATE_MACHINE_ALIAS.NAME, alias.name())
                        .set(STATE_MACHINE_ALIAS.DESCRIPTION, alias.description())
                        .set(STATE_MACHINE_ALIAS.FIRST_VERSION, alias.routes().get(0).version())
                        .set(STATE_MACHINE_ALIAS.FIRST_WEIGHT, alias.routes().get(0).weight())
                        .set(STATE_MACHINE_ALIAS.SECOND_VERSION, secondVersion(alias))
                        .set(STATE_MACHINE_ALIAS.SECOND_WEIGHT, secondWeight(alias))
                        .set(STATE_MACHINE_ALIAS.CREATED_AT, Times.column(alias.createdAt()))
                        .set(STATE_MACHINE_ALIAS.UPDATED_AT, Times.column(alias.updatedAt()))
                        .onConflictDoNothing()
                        .execute()
                    == 1);
  }

  /// Stores another description and other routes; false where it is gone.
  public boolean update(TenantId tenant, UUID machine, Alias alias) {
    return scope.with(
        tenant,
        db ->
            Versions.lock(db, tenant, machine) != null
                && db.update(STATE_MACHINE_ALIAS)
                        .set(STATE_MACHINE_ALIAS.DESCRIPTION, alias.description())
                        .set(STATE_MACHINE_ALIAS.FIRST_VERSION, alias.routes().get(0).version())
                        .set(STATE_MACHINE_ALIAS.FIRST_WEIGHT, alias.routes().get(0).weight())
                        .set(STATE_MACHINE_ALIAS.SECOND_VERSION, secondVersion(alias))
                        .set(STATE_MACHINE_ALIAS.SECOND_WEIGHT, secondWeight(alias))
                        .set(STATE_MACHINE_ALIAS.UPDATED_AT, Times.column(alias.updatedAt()))
                        .where(of(tenant, machine))
                        .and(STATE_MACHINE_ALIAS.NAME.eq(alias.name()))
                        .execute()
                    == 1);
  }

  /// The alias of that name.
  public Optional<Alias> find(TenantId tenant, UUID machine, String name) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(STATE_MACHINE_ALIAS)
                .where(of(tenant, machine))
                .and(STATE_MACHINE_ALIAS.NAME.eq(name))
                .fetchOptional(Aliases::read));
  }

  /// By name.
  ///
  /// @param version only those that route to it; null for all
  /// @param after the name after which to begin, `""` for the first
  public List<Alias> list(
      TenantId tenant, UUID machine, @Nullable Integer version, String after, int limit) {
    Condition wanted = of(tenant, machine).and(STATE_MACHINE_ALIAS.NAME.gt(after));
    Condition routed =
        version == null
            ? wanted
            : wanted.and(
                STATE_MACHINE_ALIAS
                    .FIRST_VERSION
                    .eq(version)
                    .or(STATE_MACHINE_ALIAS.SECOND_VERSION.eq(version)));
    return scope.with(
        tenant,
        db ->
            db.selectFrom(STATE_MACHINE_ALIAS)
                .where(routed)
                .orderBy(STATE_MACHINE_ALIAS.NAME)
                .limit(limit)
                .fetch(Aliases::read));
  }

  /// How many there are.
  public int count(TenantId tenant, UUID machine) {
    return scope.with(tenant, db -> db.fetchCount(STATE_MACHINE_ALIAS, of(tenant, machine)));
  }

  /// Deletes it; false where it was gone.
  public boolean delete(TenantId tenant, UUID machine, String name) {
    return scope.with(
        tenant,
        db ->
            db.deleteFrom(STATE_MACHINE_ALIAS)
                    .where(of(tenant, machine))
                    .and(STATE_MACHINE_ALIAS.NAME.eq(name))
                    .execute()
                == 1);
  }

  private static @Nullable Integer secondVersion(Alias alias) {
    return alias.routes().size() < 2 ? null : Integer.valueOf(alias.routes().get(1).version());
  }

  private static @Nullable Integer secondWeight(Alias alias) {
    return alias.routes().size() < 2 ? null : Integer.valueOf(alias.routes().get(1).weight());
  }

  private static Condition of(TenantId tenant, UUID machine) {
    return STATE_MACHINE_ALIAS
        .TENANT_ID
        .eq(tenant.value())
        .and(STATE_MACHINE_ALIAS.STATE_MACHINE_ID.eq(machine));
  }

  private static Alias read(Record row) {
    List<Route> routes = new ArrayList<>();
    routes.add(
        new Route(
            row.get(STATE_MACHINE_ALIAS.FIRST_VERSION), row.get(STATE_MACHINE_ALIAS.FIRST_WEIGHT)));
    Integer second = row.get(STATE_MACHINE_ALIAS.SECOND_VERSION);
    if (second != null) {
      routes.add(new Route(second, row.get(STATE_MACHINE_ALIAS.SECOND_WEIGHT)));
    }
    return new Alias(
        row.get(STATE_MACHINE_ALIAS.NAME),
        row.get(STATE_MACHINE_ALIAS.DESCRIPTION),
        routes,
        Times.instant(row.get(STATE_MACHINE_ALIAS.CREATED_AT)),
        Times.instant(row.get(STATE_MACHINE_ALIAS.UPDATED_AT)));
  }
}
