package io.gradus.engine;

import io.gradus.asl.model.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What never changes in an execution's life. It is not part of the encoded state: it comes from
/// the execution's row and its revision of the state machine.
///
/// @param stored false for one that lives in memory while its caller waits; it can never be
///   redriven
public record ExecutionInfo(
    ExecutionKey key,
    String executionArn,
    String name,
    String stateMachineArn,
    String stateMachineName,
    String roleArn,
    @Nullable String stateMachineVersionArn,
    @Nullable String stateMachineAliasArn,
    Instant startedAt,
    Definition definition,
    Limits limits,
    boolean stored) {

  /// One that is stored.
  public ExecutionInfo(
      ExecutionKey key,
      String executionArn,
      String name,
      String stateMachineArn,
      String stateMachineName,
      String roleArn,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn,
      Instant startedAt,
      Definition definition,
      Limits limits) {
    this(
        key,
        executionArn,
        name,
        stateMachineArn,
        stateMachineName,
        roleArn,
        stateMachineVersionArn,
        stateMachineAliasArn,
        startedAt,
        definition,
        limits,
        true);
  }

  /// What a tenant or machine allows; 0 means no limit.
  ///
  /// @param payloadBytes AWS: 262,144
  /// @param historyEvents AWS: 25,000
  public record Limits(int payloadBytes, long historyEvents) {
    /// AWS's limits.
    public static final Limits AWS = new Limits(262_144, 25_000);
  }
}
