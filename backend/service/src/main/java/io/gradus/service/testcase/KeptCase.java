package io.gradus.service.testcase;

import io.gradus.service.testcase.run.CaseResult;
import io.gradus.service.testcase.run.TestCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A test case as it is kept.
///
/// @param result of its last run, cut where it is long; null where it never ran as it is now
public record KeptCase(Summary summary, TestCase testCase, @Nullable CaseResult result) {
  /// A test case in a list.
  ///
  /// @param by who made it so, as the audit log names them
  /// @param last null where it never ran as it is now
  public record Summary(
      String name, String description, String by, Instant updatedAt, @Nullable LastRun last) {}

  /// The name of a case, with its state machine's.
  public record Named(String stateMachine, String name) {}

  /// When a case ran, and whether it passed.
  ///
  /// @param by who ran it, as the audit log names them
  /// @param revision the number of the definition that it ran on
  public record LastRun(Instant at, String by, boolean passed, int revision) {}

  /// A run that was asked for.
  ///
  /// @param revision the number of the definition that it ran on; null for one that was sent along
  public record Ran(String name, @Nullable Integer revision, CaseResult result) {}
}
