package io.gradus.store;

/// Where an approval stands.
public enum ApprovalStatus {
  OPEN(0),
  DECIDED(1),
  /// Its task ended without a decision.
  WITHDRAWN(2),
  /// Its task ended because nobody decided in time.
  OVERDUE(3);

  private static final ApprovalStatus[] ALL = values();

  private final short code;

  ApprovalStatus(int code) {
    this.code = (short) code;
  }

  /// What the database stores.
  short code() {
    return code;
  }

  static ApprovalStatus of(int code) {
    for (ApprovalStatus status : ALL) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalStateException("expected the code of an approval's status, found " + code);
  }
}
