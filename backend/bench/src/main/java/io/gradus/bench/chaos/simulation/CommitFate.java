package io.gradus.bench.chaos.simulation;

/// What becomes of one commit on its way.
enum CommitFate {
  DONE,
  /// Its node dies, and nothing arrives.
  CRASH_BEFORE,
  /// It is stored, and its node dies before it hears so.
  CRASH_AFTER,
  /// The connection is lost before it arrives.
  CUT_BEFORE,
  /// It is stored, and the connection is lost.
  CUT_AFTER,
  /// It is stored, and its node hears so only when its lease is over.
  FREEZE
}
