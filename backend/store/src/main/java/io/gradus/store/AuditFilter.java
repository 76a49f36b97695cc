package io.gradus.store;

import static io.gradus.migrations.db.Tables.AUDIT;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/// Which entries of an audit log to read; null filters nothing.
///
/// @param who exactly, such as `user/ann`
/// @param action exactly, such as `StopExecution`
/// @param target a part of the target's name, in any case
/// @param source a part of where it came from, in any case
/// @param from the first moment
/// @param until the moment after the last one
public record AuditFilter(
    @Nullable String who,
    @Nullable String action,
    @Nullable String target,
    @Nullable String source,
    @Nullable Instant from,
    @Nullable Instant until) {
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);

  Condition condition() {
    Condition all = noCondition();
    if (who != null) {
      all = all.and(AUDIT.WHO.eq(who));
    }
    if (action != null) {
      all = all.and(AUDIT.ACTION.eq(action));
    }
    if (target != null) {
      all = all.and(AUDIT.TARGET.containsIgnoreCase(target));
    }
    if (source != null) {
      all = all.and(AUDIT.SOURCE.containsIgnoreCase(source));
    }
    if (from != null) {
      all = all.and(AUDIT.AT.ge(Times.column(from)));
    }
    if (until != null) {
      all = all.and(AUDIT.AT.lt(Times.column(until)));
    }
    return all;
  }
}
