package io.gradus.service.definition;

import io.gradus.asl.validate.MachineType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A state machine as it stands.
///
/// @param arn its name, with a qualifier where one of its versions was asked for
/// @param definition the text as it was sent
/// @param status ACTIVE, or DELETING while its last executions end
/// @param updatedAt when its definition or its settings last changed
/// @param revisionId null until it is first updated, as AWS has it
/// @param description of the version, null for the machine itself
/// @param variableReferences the variables that each state reads, by the state's name
public record StateMachine(
    String arn,
    String name,
    MachineType type,
    Status status,
    String definition,
    String roleArn,
    LoggingConfiguration logging,
    boolean tracing,
    EncryptionConfiguration encryption,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String revisionId,
    @Nullable String description,
    Map<String, List<String>> variableReferences) {

  /// The same as one of its versions is shown.
  StateMachine asVersion(String versionArn, Version version) {
    return new StateMachine(
        versionArn,
        name,
        type,
        status,
        definition,
        roleArn,
        logging,
        tracing,
        encryption,
        version.createdAt(),
        updatedAt,
        revisionId,
        version.description(),
        variableReferences);
  }

  /// Where a state machine is in its life.
  public enum Status {
    ACTIVE,
    DELETING
  }

  /// A state machine in a list.
  public record Summary(String arn, String name, MachineType type, Instant createdAt) {}

  /// What is needed to make one.
  ///
  /// @param logging null for none
  /// @param tracing null for no
  /// @param encryption null for our own key
  public record Draft(
      String name,
      String definition,
      String roleArn,
      MachineType type,
      @Nullable LoggingConfiguration logging,
      @Nullable Boolean tracing,
      Map<String, String> tags,
      @Nullable EncryptionConfiguration encryption) {
    /// One that does not speak of encryption.
    public Draft(
        String name,
        String definition,
        String roleArn,
        MachineType type,
        @Nullable LoggingConfiguration logging,
        @Nullable Boolean tracing,
        Map<String, String> tags) {
      this(name, definition, roleArn, type, logging, tracing, tags, null);
    }
  }

  /// What an update changes; what is null stays.
  public record Change(
      @Nullable String definition,
      @Nullable String roleArn,
      @Nullable LoggingConfiguration logging,
      @Nullable Boolean tracing,
      @Nullable EncryptionConfiguration encryption) {
    /// One that leaves the encryption.
    public Change(
        @Nullable String definition,
        @Nullable String roleArn,
        @Nullable LoggingConfiguration logging,
        @Nullable Boolean tracing) {
      this(definition, roleArn, logging, tracing, null);
    }

    boolean isEmpty() {
      return definition == null
          && roleArn == null
          && logging == null
          && tracing == null
          && encryption == null;
    }

    /// Whether a state machine is like that already.
    public boolean changesNothing(StateMachineRecords.Stored stored) {
      return (definition == null || definition.equals(stored.definition()))
          && (roleArn == null || roleArn.equals(stored.roleArn()))
          && (logging == null || logging.equals(stored.logging()))
          && (tracing == null || tracing == stored.tracing())
          && (encryption == null || encryption.equals(stored.encryption()));
    }
  }
}
