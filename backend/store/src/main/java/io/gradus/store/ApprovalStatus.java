package io.gradus.store;

/// Where an approval stands.
public enum ApprovalStatus {
  OPEN,
  DECIDED,
  /// Its task ended without a decision.
  WITHDRAWN,
  /// Its task ended because nobody decided in time.
  OVERDUE;

  /// What the database stores.
  short code() {
    return (short) ordinal();
  }

  static ApprovalStatus of(int code) {
    return values()[code];
  }
}
