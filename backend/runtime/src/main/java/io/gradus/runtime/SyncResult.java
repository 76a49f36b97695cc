package io.gradus.runtime;

import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import java.time.Instant;
import java.util.List;

/// The end of an execution that ran in memory.
///
/// @param execution as it ended: status, output, error and cause
/// @param facts its journal, for those who log it
public record SyncResult(
    String executionArn,
    Instant startDate,
    Instant stopDate,
    Execution execution,
    List<Fact> facts) {}
