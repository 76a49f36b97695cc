package io.gradus.runtime;

import io.gradus.asl.model.StateName;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is needed to start an execution.
///
/// @param name unique among a Standard machine's executions; null to have one made
/// @param input valid JSON within the tenant's limit
/// @param mocks given results by state (see [io.gradus.runtime.task.Mocks]); null for none
/// @param parent the task that started it and waits for its end; null for none
/// @param startedBy who asked for it, as the audit log names it; null where nobody is known
/// @param fork where in the definition it begins; null for its beginning
/// @param once whether nobody else may have its name, be the machine an Express one
public record StartRequest(
    TenantId tenant,
    Machine machine,
    @Nullable String name,
    Payload input,
    byte @Nullable [] mocks,
    @Nullable Parent parent,
    @Nullable String traceHeader,
    @Nullable String startedBy,
    @Nullable Fork fork,
    boolean once) {

  /// A start from the beginning.
  public StartRequest(
      TenantId tenant,
      Machine machine,
      @Nullable String name,
      Payload input,
      byte @Nullable [] mocks,
      @Nullable Parent parent,
      @Nullable String traceHeader,
      @Nullable String startedBy) {
    this(tenant, machine, name, input, mocks, parent, traceHeader, startedBy, null, false);
  }

  /// The same, from the middle.
  public StartRequest forked(Fork from) {
    return new StartRequest(
        tenant, machine, name, input, mocks, parent, traceHeader, startedBy, from, once);
  }

  /// The same under a name that nobody else may have.
  public StartRequest startedOnce() {
    return new StartRequest(
        tenant, machine, name, input, mocks, parent, traceHeader, startedBy, fork, true);
  }

  /// A start that nobody is known to have asked for.
  public StartRequest(
      TenantId tenant,
      Machine machine,
      @Nullable String name,
      Payload input,
      byte @Nullable [] mocks,
      @Nullable Parent parent,
      @Nullable String traceHeader) {
    this(tenant, machine, name, input, mocks, parent, traceHeader, null, null, false);
  }

  /// Where an execution begins that goes on from another one.
  ///
  /// @param origin the other one, of the same tenant
  /// @param state of the definition's top level, which gets the input
  /// @param variables of the top level's scope, by name
  public record Fork(ExecutionKey origin, StateName state, Map<String, Payload> variables) {
    public Fork {
      variables = Map.copyOf(variables);
    }
  }

  /// @param task the one that started it; for a child of a Map Run, what the Map Run is known by
  /// @param waits whether the task is completed by the child's end
  /// @param mapItem null for one that is no child of a Map Run
  public record Parent(
      ExecutionKey execution, TaskId task, boolean waits, @Nullable MapItem mapItem) {
    /// One that a task started.
    public Parent(ExecutionKey execution, TaskId task, boolean waits) {
      this(execution, task, waits, null);
    }
  }

  /// @param index the child's place among those of its Map Run
  /// @param items how many of the Map's items the child has
  public record MapItem(long index, int items) {}
}
