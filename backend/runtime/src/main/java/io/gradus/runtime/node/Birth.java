package io.gradus.runtime.node;

import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a start stores besides the execution's first state.
///
/// @param namesake tells it from others of its name; null where nobody else may have the name
/// @param inputHash tells whether a second start of the same name is the same start
record Birth(
    Machine machine,
    String name,
    @Nullable UUID namesake,
    String executionArn,
    byte[] inputHash,
    Instant startedAt,
    byte @Nullable [] mocks,
    StartRequest.@Nullable Parent parent,
    @Nullable String traceHeader,
    @Nullable String startedBy,
    StartRequest.@Nullable Fork fork) {}
