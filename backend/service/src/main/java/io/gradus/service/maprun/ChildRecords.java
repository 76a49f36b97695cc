package io.gradus.service.maprun;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the children of Map Runs are read; each answer costs as much as it gives back, however
/// many children there are.
public interface ChildRecords {
  /// How many characters of a payload a list shows.
  int PREVIEW = 200;

  /// A child in a list.
  ///
  /// @param index its place among the children
  /// @param items how many of the Map's items it has
  /// @param preview the beginning of its input; empty where it was not wanted
  /// @param error null for none
  /// @param cause its beginning, null for none
  record Child(
      ExecutionKey key,
      String name,
      ExecutionStatus status,
      long index,
      int items,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      int redriveCount,
      String preview,
      @Nullable String error,
      @Nullable String cause) {}

  /// All that a child was given and gave back.
  ///
  /// @param input JSON text
  /// @param output JSON text, null unless it succeeded
  record Whole(
      Child child,
      String input,
      @Nullable String output,
      @Nullable String error,
      @Nullable String cause) {}

  /// When a child ended.
  ///
  /// @param stoppedAt null while it runs
  record Ended(int items, @Nullable Instant stoppedAt) {}

  /// In which order a list comes.
  enum Order {
    FAILED_FIRST,
    NEWEST_FIRST,
    IN_ORDER
  }

  /// A page of children.
  ///
  /// @param statuses empty for any
  /// @param previews whether their inputs are wanted too, which are to be read for it
  Page<Child> list(
      TenantId tenant,
      UUID mapRunId,
      Set<ExecutionStatus> statuses,
      Order order,
      boolean previews,
      Page.Request request);

  /// Those whose name begins so; at least eight characters of it.
  Page<Child> named(
      TenantId tenant, UUID mapRunId, String prefix, boolean previews, Page.Request request);

  /// The one at a place.
  Optional<Child> at(TenantId tenant, UUID mapRunId, long index);

  /// How those at these places stand, without their inputs.
  List<Child> standing(TenantId tenant, UUID mapRunId, List<Long> indexes);

  /// The one at a place, with its payloads.
  Optional<Whole> whole(TenantId tenant, UUID mapRunId, long index);

  /// Children with their payloads, status by status and in their order.
  Page<Whole> wholes(
      TenantId tenant, UUID mapRunId, Set<ExecutionStatus> statuses, Page.Request request);

  /// When the children at these places ended.
  List<Ended> ended(TenantId tenant, UUID mapRunId, List<Long> indexes);
}
