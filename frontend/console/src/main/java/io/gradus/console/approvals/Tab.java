package io.gradus.console.approvals;

import io.gradus.service.approval.Approval;
import java.util.Arrays;
import java.util.Locale;

/// A part of the inbox.
enum Tab {
  MINE("Mine", Approval.Which.MINE),
  GROUPS("My groups", Approval.Which.GROUPS),
  ALL("All", Approval.Which.OPEN),
  DONE("Done", Approval.Which.DONE);

  private final String text;
  private final Approval.Which which;

  Tab(String text, Approval.Which which) {
    this.text = text;
    this.which = which;
  }

  /// What a person reads.
  String text() {
    return text;
  }

  Approval.Which which() {
    return which;
  }

  /// In addresses.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The part of that key; the first for any other.
  static Tab of(String key) {
    return Arrays.stream(values()).filter(tab -> tab.key().equals(key)).findFirst().orElse(MINE);
  }

  /// How many there are, empty where they are not counted.
  String count(Approval.Counts counts) {
    return switch (this) {
      case MINE -> String.valueOf(counts.mine());
      case GROUPS -> String.valueOf(counts.groups());
      case ALL -> String.valueOf(counts.open());
      case DONE -> "";
    };
  }
}
