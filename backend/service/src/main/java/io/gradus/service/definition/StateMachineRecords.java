package io.gradus.service.definition;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where state machines are kept.
public interface StateMachineRecords {
  /// A state machine with its newest revision.
  ///
  /// @param revisionKey names this revision
  /// @param revisionId what AWS's answers call it: null for the first revision
  record Stored(
      UUID id,
      String name,
      MachineType type,
      StateMachine.Status status,
      UUID revisionKey,
      @Nullable String revisionId,
      String definition,
      String roleArn,
      LoggingConfiguration logging,
      boolean tracing,
      Instant createdAt,
      Instant updatedAt) {}

  /// The state machine of that name, empty where there is none or it was deleted.
  Optional<Stored> find(TenantId tenant, String name);

  /// Keeps a new one, unless the name is taken.
  ///
  /// @return what is kept under the name now: the new one, or the one that had the name
  Stored insert(Caller caller, Stored fresh);

  /// Adds a revision; empty where the state machine is gone.
  Optional<Stored> change(Caller caller, UUID id, StateMachine.Change change);

  /// Deletes it; false where it was gone already.
  boolean delete(TenantId tenant, UUID id);

  /// The state machines that are not deleted, by name, as AWS lists them.
  Page<Stored> list(TenantId tenant, Page.Request request);
}
