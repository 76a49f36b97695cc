package io.gradus.service.execution;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where people look executions up, and into them.
public interface ExecutionLookup {
  /// An execution in a list.
  ///
  /// @param stateMachine its name
  /// @param revision the number of the definition it was started with
  /// @param error that it ended with; null where it did not, or none was told
  /// @param strict whether AWS's limits hold for it
  /// @param mapChild null for one that is no child of a Map Run
  record Found(
      ExecutionKey key,
      String stateMachine,
      int revision,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long lastEventId,
      @Nullable String error,
      boolean strict,
      @Nullable MapChild mapChild) {}

  /// What makes an execution a child of a Map Run.
  ///
  /// @param label of the Map
  /// @param state whose processor it runs
  /// @param index its place among the children
  /// @param items how many of the Map's items it has
  record MapChild(UUID mapRunId, String label, String state, long index, int items) {}

  /// The task that started an execution.
  ///
  /// @param attempt the event that scheduled the task
  record Parent(String stateMachine, String name, FrameId frame, long attempt) {}

  /// Newest first.
  Page<Found> newest(TenantId tenant, ExecutionFinder.Wanted wanted, Page.Request request);

  /// The child of a Map Run of that name; empty where there is none.
  Optional<Found> child(TenantId tenant, String name);

  /// The execution of that name, of a state machine that may be deleted.
  Optional<Found> find(TenantId tenant, String stateMachine, String name);

  /// Which task started it; empty where a caller did.
  Optional<Parent> parent(ExecutionKey child);

  /// The execution that another one goes on from.
  ///
  /// @param state before which the other one begins
  record Origin(String stateMachine, String name, String state) {}

  /// What an execution goes on from; empty where it began at its beginning.
  Optional<Origin> origin(ExecutionKey fork);

  /// A part of a journal.
  ///
  /// @param facts of whole commits, in order; none of their payloads is resolved
  /// @param isMore whether there may be more
  record Outline(List<Fact> facts, boolean isMore) {}

  /// Whole commits' facts in order, as [#journal] without any payload.
  Outline outline(ExecutionKey execution, long fromEventId, int limit);

  /// Whole commits' facts in order. Payloads that stand in other commits are not resolved. They are
  /// fewer than wanted where they come to several MiB; none where there is none.
  ///
  /// @param fromEventId the first event of the first commit that is wanted
  /// @param limit of commits
  List<Fact> journal(ExecutionKey execution, long fromEventId, int limit);

  /// These events with their payloads, in order; what is not there is left out.
  List<Fact.HistoryEvent> events(ExecutionKey execution, Collection<Long> ids);
}
