package io.gradus.integrations.aws.job;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Connectors;
import io.gradus.integrations.Failures;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.aws.job.JobDesk.Answer;
import io.gradus.integrations.aws.job.JobDesk.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JobConnectorTest {
  private static final String SUBMIT = "arn:aws:states:::batch:submitJob.sync";

  private final List<String> begun = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final Map<TaskId, JobBook.Job> kept = new HashMap<>();
  private TaskOutcome beginning =
      new TaskOutcome.Succeeded(Payload.ofText("{\"JobId\":\"j\",\"SdkHttpMetadata\":{}}"));
  private Answer answer = new Answer.Given(PayloadJson.MAPPER.readTree("{\"Jobs\":[]}"));

  private final Connector calls =
      new Connector() {
        @Override
        public boolean handles(Resource resource) {
          return true;
        }

        @Override
        public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
          begun.add(invocation.resource().arn());
          return CompletableFuture.completedStage(beginning);
        }

        @Override
        public void cancel(TaskInvocation invocation) {
          throw new AssertionError("expected the call to go on: it may have begun a job");
        }
      };

  private final JobBook book =
      new JobBook() {
        @Override
        public void begin(Job job) {
          kept.put(job.task(), job);
        }

        @Override
        public Optional<Job> find(ExecutionKey execution, TaskId task) {
          return Optional.ofNullable(kept.get(task));
        }

        @Override
        public void end(ExecutionKey execution, TaskId task) {
          kept.remove(task);
        }
      };

  private final JobDesk desk =
      new JobDesk(
          (_, service, operation, request) -> {
            asked.add(service + ":" + operation);
            requests.add(request);
            return answer;
          },
          JobMeter.NONE);

  private final JobConnector jobs = new JobConnector(new Connectors(List.of(calls)), book, desk);

  private static TaskInvocation submit() {
    return Invocations.of(SUBMIT, "{\"JobName\":\"n\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "batch:submitJob.sync, true",
    "batch:submitJob, false",
    "states:startExecution.sync, false",
    "states:startExecution.sync:2, false",
    "eks:runJob.sync, true",
    "eks:call.sync, false"
  })
  void handlesJobsThatItKnows(String resource, boolean handled) {
    assertThat(jobs.handles(new Resource("arn:aws:states:::" + resource))).isEqualTo(handled);
  }

  @Test
  void aJobIsKeptBeforeItsTaskCountsAsSubmitted() {
    // when
    TaskOutcome outcome = outcome(jobs, submit());

    // then
    assertThat(outcome)
        .isEqualTo(
            new TaskOutcome.Submitted(Payload.ofText("{\"JobId\":\"j\",\"SdkHttpMetadata\":{}}")));
    assertThat(begun).containsExactly("arn:aws:states:::batch:submitJob");
    assertThat(kept.values())
        .singleElement()
        .satisfies(job -> assertThat(job.handle()).hasToString("{\"JobId\":\"j\"}"));
  }

  @Test
  void aTaskThatIsCalledAgainDoesNotBeginAnotherJob() {
    // given
    TaskOutcome first = outcome(jobs, submit());

    // when
    TaskOutcome second = outcome(jobs, submit());

    // then
    assertThat(second).isEqualTo(first);
    assertThat(begun).hasSize(1);
  }

  @Test
  void whatCouldNotBeginIsNotKept() {
    // given
    beginning = Failures.failed("Batch.ClientException", "no");

    // when, then
    assertThat(failed(outcome(jobs, submit())).error().value()).isEqualTo("Batch.ClientException");
    beginning = new TaskOutcome.Succeeded(Payload.ofText("{}"));
    assertThat(failed(outcome(jobs, submit())).error().value()).isEqualTo("States.TaskFailed");
    assertThat(kept).isEmpty();
  }

  @Test
  void aTaskThatIsOverHasItsJobStopped() {
    // given
    outcome(jobs, submit());

    // when
    jobs.cancel(submit());

    // then
    assertThat(asked).containsExactly("batch:terminateJob");
    assertThat(requests)
        .containsExactly(
            PayloadJson.MAPPER.readTree(
                "{\"JobId\":\"j\",\"Reason\":\"The task that waited for it is over\"}"));
    assertThat(kept).isEmpty();
  }

  @Test
  void aJobThatCouldNotBeStoppedNowIsStoppedLater() {
    // given
    outcome(jobs, submit());
    answer = new Answer.Unavailable("throttled");

    // when
    jobs.cancel(submit());

    // then
    assertThat(kept).hasSize(1);
  }

  @Test
  void onlyAnAnswerEndsAJob() {
    // given
    outcome(jobs, submit());
    JobBook.Job job = kept.values().iterator().next();

    // when, then
    answer = new Answer.Unavailable("throttled");
    assertThat(desk.look(job)).isEqualTo(Look.Unended.UNENDED);
    answer = new Answer.Refused("Batch.ClientException", "not yours");
    assertThat(desk.look(job))
        .isInstanceOfSatisfying(
            Look.Failed.class,
            failed -> {
              assertThat(failed.error().value()).isEqualTo("Batch.ClientException");
              assertThat(failed.cause()).isEqualTo("not yours");
            });
    answer =
        new Answer.Given(PayloadJson.MAPPER.readTree("{\"Jobs\":[{\"Status\":\"SUCCEEDED\"}]}"));
    assertThat(desk.look(job))
        .isInstanceOfSatisfying(
            Look.Succeeded.class,
            succeeded -> assertThat(succeeded.output()).hasToString("{\"Status\":\"SUCCEEDED\"}"));
  }
}
