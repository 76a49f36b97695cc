package io.gradus.store;

import static io.gradus.migrations.db.Tables.SECRET;

import java.util.Optional;
import org.jooq.DSLContext;

/// Secrets of the installation itself, sealed under a key that is not in the database.
public final class Secrets {
  private final PlatformScope scope;

  /// Works in this scope.
  public Secrets(PlatformScope scope) {
    this.scope = scope;
  }

  /// The sealed secret of that name.
  public Optional<byte[]> find(String name) {
    return scope.with(db -> find(db, name));
  }

  /// Stores a secret unless there is one: of nodes that start at once, one wins.
  ///
  /// @return what is stored now
  public byte[] putIfAbsent(String name, byte[] sealed) {
    return scope.with(
        db -> {
          db.insertInto(SECRET)
              .set(SECRET.NAME, name)
              .set(SECRET.SEALED, sealed)
              .onConflictDoNothing()
              .execute();
          return find(db, name).orElseThrow();
        });
  }

  /// Stores a secret in place of another, for example when the sealing key changes.
  public void put(String name, byte[] sealed) {
    scope.with(
        db ->
            db.insertInto(SECRET)
                .set(SECRET.NAME, name)
                .set(SECRET.SEALED, sealed)
                .onConflict(SECRET.NAME)
                .doUpdate()
                .set(SECRET.SEALED, sealed)
                .execute());
  }

  private static Optional<byte[]> find(DSLContext db, String name) {
    return db.select(SECRET.SEALED)
        .from(SECRET)
        .where(SECRET.NAME.eq(name))
        .fetchOptional(SECRET.SEALED);
  }
}
