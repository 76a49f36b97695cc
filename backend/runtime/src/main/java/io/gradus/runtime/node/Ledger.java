package io.gradus.runtime.node;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;

/// The database, as those who write transitions see it.
interface Ledger {
  /// Writes all whose version is as expected, in one transaction.
  ///
  /// After [OutcomeUnknown], the next call first ends the connection that was lost, if the database
  /// still has it.
  ///
  /// @param writes ordered by key
  /// @throws NothingCommitted if it may simply be tried again
  /// @throws OutcomeUnknown if the connection was lost before the answer
  /// @throws DataRefused if one of the writes can never be stored
  Receipt commit(List<Write> writes);

  /// Which of these stand in the database by an earlier sending of the very same write.
  ///
  /// @throws OutcomeUnknown if the database could not be asked
  BitSet committedBefore(List<Write> writes);

  /// Gives the connection back.
  void close();

  /// @param committed by position
  /// @param at database time
  record Receipt(BitSet committed, Instant at) {}

  /// Nothing was stored; the same may succeed later.
  final class NothingCommitted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingCommitted(Throwable cause) {
      super(cause);
    }
  }

  /// The group may or may not be stored.
  final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Throwable cause) {
      super(cause);
    }
  }

  /// Nothing was stored, and the same will never be.
  final class DataRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataRefused(Throwable cause) {
      super(cause);
    }
  }
}
