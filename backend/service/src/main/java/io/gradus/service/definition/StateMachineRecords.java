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
  /// @param strictness of the state machine now, whatever the revision
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
      EncryptionConfiguration encryption,
      Strictness strictness,
      Instant createdAt,
      Instant updatedAt) {

    /// The same, held to AWS's limits or not.
    public Stored within(Strictness others) {
      return new Stored(
          id,
          name,
          type,
          status,
          revisionKey,
          revisionId,
          definition,
          roleArn,
          logging,
          tracing,
          encryption,
          others,
          createdAt,
          updatedAt);
    }

    /// The same, touched at that time.
    public Stored updatedAt(Instant at) {
      return new Stored(
          id,
          name,
          type,
          status,
          revisionKey,
          revisionId,
          definition,
          roleArn,
          logging,
          tracing,
          encryption,
          strictness,
          createdAt,
          at);
    }
  }

  /// The state machine of that name, empty where there is none or it was deleted.
  Optional<Stored> find(TenantId tenant, String name);

  /// Keeps a new one, unless the name is taken.
  ///
  /// @return what is kept under the name now: the new one, or the one that had the name
  Stored insert(Caller caller, Stored fresh);

  /// A published version with the revision that it is.
  record Published(Version version, Stored stored) {}

  /// Publishes a revision, or finds the version that it was published as; empty where the state
  /// machine is gone.
  Optional<Version> publish(
      TenantId tenant, UUID id, UUID revisionKey, @Nullable String description, Instant at);

  /// The version that a revision was published as.
  Optional<Version> versionOf(TenantId tenant, UUID id, UUID revisionKey);

  /// The version of that number.
  Optional<Published> version(TenantId tenant, UUID id, int number);

  /// As it was with the revision of that number, also where it was deleted since.
  Optional<Stored> revision(TenantId tenant, UUID id, int number);

  /// The alias of that name.
  Optional<Alias> alias(TenantId tenant, UUID id, String alias);

  /// Adds a revision, unless the change changes nothing; empty where the state machine is gone.
  Optional<Stored> change(Caller caller, UUID id, StateMachine.Change change);

  /// Deletes it; false where it was gone already.
  boolean delete(TenantId tenant, UUID id);

  /// Holds its executions to AWS's limits or not, or does as the tenant says (null); false where it
  /// is gone.
  boolean setStrict(TenantId tenant, UUID id, @Nullable Boolean strict);

  /// The state machines that are not deleted, by name, as AWS lists them.
  Page<Stored> list(TenantId tenant, Page.Request request);
}
