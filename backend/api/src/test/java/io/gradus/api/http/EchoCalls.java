package io.gradus.api.http;

import io.gradus.engine.port.ExchangeObserver;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.service.teststate.TaskCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Answers each call with what it was called with.
final class EchoCalls implements TaskCalls {
  @Override
  public CompletionStage<TaskOutcome> call(TaskInvocation invocation, ExchangeObserver observer) {
    observer.sent(
        new ExchangeObserver.Request(
            "https", "GET", "https://api.example/v1", Map.of("X-One", List.of("a", "b")), null));
    observer.received(
        new ExchangeObserver.Response(
            "https", 200, "OK", Map.of("X-Two", List.of("c")), "{\"id\":7}"));
    return CompletableFuture.completedStage(new TaskOutcome.Succeeded(invocation.arguments()));
  }

  @Override
  public void cancel(TaskInvocation invocation) {}
}
