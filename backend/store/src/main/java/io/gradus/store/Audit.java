package io.gradus.store;

import static io.gradus.migrations.db.Tables.AUDIT;
import static io.gradus.migrations.db.Tables.AUDIT_HEAD;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.AuditRecord;
import io.gradus.store.AuditEntry.What;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
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

  /// Which entries to read; null filters nothing.
  public record Filter(
      @Nullable String who, @Nullable String action, @Nullable String targetPrefix) {
    public static final Filter ALL = new Filter(null, null, null);
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
  public List<AuditEntry> list(TenantId tenant, Filter filter, long before, int limit) {
    return scope.with(
        tenant,
        db -> {
          var condition = AUDIT.TENANT_ID.eq(tenant.value()).and(AUDIT.SEQ.lt(before));
          if (filter.who() != null) {
            condition = condition.and(AUDIT.WHO.eq(filter.who()));
          }
          if (filter.action() != null) {
            condition = condition.and(AUDIT.ACTION.eq(filter.action()));
          }
          if (filter.targetPrefix() != null) {
            condition = condition.and(AUDIT.TARGET.startsWith(filter.targetPrefix()));
          }
          return db.selectFrom(AUDIT)
              .where(condition)
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

  /// Reads the whole chain and finds the first entry that was changed, moved, put in or taken out.
  public Verification verify(TenantId tenant) {
    return scope.with(tenant, db -> verify(db, tenant));
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

  private Verification verify(DSLContext db, TenantId tenant) {
    Head head = head(tenant);
    long seq = 0;
    byte[] hash = AuditEntry.noHash();
    while (true) {
      List<AuditEntry> entries =
          db.selectFrom(AUDIT)
              .where(AUDIT.TENANT_ID.eq(tenant.value()).and(AUDIT.SEQ.gt(seq)))
              .orderBy(AUDIT.SEQ)
              .limit(VERIFY_BATCH)
              .fetch(Audit::read);
      for (AuditEntry entry : entries) {
        if (seq == head.seq()) {
          break; // appended since we looked
        }
        Optional<String> fault = fault(tenant, entry, seq, hash);
        if (fault.isPresent()) {
          return new Verification(seq, new Fault(seq + 1, fault.get()));
        }
        seq = entry.seq();
        hash = entry.hash();
      }
      if (entries.size() < VERIFY_BATCH || seq == head.seq()) {
        break;
      }
    }
    if (seq != head.seq() || !Arrays.equals(hash, head.hash())) {
      return new Verification(seq, new Fault(seq + 1, "the end of the chain is not where it was"));
    }
    return new Verification(seq, null);
  }

  private static Optional<String> fault(
      TenantId tenant, AuditEntry entry, long previous, byte[] hashOfPrevious) {
    if (entry.seq() != previous + 1) {
      return Optional.of("an entry is missing");
    }
    if (!entry.isSound(tenant)) {
      return Optional.of("the entry was changed");
    }
    return entry.follows(previous, hashOfPrevious)
        ? Optional.empty()
        : Optional.of("the entry does not follow the one before it");
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
