package io.gradus.worker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;

/// An activity in memory. What is told arrives as text.
final class FakeActivities implements SfnClient {
  final BlockingQueue<GetActivityTaskResponse> tasks = new LinkedBlockingQueue<>();
  final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final List<String> workers = new CopyOnWriteArrayList<>();

  /// Thrown by the next calls of their kind, one each.
  final Queue<RuntimeException> pollsFail = new ConcurrentLinkedQueue<>();

  final Queue<RuntimeException> tellingFails = new ConcurrentLinkedQueue<>();
  final Queue<RuntimeException> heartbeatsFail = new ConcurrentLinkedQueue<>();

  void give(String token, String input) {
    tasks.add(GetActivityTaskResponse.builder().taskToken(token).input(input).build());
  }

  /// The next thing that is told.
  String next() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  @Override
  public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
    workers.add(request.workerName());
    fail(pollsFail);
    try {
      GetActivityTaskResponse task = tasks.poll(60, TimeUnit.SECONDS);
      return task == null ? GetActivityTaskResponse.builder().build() : task;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    }
  }

  @Override
  public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
    fail(tellingFails);
    told.add(request.taskToken() + " " + request.output());
    return SendTaskSuccessResponse.builder().build();
  }

  @Override
  public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
    fail(tellingFails);
    told.add(request.taskToken() + " " + request.error() + ": " + request.cause());
    return SendTaskFailureResponse.builder().build();
  }

  @Override
  public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
    fail(heartbeatsFail);
    told.add(request.taskToken() + " beats");
    return SendTaskHeartbeatResponse.builder().build();
  }

  private static void fail(Queue<RuntimeException> failures) {
    RuntimeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String serviceName() {
    return "states";
  }

  @Override
  public void close() {}
}
