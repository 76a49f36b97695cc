package io.gradus.integrations.aws.job;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Connectors;
import io.gradus.integrations.Failures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `.sync` tasks of AWS services: begins a job by the same call without `.sync`, and leaves the
/// rest to whoever keeps the [JobBook].
public final class JobConnector implements Connector {
  private final Connectors calls;
  private final JobBook book;
  private final JobDesk desk;

  /// @param calls makes the calls that begin jobs, as request-response tasks
  public JobConnector(Connectors calls, JobBook book, JobDesk desk) {
    this.calls = calls;
    this.book = book;
    this.desk = desk;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.pattern() == Pattern.SYNC && JobKinds.find(JobDesk.call(resource)).isPresent();
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    // A node that began the job may have died before the task counted as submitted.
    Optional<JobBook.Job> begun = book.find(invocation.execution(), invocation.task());
    if (begun.isPresent()) {
      return CompletableFuture.completedStage(
          new TaskOutcome.Submitted(Payload.of(begun.get().answer())));
    }
    TaskInvocation beginning = JobDesk.beginning(invocation);
    return calls
        .find(beginning.resource())
        .orElseThrow(() -> new IllegalStateException("expected a connector of " + beginning))
        .invoke(beginning)
        .thenApply(
            outcome ->
                outcome instanceof TaskOutcome.Succeeded(Payload output)
                    ? begun(invocation, output)
                    : outcome);
  }

  private TaskOutcome begun(TaskInvocation invocation, Payload output) {
    JobKind kind = JobKinds.find(JobDesk.call(invocation.resource())).orElseThrow();
    JsonNode answer = output.json();
    Optional<ObjectNode> handle = kind.handle(invocation.arguments().json(), answer);
    if (handle.isEmpty()) {
      return Failures.failed(ErrorName.TASK_FAILED, answer.toString());
    }
    book.begin(JobBook.Job.of(invocation, handle.get(), answer));
    return new TaskOutcome.Submitted(output);
  }

  /// A call that begins the job is not given up: the service may have heard it. What it begins is
  /// kept, and stopped when it is first looked at, since nothing waits for it.
  @Override
  public void cancel(TaskInvocation invocation) {
    book.find(invocation.execution(), invocation.task())
        .ifPresent(
            job -> {
              if (desk.stop(job)) {
                book.end(job.execution(), job.task());
              }
            });
  }
}
