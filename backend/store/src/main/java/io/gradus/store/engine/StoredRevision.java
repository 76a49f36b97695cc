package io.gradus.store.engine;

import io.gradus.engine.LogLevel;
import java.util.UUID;

/// A revision of a state machine, as its executions need it. It never changes.
///
/// @param express whether the machine's type is EXPRESS
/// @param definition the text as it was sent, UTF-8
/// @param logs how much of its executions is logged
public record StoredRevision(
    UUID id,
    UUID stateMachineId,
    String stateMachineName,
    boolean express,
    byte[] definition,
    String roleArn,
    LogLevel logs) {}
