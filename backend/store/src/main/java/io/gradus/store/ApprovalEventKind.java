package io.gradus.store;

/// What can happen to an approval.
public enum ApprovalEventKind {
  OPENED,
  CLAIMED,
  UNCLAIMED,
  COMMENTED,
  /// Someone chose an outcome, and more people have to.
  VOTED,
  /// The choice that ended it.
  DECIDED,
  WITHDRAWN,
  OVERDUE,
  DELEGATED;

  /// What the database stores.
  short code() {
    return (short) ordinal();
  }

  static ApprovalEventKind of(int code) {
    return values()[code];
  }
}
