package io.gradus.runtime.node;

import io.gradus.runtime.NodeSettings;

/// Figures of a running node.
///
/// @param hotExecutions in memory
/// @param hotBytes about how much they take
/// @param transitionsWaiting for their commit
/// @param callsInFlight and `callsWaiting` for their turn
/// @param nearTimers in memory
/// @param toPageIn taken over, not yet in memory
/// @param loading asked for, not yet in memory
/// @param pollers workers that wait for a task
/// @param refused what was refused so far for want of room
/// @param bounds how much of it there may be
public record Figures(
    int incarnation,
    boolean leaseValid,
    int hotExecutions,
    long hotBytes,
    int transitionsWaiting,
    int callsInFlight,
    int callsWaiting,
    int nearTimers,
    int toPageIn,
    int loading,
    int pollers,
    Refused refused,
    NodeSettings.Bounds bounds) {
  /// @param starts and synchronous runs
  /// @param polls of workers
  public record Refused(long starts, long polls) {}
}
