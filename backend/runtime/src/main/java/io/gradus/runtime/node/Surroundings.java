package io.gradus.runtime.node;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TokenMint;
import io.gradus.runtime.task.TaskDispatcher;
import io.gradus.runtime.time.DatabaseClock;
import io.gradus.runtime.time.NearWheel;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a mover works with.
///
/// @param wheel null only until the node has started
/// @param lease who this node is at the moment
/// @param farTimer told of every timer that got a row
record Surroundings(
    DatabaseClock clock,
    Supplier<NearWheel> wheel,
    TaskDispatcher dispatcher,
    TokenMint tokens,
    Tenure lease,
    Consumer<Instant> farTimer,
    Signals signals) {

  /// This node's right to move executions.
  interface Tenure {
    int incarnation();

    boolean isValid();

    /// The incarnation that a child of a Map Run is given to; this one's or another's.
    ///
    /// @param index its place among the children
    int forChild(long index);
  }

  /// Who else wants to know of commits.
  interface Signals {
    /// An execution moved.
    void moved(ExecutionKey key);

    /// A row was put into an inbox.
    void posted(Write.Note note);

    /// Rows were put into many inboxes.
    void postedToMany();

    /// Another node was given an execution.
    void given(int incarnation, ExecutionKey key);

    /// An activity has a new task.
    void activity(TenantId tenant, String activityArn);
  }
}
