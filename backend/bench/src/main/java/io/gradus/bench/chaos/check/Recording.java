package io.gradus.bench.chaos.check;

import java.util.List;
import java.util.Map;

/// All that is known of a run once it has come to rest.
///
/// @param notes of the clients, in the order in which they were written
/// @param calls of the workers
/// @param runs in the order of their execution and first event
/// @param leftovers how many rows tables have that must be empty by now
public record Recording(
    List<Note> notes,
    List<WorkerCall> calls,
    List<StoredExecution> executions,
    List<StoredRun> runs,
    Map<String, Long> leftovers) {
  public Recording {
    notes = List.copyOf(notes);
    calls = List.copyOf(calls);
    executions = List.copyOf(executions);
    runs = List.copyOf(runs);
    leftovers = Map.copyOf(leftovers);
  }
}
