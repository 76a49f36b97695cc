package io.gradus.runtime;

import io.gradus.asl.model.Definition;
import io.gradus.engine.ExecutionInfo;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The revision of a state machine that an execution is started with.
///
/// @param versionArn null unless it was started by a version or through an alias
/// @param aliasArn null unless it was started through an alias
/// @param express whether its type is EXPRESS
public record Machine(
    UUID id,
    UUID revisionId,
    String arn,
    String name,
    String roleArn,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    boolean express,
    Definition definition,
    ExecutionInfo.Limits limits) {
  /// The same, started by a version or through an alias.
  public Machine startedBy(@Nullable String version, @Nullable String alias) {
    return new Machine(
        id, revisionId, arn, name, roleArn, version, alias, express, definition, limits);
  }

  /// The same within these limits.
  public Machine within(ExecutionInfo.Limits others) {
    return others.equals(limits)
        ? this
        : new Machine(
            id, revisionId, arn, name, roleArn, versionArn, aliasArn, express, definition, others);
  }
}
