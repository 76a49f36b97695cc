package io.gradus.runtime;

import io.gradus.asl.model.Definition;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.LogLevel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The revision of a state machine that an execution is started with.
///
/// @param versionArn null unless it was started by a version or through an alias
/// @param aliasArn null unless it was started through an alias
/// @param express whether its type is EXPRESS
/// @param logs how much of its executions is logged
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
    ExecutionInfo.Limits limits,
    LogLevel logs) {
  /// One whose executions are not logged.
  public Machine(
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
    this(
        id,
        revisionId,
        arn,
        name,
        roleArn,
        versionArn,
        aliasArn,
        express,
        definition,
        limits,
        LogLevel.OFF);
  }

  /// The same, started by a version or through an alias.
  public Machine startedBy(@Nullable String version, @Nullable String alias) {
    return new Machine(
        id, revisionId, arn, name, roleArn, version, alias, express, definition, limits, logs);
  }

  /// The same within these limits.
  public Machine within(ExecutionInfo.Limits others) {
    return others.equals(limits)
        ? this
        : new Machine(
            id,
            revisionId,
            arn,
            name,
            roleArn,
            versionArn,
            aliasArn,
            express,
            definition,
            others,
            logs);
  }
}
