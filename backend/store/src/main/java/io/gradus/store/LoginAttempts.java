package io.gradus.store;

import static io.gradus.migrations.db.Tables.LOGIN_ATTEMPT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Field;

/// How often somebody tried in vain to log in, counted for all nodes together.
public final class LoginAttempts {
  private final PlatformScope scope;

  /// What is known of a key.
  ///
  /// @param failures tries since it was last quiet, the one under way included
  /// @param blockedUntil before then nothing is tried
  public record Attempts(int failures, Instant blockedUntil) {}

  /// Works in this scope.
  public LoginAttempts(PlatformScope scope) {
    this.scope = scope;
  }

  /// What is known of these keys, in their order; the row of each is locked until the transaction
  /// ends, so that tries at the same time are counted one after another.
  ///
  /// @param keys sorted by the caller, so that nobody waits for each other crosswise
  /// @param quietSince who tried last before then is as new
  public List<Attempts> lock(List<byte[]> keys, Instant now, Instant quietSince) {
    OffsetDateTime at = Times.column(now);
    return scope.with(
        db ->
            keys.stream()
                .map(
                    key ->
                        db.insertInto(LOGIN_ATTEMPT)
                            .set(LOGIN_ATTEMPT.KEY, key)
                            .set(LOGIN_ATTEMPT.FAILURES, 0)
                            .set(LOGIN_ATTEMPT.LAST_AT, at)
                            .set(LOGIN_ATTEMPT.BLOCKED_UNTIL, at)
                            .onConflict(LOGIN_ATTEMPT.KEY)
                            .doUpdate()
                            .set(LOGIN_ATTEMPT.FAILURES, keptFailures(quietSince))
                            .returning()
                            .fetchSingle())
                .map(row -> new Attempts(row.getFailures(), Times.instant(row.getBlockedUntil())))
                .toList());
  }

  /// Counts a try, and blocks the key for a while after it.
  public void count(byte[] key, int failures, Instant now, Instant blockedUntil) {
    scope.with(
        db ->
            db.update(LOGIN_ATTEMPT)
                .set(LOGIN_ATTEMPT.FAILURES, failures)
                .set(LOGIN_ATTEMPT.LAST_AT, Times.column(now))
                .set(LOGIN_ATTEMPT.BLOCKED_UNTIL, Times.column(blockedUntil))
                .where(LOGIN_ATTEMPT.KEY.eq(key))
                .execute());
  }

  /// Forgets a key.
  public void forget(byte[] key) {
    scope.with(db -> db.deleteFrom(LOGIN_ATTEMPT).where(LOGIN_ATTEMPT.KEY.eq(key)).execute());
  }

  /// Takes one try back: it was no failure.
  public void takeBack(byte[] key, Instant now) {
    scope.with(
        db ->
            db.update(LOGIN_ATTEMPT)
                .set(
                    LOGIN_ATTEMPT.FAILURES,
                    when(LOGIN_ATTEMPT.FAILURES.gt(0), LOGIN_ATTEMPT.FAILURES.minus(1))
                        .otherwise(0))
                .set(LOGIN_ATTEMPT.BLOCKED_UNTIL, Times.column(now))
                .where(LOGIN_ATTEMPT.KEY.eq(key))
                .execute());
  }

  /// Drops those that were quiet since then, so that the table stays as small as the last hour was
  /// loud. Rows that are in use are left for the next time, and never waited for.
  public void dropQuiet(Instant since) {
    scope.with(
        db ->
            db.deleteFrom(LOGIN_ATTEMPT)
                .where(
                    LOGIN_ATTEMPT.KEY.in(
                        select(LOGIN_ATTEMPT.KEY)
                            .from(LOGIN_ATTEMPT)
                            .where(LOGIN_ATTEMPT.LAST_AT.lt(Times.column(since)))
                            .forUpdate()
                            .skipLocked()))
                .execute());
  }

  private static Field<Integer> keptFailures(Instant quietSince) {
    return when(
            LOGIN_ATTEMPT.LAST_AT.lt(val(Times.column(quietSince))),
            excluded(LOGIN_ATTEMPT.FAILURES))
        .otherwise(LOGIN_ATTEMPT.FAILURES);
  }
}
