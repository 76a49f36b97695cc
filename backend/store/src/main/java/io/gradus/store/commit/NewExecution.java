package io.gradus.store.commit;

import io.gradus.engine.TaskId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An execution that is stored for the first time, with its first transition.
///
/// @param first its first transition; its version is 0, the row gets 1
/// @param namesake tells it from others of its name; null where nobody else may have the name
/// @param inputHash SHA-256 of the input, for telling a repeated start
/// @param mocks the mocked results as JSON, null where there are none
/// @param startedBy who asked for it, as the audit log names it
/// @param awsStrict whether AWS's limits hold for it
/// @param fork the execution that it goes on from; null for none
public record NewExecution(
    Transition first,
    UUID stateMachineId,
    UUID revisionId,
    String name,
    @Nullable UUID namesake,
    byte[] inputHash,
    Instant startedAt,
    byte @Nullable [] mocks,
    @Nullable Parent parent,
    @Nullable String traceHeader,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    @Nullable String startedBy,
    boolean awsStrict,
    @Nullable Fork fork) {

  /// One that AWS's limits hold for, from the beginning.
  public NewExecution(
      Transition first,
      UUID stateMachineId,
      UUID revisionId,
      String name,
      byte[] inputHash,
      Instant startedAt,
      byte @Nullable [] mocks,
      @Nullable Parent parent,
      @Nullable String traceHeader,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable String startedBy) {
    this(
        first,
        stateMachineId,
        revisionId,
        name,
        null,
        inputHash,
        startedAt,
        mocks,
        parent,
        traceHeader,
        versionArn,
        aliasArn,
        startedBy,
        true,
        null);
  }

  /// Another execution and the state of it that this one begins before.
  public record Fork(UUID executionId, String state) {}

  /// The task of another execution that waits for this one to end.
  public record Parent(UUID executionId, TaskId task) {}
}
