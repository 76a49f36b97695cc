package io.gradus.example.image;

import tools.jackson.databind.JsonNode;

/// One function of the worker. A task is dispatched at least once, so a function must give the same
/// result, and leave the same files, however often it is called with the same input.
@FunctionalInterface
public interface WorkerFunction {
  /// Answers the function's JSON result for the JSON that the task sent.
  ///
  /// @throws FunctionFailure when the task is to fail, with the error name it fails with
  JsonNode call(JsonNode input) throws FunctionFailure;
}
