package io.gradus.service;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Waits for what the engine promised. Use cases run on virtual threads, where waiting is cheap.
public final class Awaiting {
  private Awaiting() {}

  /// What the stage completes with.
  ///
  /// @throws Refusal ServiceUnavailableException where the outcome could not be learnt; the call
  ///   may be made again
  public static <T> T outcome(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new Refusal(
          ErrorCode.SERVICE_UNAVAILABLE,
          "The service is temporarily unavailable. Please try again.",
          e);
    }
  }
}
