package io.gradus.engine;

/// Why a command was refused. Nothing changed.
public enum Rejection {
  /// The execution is over.
  NOT_RUNNING,
  /// That attempt of the task is not (or no longer) open.
  NO_SUCH_TASK,
  /// That timer is not (or no longer) armed.
  NO_SUCH_TIMER,
  /// That timer is armed, but its time has not come by database time.
  TIMER_NOT_DUE,
  /// The execution has no such Map Run, or it is over.
  NO_SUCH_MAP_RUN,
  /// The execution was started before.
  ALREADY_STARTED,
  /// There is nothing to go on with.
  NOTHING_TO_CONTINUE
}
