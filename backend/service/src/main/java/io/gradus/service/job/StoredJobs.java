package io.gradus.service.job;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import io.gradus.integrations.aws.job.JobBook;
import io.gradus.store.engine.JobRows;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Jobs in the database.
public final class StoredJobs implements JobBook {
  private static final Logger LOG = LoggerFactory.getLogger(StoredJobs.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final String HANDLE = "handle";
  private static final String ANSWER = "answer";

  private final JobRows rows;

  public StoredJobs(JobRows rows) {
    this.rows = rows;
  }

  @Override
  public void begin(Job job) {
    JobRows.Job row = row(job);
    for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
      try {
        rows.put(row, JobWatch.untilLook(0));
        return;
      } catch (DatabaseFailure e) {
        if (e.kind() == DatabaseFailure.Kind.REFUSED || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // The job runs already: to call the task again because our database was away could begin
        // another.
        LOG.atWarn()
            .addKeyValue("executionArn", job.executionArn())
            .log("A job waits for the database: {}", e.getMessage());
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  @Override
  public Optional<Job> find(ExecutionKey execution, TaskId task) {
    return rows.find(execution, task).map(StoredJobs::job);
  }

  @Override
  public void end(ExecutionKey execution, TaskId task) {
    rows.delete(execution, task);
  }

  static JobRows.Job row(Job job) {
    ObjectNode told = PayloadJson.MAPPER.createObjectNode();
    told.set(HANDLE, job.handle());
    told.set(ANSWER, job.answer());
    Payload credentials = job.credentials();
    return new JobRows.Job(
        job.execution(),
        job.task(),
        job.executionArn(),
        job.resource(),
        credentials == null ? null : credentials.bytes(),
        PayloadJson.MAPPER.writeValueAsBytes(told));
  }

  static Job job(JobRows.Job row) {
    JsonNode told = PayloadJson.MAPPER.readTree(row.handle());
    byte[] credentials = row.credentials();
    return new Job(
        row.execution(),
        row.task(),
        row.executionArn(),
        row.resource(),
        credentials == null ? null : Payload.ofText(credentials),
        told.path(HANDLE),
        told.path(ANSWER));
  }
}
