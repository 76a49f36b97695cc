package io.gradus.service.execution;

import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An execution as it stands.
///
/// @param input the JSON text it was started with
/// @param output the JSON text it ended with, null unless it succeeded
/// @param error what it failed or was stopped with
/// @param notRedrivable why it cannot be redriven now; null where it can
/// @param mapRunArn of the Map Run whose child it is, with which it is redriven; null for others
public record Execution(
    String arn,
    String stateMachineArn,
    @Nullable String stateMachineVersionArn,
    @Nullable String stateMachineAliasArn,
    String name,
    ExecutionStatus status,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    String input,
    @Nullable String output,
    @Nullable String error,
    @Nullable String cause,
    @Nullable String traceHeader,
    int redriveCount,
    @Nullable Instant redrivenAt,
    @Nullable String notRedrivable,
    @Nullable String mapRunArn) {

  /// One that is no child of a Map Run.
  public Execution(
      String arn,
      String stateMachineArn,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      String input,
      @Nullable String output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable String traceHeader,
      int redriveCount,
      @Nullable Instant redrivenAt,
      @Nullable String notRedrivable) {
    this(
        arn,
        stateMachineArn,
        stateMachineVersionArn,
        stateMachineAliasArn,
        name,
        status,
        startedAt,
        stoppedAt,
        input,
        output,
        error,
        cause,
        traceHeader,
        redriveCount,
        redrivenAt,
        notRedrivable,
        null);
  }

  /// An execution in a list.
  public record Summary(
      String arn,
      String stateMachineArn,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      int redriveCount,
      @Nullable Instant redrivenAt,
      @Nullable String mapRunArn) {}

  /// What is needed to start one.
  ///
  /// @param name null for one that is made up
  /// @param input JSON text, null for `{}`
  /// @param mocks given results of named states as JSON, null to call the real services
  public record Start(
      String stateMachineArn,
      @Nullable String name,
      @Nullable String input,
      @Nullable String traceHeader,
      @Nullable String mocks) {}

  /// An execution that was started now, or before under the same name with the same input.
  public record Started(String arn, Instant startedAt) {}
}
