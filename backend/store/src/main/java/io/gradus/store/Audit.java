package io.gradus.store;

import static io.gradus.migrations.db.Tables.AUDIT;
import static io.gradus.migrations.db.Tables.AUDIT_HEAD;
import static org.jooq.impl.DSL.min;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.AuditRecord;
import io.gradus.store.AuditEntry.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/// Each tenant's audit log: append-only, and each entry's hash covers the one before it.
public final class Audit {
  private static final int VERIFY_BATCH = 1_000;

  private final TenantScope scope;

  /// The end of a chain: to be kept elsewhere, it shows later that no entry up to it was changed or
  /// cut off.
  ///
  /// @param seq of the last entry, 0 where there is none
  public record Head(long seq, byte[] hash) {}

  /// What a look at the whole chain found.
  ///
  /// @param entries how many are sound
  /// @param fault where the first is not, null when all are
  public record Verification(long entries, @Nullable Fault fault) {}

  /// @param seq the first entry that is wrong or missing
  public record Fault(long seq, String why) {}

  /// How far a look at the chain has come.
  @FunctionalInterface
  public interface Progress {
    /// Called now and then.
    ///
    /// @param looked how many entries were looked at
    /// @param of how many there are
    /// @return false to look no further
    boolean at(long looked, long of);
  }

  /// Works in this scope.
  public Audit(TenantScope scope) {
    this.scope = scope;
  }

  /// Adds entries at the end of the tenant's chain, as one unit; in the current transaction where
  /// there is one, so that neither the change nor its entry stands alone.
  public void append(TenantId tenant, List<What> entries) {
    scope.with(tenant, db -> append(db, tenant, entries));
  }

  /// Entries, newest first.
  ///
  /// @param before only with smaller numbers; `Long.MAX_VALUE` for the newest
  public List<AuditEntry> list(TenantId tenant, AuditFilter filter, long before, int limit) {
    return scope.with(
        tenant,
        db -> {
          return db.selectFrom(AUDIT)
              .where(AUDIT.TENANT_ID.eq(tenant.value()))
              .and(AUDIT.SEQ.lt(before))
              .and(filter.condition())
              .orderBy(AUDIT.SEQ.desc())
              .limit(limit)
              .fetch(Audit::read);
        });
  }

  /// Where the tenant's chain ends.
  public Head head(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(AUDIT_HEAD)
                .where(AUDIT_HEAD.TENANT_ID.eq(tenant.value()))
                .fetchOptional(row -> new Head(row.getSeq(), row.getHash()))
                .orElseGet(() -> new Head(0, AuditEntry.noHash())));
  }

  /// The actions that the log tells of, sorted.
  public List<String> actions(TenantId tenant) {
    return distinct(tenant, AUDIT.ACTION, Integer.MAX_VALUE);
  }

  /// Who the log tells of, sorted.
  ///
  /// @param limit how many at most
  public List<String> people(TenantId tenant, int limit) {
    return distinct(tenant, AUDIT.WHO, limit);
  }

  /// Leaps from value to value over an index, however many entries have each.
  private List<String> distinct(TenantId tenant, TableField<AuditRecord, String> field, int limit) {
    return scope.with(
        tenant,
        db -> {
          List<String> found = new ArrayList<>();
          String last = null;
          while (found.size() < limit) {
            var of = AUDIT.TENANT_ID.eq(tenant.value());
            last =
                db.select(min(field))
                    .from(AUDIT)
                    .where(last == null ? of : of.and(field.gt(last)))
                    .fetchSingle()
                    .value1();
            if (last == null) {
              break;
            }
            found.add(last);
          }
          return List.copyOf(found);
        });
  }

  /// Reads the whole chain and finds the first entry that was changed, moved, put in or taken out.
  public Verification verify(TenantId tenant) {
    return verify(tenant, (_, _) -> true).orElseThrow();
  }

  /// As [#verify(TenantId)], a short transaction at a time; what is appended meanwhile is not
  /// looked at.
  ///
  /// @return empty where the progress did not want to go on
  public Optional<Verification> verify(TenantId tenant, Progress progress) {
    Head head = head(tenant);
    var walk = new AuditWalk(tenant, head);
    while (!walk.isOver()) {
      if (!progress.at(walk.sound(), head.seq())) {
        return Optional.empty();
      }
      long after = walk.sound();
      walk.look(
          scope.with(
              tenant,
              db ->
                  db.selectFrom(AUDIT)
                      .where(AUDIT.TENANT_ID.eq(tenant.value()))
                      .and(AUDIT.SEQ.gt(after))
                      .and(AUDIT.SEQ.le(head.seq()))
                      .orderBy(AUDIT.SEQ)
                      .limit(VERIFY_BATCH)
                      .fetch(Audit::read)),
          VERIFY_BATCH);
    }
    progress.at(walk.sound(), head.seq());
    return Optional.of(walk.found());
  }

  static int append(DSLContext db, TenantId tenant, List<What> entries) {
    if (entries.isEmpty()) {
      return 0;
    }
    db.insertInto(AUDIT_HEAD)
        .set(AUDIT_HEAD.TENANT_ID, tenant.value())
        .set(AUDIT_HEAD.SEQ, 0L)
        .set(AUDIT_HEAD.HASH, AuditEntry.noHash())
        .onConflictDoNothing()
        .execute();
    // Who holds the head's lock appends; the next one sees what it appended.
    var head =
        db.selectFrom(AUDIT_HEAD)
            .where(AUDIT_HEAD.TENANT_ID.eq(tenant.value()))
            .forUpdate()
            .fetchSingle();
    long seq = head.getSeq();
    byte[] hash = head.getHash();
    List<AuditEntry> chained = new ArrayList<>(entries.size());
    for (What what : entries) {
      AuditEntry entry = AuditEntry.after(tenant, seq, hash, what);
      chained.add(entry);
      seq = entry.seq();
      hash = entry.hash();
    }
    int stored = db.connectionResult(connection -> AuditRows.insert(connection, tenant, chained));
    int moved =
        db.update(AUDIT_HEAD)
            .set(AUDIT_HEAD.SEQ, seq)
            .set(AUDIT_HEAD.HASH, hash)
            .where(AUDIT_HEAD.TENANT_ID.eq(tenant.value()))
            .execute();
    if (stored != entries.size() || moved != 1) {
      throw new IllegalStateException(
          "expected to append %d audit entries, found %d".formatted(entries.size(), stored));
    }
    return stored;
  }

  private static AuditEntry read(AuditRecord row) {
    return new AuditEntry(
        row.getSeq(),
        new What(
            Times.instant(row.getAt()),
            row.getWho(),
            row.getAction(),
            row.getTarget(),
            row.getSource(),
            row.getDetail()),
        row.getPreviousHash(),
        row.getHash());
  }
}
