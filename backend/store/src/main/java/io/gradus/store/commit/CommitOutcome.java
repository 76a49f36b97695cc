package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import java.time.Instant;
import java.util.Set;

/// What a group's commit came to.
///
/// @param started the new executions whose name was free
/// @param moved the transitions that found their version
/// @param at database time, not later than the commit
public record CommitOutcome(Set<ExecutionKey> started, Set<ExecutionKey> moved, Instant at) {}
