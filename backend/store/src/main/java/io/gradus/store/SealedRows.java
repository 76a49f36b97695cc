package io.gradus.store;

import static io.gradus.migrations.db.Tables.ACCESS_KEY;
import static io.gradus.migrations.db.Tables.CONNECTION;
import static io.gradus.migrations.db.Tables.SECRET;
import static io.gradus.migrations.db.Tables.TRIGGER;

import io.gradus.engine.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Everything in the database that is sealed under the installation's key, of every tenant, for the
/// day when that key changes. Nothing is opened here.
public final class SealedRows {
  /// The kind of a webhook's proof that is a digest, and nothing sealed.
  private static final short KEY = 0;

  private final PlatformScope scope;

  /// A sealed secret and where it is.
  public sealed interface Sealed {
    byte[] sealed();

    /// An access key's secret.
    record OfAccessKey(TenantId tenant, String id, byte[] sealed) implements Sealed {}

    /// A connection's secrets.
    record OfConnection(TenantId tenant, UUID id, byte[] sealed) implements Sealed {}

    /// A shared secret of a webhook.
    record OfTrigger(TenantId tenant, UUID id, byte[] sealed) implements Sealed {}

    /// A secret of the installation itself.
    record OfInstallation(String name, byte[] sealed) implements Sealed {}
  }

  /// Works in this scope.
  public SealedRows(PlatformScope scope) {
    this.scope = scope;
  }

  /// All of them. An installation has some thousands at most, of some hundred bytes each.
  public List<Sealed> all() {
    return scope.with(
        db -> {
          List<Sealed> all = new ArrayList<>();
          db.select(ACCESS_KEY.TENANT_ID, ACCESS_KEY.ID, ACCESS_KEY.SEALED_SECRET)
              .from(ACCESS_KEY)
              .forEach(
                  row ->
                      all.add(
                          new Sealed.OfAccessKey(
                              new TenantId(row.value1()), row.value2(), row.value3())));
          db.select(CONNECTION.TENANT_ID, CONNECTION.ID, CONNECTION.SEALED)
              .from(CONNECTION)
              .forEach(
                  row ->
                      all.add(
                          new Sealed.OfConnection(
                              new TenantId(row.value1()), row.value2(), row.value3())));
          db.select(TRIGGER.TENANT_ID, TRIGGER.ID, TRIGGER.SECRET)
              .from(TRIGGER)
              .where(TRIGGER.PROOF.gt(KEY))
              .forEach(
                  row ->
                      all.add(
                          new Sealed.OfTrigger(
                              new TenantId(row.value1()), row.value2(), row.value3())));
          db.select(SECRET.NAME, SECRET.SEALED)
              .from(SECRET)
              .forEach(row -> all.add(new Sealed.OfInstallation(row.value1(), row.value2())));
          return all;
        });
  }

  /// Puts the same secret, sealed anew, in place of what was read.
  ///
  /// @return false where somebody changed it meanwhile: theirs stays
  public boolean replace(Sealed read, byte[] anew) {
    return scope.with(
        db ->
            switch (read) {
                  case Sealed.OfAccessKey key ->
                      db.update(ACCESS_KEY)
                          .set(ACCESS_KEY.SEALED_SECRET, anew)
                          .where(ACCESS_KEY.TENANT_ID.eq(key.tenant().value()))
                          .and(ACCESS_KEY.ID.eq(key.id()))
                          .and(ACCESS_KEY.SEALED_SECRET.eq(key.sealed()))
                          .execute();
                  case Sealed.OfConnection connection ->
                      db.update(CONNECTION)
                          .set(CONNECTION.SEALED, anew)
                          .where(CONNECTION.TENANT_ID.eq(connection.tenant().value()))
                          .and(CONNECTION.ID.eq(connection.id()))
                          .and(CONNECTION.SEALED.eq(connection.sealed()))
                          .execute();
                  case Sealed.OfTrigger trigger ->
                      db.update(TRIGGER)
                          .set(TRIGGER.SECRET, anew)
                          .where(TRIGGER.TENANT_ID.eq(trigger.tenant().value()))
                          .and(TRIGGER.ID.eq(trigger.id()))
                          .and(TRIGGER.SECRET.eq(trigger.sealed()))
                          .execute();
                  case Sealed.OfInstallation secret ->
                      db.update(SECRET)
                          .set(SECRET.SEALED, anew)
                          .where(SECRET.NAME.eq(secret.name()))
                          .and(SECRET.SEALED.eq(secret.sealed()))
                          .execute();
                }
                == 1);
  }
}
