package io.gradus.service.approval;

import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.integrations.approval.ApprovalDesk;
import io.gradus.integrations.approval.ApprovalRequest;
import io.gradus.integrations.approval.InvalidRequest;
import io.gradus.service.Role;
import io.gradus.service.TimeOrderedId;
import io.gradus.service.people.Directory;
import io.gradus.store.EngineApprovals;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Opens approvals for tasks, whichever tenant's.
public final class ApprovalDesks implements ApprovalDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ApprovalDesks.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int MAX_MAILS = 200;

  private final EngineApprovals approvals;
  private final Directory directory;
  private final Told told;
  private final Clock clock;

  /// Who is told when one was opened.
  public interface Told {
    /// Whether mails can be sent at all.
    boolean byMail();

    /// Something was opened in this tenant.
    void opened(TenantId tenant);
  }

  /// Opens them there.
  public ApprovalDesks(EngineApprovals approvals, Directory directory, Told told, Clock clock) {
    this.approvals = approvals;
    this.directory = directory;
    this.told = told;
    this.clock = clock;
  }

  @Override
  public void checkForm(JsonNode form) throws InvalidRequest {
    FormSchema.parse(form);
  }

  @Override
  public CompletionStage<UUID> open(TaskInvocation task, ApprovalRequest request) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        UUID id = openOnce(task, request);
        told.opened(task.execution().tenant());
        return CompletableFuture.completedStage(id);
      } catch (DatabaseFailure e) {
        if (e.kind() == DatabaseFailure.Kind.REFUSED) {
          throw e;
        }
        // It is the same approval however often it is asked for, and the task does not fail
        // because our database was away.
        LOG.atWarn()
            .addKeyValue("executionArn", task.executionArn())
            .log("An approval waits for the database: {}", e.getMessage());
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return CompletableFuture.failedStage(e);
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private UUID openOnce(TaskInvocation task, ApprovalRequest request) {
    UUID fresh = TimeOrderedId.at(clock.millis());
    return approvals
        .open(
            task.execution(),
            task.task(),
            new EngineApprovals.Asked(
                fresh,
                task.state().value(),
                request.title(),
                request.description(),
                bytes(request.context()),
                request.users(),
                request.groups(),
                request.quorum(),
                request.allowStarter(),
                request.failOnReject(),
                request.outcomes(),
                bytes(request.form()),
                task.due(),
                mails(task.execution().tenant(), request)))
        .orElse(fresh); // the task is over: whatever is said now, the engine passes over
  }

  private Map<String, String> mails(TenantId tenant, ApprovalRequest request) {
    Map<String, String> mails = new LinkedHashMap<>();
    if (told.byMail()) {
      directory
          .candidates(tenant, Set.copyOf(request.users()), Set.copyOf(request.groups()))
          .stream()
          .filter(
              member -> member.roles().stream().anyMatch(r -> r.allows(Role.Permission.APPROVE)))
          .filter(member -> member.email() != null && !member.email().isBlank())
          .limit(MAX_MAILS)
          .forEach(member -> mails.put(member.login(), String.valueOf(member.email())));
    }
    return mails;
  }

  private static byte @Nullable [] bytes(@Nullable JsonNode json) {
    return json == null ? null : Payload.of(json).bytes();
  }
}
