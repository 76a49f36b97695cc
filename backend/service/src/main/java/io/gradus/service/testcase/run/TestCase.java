package io.gradus.service.testcase.run;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A way through a state machine: what goes in, what its tasks answer, and what is to come of it.
///
/// @param description for people; empty for none
/// @param input of the execution
/// @param startTime what the clock says when the execution begins
/// @param mocks by state: a list as starts of executions take it (see
///   [io.gradus.runtime.task.Mocks]), or an object as Step Functions Local has it (see
///   [NumberedResponses])
public record TestCase(
    String name,
    String description,
    JsonNode input,
    Instant startTime,
    ObjectNode mocks,
    Expected expected) {
  /// When an execution begins of which the case says nothing: always the same moment, so that what
  /// is made of it is always the same.
  public static final Instant USUAL_START = Instant.parse("2026-01-01T00:00:00Z");

  /// What is to come of it. An execution of which neither output nor error is said must succeed.
  ///
  /// @param output null for any
  /// @param error the name of the error that the execution fails with; null where it is to succeed
  /// @param cause of that error; null for any
  /// @param path the states it goes through, in the form of [StatePath]; null for any
  /// @param ignore JSON pointers of places in the output that may be anything
  public record Expected(
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable JsonNode path,
      List<String> ignore) {
    /// It succeeds, whatever with.
    public static final Expected SUCCESS = new Expected(null, null, null, null, List.of());

    public Expected {
      ignore = List.copyOf(ignore);
    }
  }

  /// The same under another name.
  public TestCase named(String other) {
    return new TestCase(other, description, input, startTime, mocks, expected);
  }

  /// The same, expecting something else.
  public TestCase expecting(Expected other) {
    return new TestCase(name, description, input, startTime, mocks, other);
  }

  /// The same with another input.
  public TestCase withInput(JsonNode other) {
    return new TestCase(name, description, other, startTime, mocks, expected);
  }

  /// The same with other mocks.
  public TestCase withMocks(ObjectNode other) {
    return new TestCase(name, description, input, startTime, other, expected);
  }
}
