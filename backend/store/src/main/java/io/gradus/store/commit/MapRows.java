package io.gradus.store.commit;

import io.gradus.engine.MapRun;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The Map Runs of an execution that change with one transition of it, and their children.
public record MapRows(
    List<MapRunRow> mapRuns, List<NewChild> children, List<StoppedChildren> stopped) {
  public static final MapRows NONE = new MapRows(List.of(), List.of(), List.of());

  /// @param frameId whose Map it is
  public record MapRunRow(String frameId, MapRun mapRun) {}

  /// A child that is stored for the first time. State machine, mocks, limits and the like are those
  /// of the execution whose Map it is.
  ///
  /// @param first its own first transition
  /// @param startedEventId the Map Run's `MapRunStarted`
  /// @param mapState whose processor it runs
  public record NewChild(
      Transition first,
      String name,
      Instant startedAt,
      String frameId,
      long startedEventId,
      UUID mapRunId,
      String mapState,
      long index,
      int items) {}

  /// Every child of the Map Run that still runs gets this message.
  public record StoppedChildren(UUID mapRunId, byte[] message) {}

  boolean isEmpty() {
    return mapRuns.isEmpty() && children.isEmpty() && stopped.isEmpty();
  }
}
