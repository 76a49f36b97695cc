package io.gradus.integrations.aws;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.TaskRole;
import io.gradus.integrations.aws.AwsCalls.Result;
import io.gradus.integrations.aws.job.JobBook.Job;
import io.gradus.integrations.aws.job.JobDesk;
import io.gradus.integrations.aws.job.JobDesk.Answer;
import io.gradus.integrations.aws.job.KubernetesJob;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Calls about jobs, by the connection and the role that they were begun with.
public final class AwsJobs implements JobDesk.Calls {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AwsCalls calls;
  private final EksJobs kubernetes;

  /// @param egress held to the policy for what tenants configure
  public AwsJobs(AwsCalls calls, EgressClient egress) {
    this.calls = calls;
    this.kubernetes = new EksJobs(new Kubernetes(calls, egress));
  }

  @Override
  public Answer call(Job job, String service, String operation, JsonNode request) {
    if (operation.equals(KubernetesJob.LOOK) || operation.equals(KubernetesJob.STOP)) {
      return kubernetes.call(job, operation, request);
    }
    Result result =
        calls.make(
            new AwsCalls.Request(
                job.execution().tenant(),
                AwsServices.sdkName(service, operation),
                operation,
                request,
                TaskRole.of(job.credentials()),
                MemberNames.SERVICE,
                job.executionArn() + "." + job.task().attempt() + "." + operation,
                TIMEOUT),
            new Call());
    if (result instanceof Result.Given given) {
      return new Answer.Given(given.json());
    }
    TaskOutcome.Failed failed = AwsFailures.of(result, service, MemberNames.SERVICE);
    return passes(result)
        ? new Answer.Unavailable(String.valueOf(failed.cause()))
        : new Answer.Refused(failed.error().value(), String.valueOf(failed.cause()));
  }

  /// Whether the same call may be answered later. What the SDK could not send, or could not read
  /// once it was there, it can't the next time either: a job would be asked for without end.
  private static boolean passes(Result result) {
    return switch (result) {
      case Result.Refused refused -> AwsCalls.isPassing(refused.exception());
      case Result.Unreached unreached ->
          unreached.kind() != null && unreached.kind() != EgressFailure.Kind.REFUSED;
      case Result.Given _, Result.Invalid _, Result.Unconnected _, Result.Unassumed _ -> false;
    };
  }
}
