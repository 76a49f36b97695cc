package io.gradus.integrations.aws.job;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.integrations.aws.job.JobBook.Job;
import io.gradus.integrations.aws.job.JobKind.Call;
import io.gradus.integrations.aws.job.JobKind.Standing;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks services about jobs, and has them stop some.
public final class JobDesk {
  private static final String SYNC = ".sync";
  private final Calls calls;
  private final JobMeter meter;

  /// Calls that are no task's own.
  @FunctionalInterface
  public interface Calls {
    /// Makes the call with the connection and the role that the job was begun with.
    Answer call(Job job, String service, String operation, JsonNode request);
  }

  /// What came of a call.
  public sealed interface Answer {
    record Given(JsonNode json) implements Answer {}

    /// The service, or what it takes to reach it, says no; it would again.
    record Refused(String error, String cause) implements Answer {}

    /// Another try may succeed.
    record Unavailable(String problem) implements Answer {}
  }

  /// How a job stands.
  public sealed interface Look {
    enum Unended implements Look {
      UNENDED
    }

    /// @param output the task's result
    record Succeeded(JsonNode output) implements Look {}

    record Failed(ErrorName error, @Nullable String cause) implements Look {}
  }

  /// @param meter is told of every look and every end
  public JobDesk(Calls calls, JobMeter meter) {
    this.calls = calls;
    this.meter = meter;
  }

  /// Looks at the job. A service that cannot be reached has not ended it.
  public Look look(Job job) {
    Resource resource = new Resource(job.resource());
    Optional<JobKind> kind = JobKinds.find(call(resource));
    if (kind.isEmpty()) {
      return new Look.Failed(
          ErrorName.RUNTIME, "The resource '" + job.resource() + "' is not supported here.");
    }
    Look look = look(job, resource, kind.get());
    meter.looked(call(resource));
    switch (look) {
      case Look.Unended _ -> {}
      case Look.Succeeded _ -> meter.ended(call(resource), "succeeded");
      case Look.Failed _ -> meter.ended(call(resource), "failed");
    }
    return look;
  }

  private Look look(Job job, Resource resource, JobKind kind) {
    return switch (made(job, resource, kind.look(job.handle()))) {
      case Answer.Given given -> look(kind.standing(given.json()));
      case Answer.Refused refused when kind.endsWhenGone() && isGone(refused) ->
          new Look.Succeeded(job.answer());
      case Answer.Refused refused ->
          new Look.Failed(new ErrorName(refused.error()), refused.cause());
      case Answer.Unavailable _ -> Look.Unended.UNENDED;
    };
  }

  private static boolean isGone(Answer.Refused refused) {
    return refused.error().endsWith("NotFoundException");
  }

  private static Look look(Standing standing) {
    return switch (standing) {
      case Standing.Running _ -> Look.Unended.UNENDED;
      case Standing.Succeeded succeeded -> new Look.Succeeded(succeeded.output());
      case Standing.Failed failed ->
          new Look.Failed(ErrorName.TASK_FAILED, failed.description().toString());
    };
  }

  /// Has the service stop the job.
  ///
  /// @return false if another try may do what this one could not
  public boolean stop(Job job) {
    Resource resource = new Resource(job.resource());
    boolean stopped =
        JobKinds.find(call(resource))
            .flatMap(kind -> kind.stop(job.handle()))
            .map(stop -> !(made(job, resource, stop) instanceof Answer.Unavailable))
            .orElse(true);
    if (stopped) {
      meter.ended(call(resource), "stopped");
    }
    return stopped;
  }

  private Answer made(Job job, Resource resource, Call call) {
    return calls.call(job, resource.resourceType(), call.operation(), call.request());
  }

  /// Service and action without the pattern (`ecs:runTask`).
  static String call(Resource resource) {
    String action = resource.action();
    int pattern = action.indexOf('.');
    return resource.resourceType() + ":" + (pattern < 0 ? action : action.substring(0, pattern));
  }

  /// The call that begins the job, as a task that waits for nothing more.
  static TaskInvocation beginning(TaskInvocation task) {
    String arn = task.resource().arn();
    return new TaskInvocation(
        task.execution(),
        task.executionArn(),
        task.task(),
        task.state(),
        new Resource(arn.substring(0, arn.lastIndexOf(SYNC))),
        task.arguments(),
        task.retry(),
        task.token(),
        task.credentials(),
        task.timeout(),
        task.due());
  }
}
