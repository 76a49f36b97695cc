package io.gradus.service.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the audit log says to those who read it.
public interface AuditLog {
  /// One entry.
  ///
  /// @param seq 1 for the first, without gaps
  /// @param who `user/ann` or `key/AKIA…`
  /// @param action the operation's name
  /// @param target the ARN or name it was done to
  /// @param source where it came from: an address, or `console`
  /// @param before the replaced settings as JSON, null where there were none
  /// @param after the new settings as JSON, null where there are none
  /// @param hash in hexadecimal, over everything here and the entry before
  record Entry(
      long seq,
      Instant at,
      String who,
      String action,
      String target,
      String source,
      @Nullable String before,
      @Nullable String after,
      String hash) {}

  /// Which entries; null filters nothing.
  ///
  /// @param who exactly
  /// @param action exactly
  /// @param target a part of its name, in any case
  /// @param source a part of it, in any case
  /// @param from the first moment
  /// @param until the moment after the last one
  record Query(
      @Nullable String who,
      @Nullable String action,
      @Nullable String target,
      @Nullable String source,
      @Nullable Instant from,
      @Nullable Instant until) {
    public static final Query ALL = new Query(null, null, null, null, null, null);
  }

  /// What a look at the whole chain found.
  ///
  /// @param entries how many from the first on are as they were written
  /// @param faultAt the first that is not, 0 where all are
  /// @param fault what is wrong with it, null where nothing is
  /// @param head the last sound entry's hash in hexadecimal: kept elsewhere, it shows later that
  ///   nothing up to it was changed
  record Verification(long entries, long faultAt, @Nullable String fault, String head) {
    /// Whether all is as it was written.
    public boolean isSound() {
      return fault == null;
    }
  }

  /// How far a look at the chain has come.
  @FunctionalInterface
  interface Progress {
    /// Called now and then.
    ///
    /// @return false to look no further
    boolean at(long looked, long of);
  }

  /// What there is to filter by.
  ///
  /// @param people everyone the log tells of, or the first few hundred
  record Facets(List<String> people, List<String> actions) {
    public Facets {
      people = List.copyOf(people);
      actions = List.copyOf(actions);
    }
  }

  /// How an export is written.
  enum Format {
    CSV,
    JSON_LINES
  }
}
