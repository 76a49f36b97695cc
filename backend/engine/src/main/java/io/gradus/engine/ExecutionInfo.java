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

    /// How large a payload may be where AWS's limits do not hold and nothing else is set.
    public static final int LIFTED_PAYLOAD_BYTES = 4 * 1024 * 1024;

    /// The largest that can be set: a commit and a request must still hold it.
    public static final int MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

    /// Without AWS's limits: payloads of that size, and as many events as come.
    public static Limits lifted(int payloadBytes) {
      if (payloadBytes < AWS.payloadBytes || payloadBytes > MAX_PAYLOAD_BYTES) {
        throw new IllegalArgumentException(
            "expected payloads of %d to %d bytes, found %d"
                .formatted(AWS.payloadBytes, MAX_PAYLOAD_BYTES, payloadBytes));
      }
      return new Limits(payloadBytes, 0);
    }

    /// Whether these are AWS's.
    public boolean areAws() {
      return equals(AWS);
    }
  }
}
