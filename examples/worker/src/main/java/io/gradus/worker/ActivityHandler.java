package io.gradus.worker;

/// The work of an activity.
@FunctionalInterface
public interface ActivityHandler {
  /// Does a task. It may be given the same task again, after a worker died with it: what it does to
  /// others should be safe to do twice.
  ///
  /// @param input the task's input, as JSON
  /// @return the task's result, as JSON
  /// @throws ActivityFailure to fail the task with an error that its state machine can catch
  /// @throws InterruptedException when the task is over meanwhile (it timed out, or its execution
  ///   ended), or the worker is closed
  /// @throws Exception fails the task with the exception's simple name
  String handle(String input) throws Exception;
}
