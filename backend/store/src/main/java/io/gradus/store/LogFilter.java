package io.gradus.store;

import static io.gradus.migrations.db.Tables.LOG_EVENT;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/// Which events of a log to read; null filters nothing.
///
/// @param stateMachine exactly
/// @param level 0 for all, 1 for errors, 2 for what is fatal
/// @param execution a part of the execution's ARN, in any case
/// @param text a part of the message, in any case
/// @param from the first moment
/// @param until the moment after the last one
public record LogFilter(
    @Nullable String stateMachine,
    int level,
    @Nullable String execution,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant until) {
  public static final LogFilter ALL = new LogFilter(null, 0, null, null, null, null);

  /// What an index leads to.
  Condition place() {
    Condition all = noCondition();
    if (stateMachine != null) {
      all = all.and(LOG_EVENT.STATE_MACHINE.eq(stateMachine));
    }
    if (from != null) {
      all = all.and(LOG_EVENT.AT.ge(Times.column(from)));
    }
    if (until != null) {
      all = all.and(LOG_EVENT.AT.lt(Times.column(until)));
    }
    return all;
  }

  /// What each event is to be looked at for.
  Condition look() {
    Condition all = noCondition();
    if (level > 0) {
      all = all.and(LOG_EVENT.LEVEL.ge((short) level));
    }
    if (execution != null) {
      all = all.and(LOG_EVENT.EXECUTION_ARN.containsIgnoreCase(execution));
    }
    if (text != null) {
      all = all.and(LOG_EVENT.MESSAGE.containsIgnoreCase(text));
    }
    return all;
  }
}
