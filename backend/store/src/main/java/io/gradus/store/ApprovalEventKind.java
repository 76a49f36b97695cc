package io.gradus.store;

/// What can happen to an approval.
public enum ApprovalEventKind {
  OPENED(0),
  CLAIMED(1),
  UNCLAIMED(2),
  COMMENTED(3),
  /// Someone chose an outcome, and more people have to.
  VOTED(4),
  /// The choice that ended it.
  DECIDED(5),
  WITHDRAWN(6),
  OVERDUE(7),
  DELEGATED(8);

  private static final ApprovalEventKind[] ALL = values();

  private final short code;

  ApprovalEventKind(int code) {
    this.code = (short) code;
  }

  /// What the database stores.
  short code() {
    return code;
  }

  static ApprovalEventKind of(int code) {
    for (ApprovalEventKind kind : ALL) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalStateException("expected the code of an approval's event, found " + code);
  }
}
