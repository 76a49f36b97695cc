package io.gradus.service.definition;

import java.time.Instant;

/// A state machine's definition and settings as they once were saved. Not one of AWS's versions:
/// those are published, revisions come with every save.
///
/// @param definition the text as it was saved
public record Revision(Summary summary, String definition, String roleArn) {
  /// A revision in a list.
  ///
  /// @param number from 1, without gaps
  /// @param by who saved it, as the audit log names them: `user/ann`
  public record Summary(int number, String by, Instant at) {}
}
