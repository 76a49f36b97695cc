package io.gradus.runtime.node;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.engine.OpenTasks;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Activities' ids by their ARNs, remembered for a few seconds: one may be deleted and made anew.
final class ActivityIds {
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX = 10_000;

  private final OpenTasks tasks;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<Name, Known> known = new ConcurrentHashMap<>();

  private record Name(TenantId tenant, String arn) {}

  private record Known(UUID id, long untilNanos) {}

  ActivityIds(OpenTasks tasks, LongSupplier nanoTime) {
    this.tasks = tasks;
    this.nanoTime = nanoTime;
  }

  /// Empty where there is no such activity.
  Optional<UUID> find(TenantId tenant, String arn) {
    var name = new Name(tenant, arn);
    long now = nanoTime.getAsLong();
    Known there = known.get(name);
    if (there != null && there.untilNanos() - now > 0) {
      return Optional.of(there.id());
    }
    Optional<UUID> found = tasks.activityId(tenant, arn.substring(arn.lastIndexOf(':') + 1));
    if (known.size() > MAX) {
      known.clear();
    }
    found.ifPresent(id -> known.put(name, new Known(id, now + KEEP_NANOS)));
    return found;
  }

  /// Whether there was no such activity when a task that no worker has yet was scheduled: none can
  /// be given it, even if there is such an activity now.
  boolean isMissing(ExecutionKey execution, TaskId task, String arn) {
    return find(execution.tenant(), arn).isEmpty()
        && tasks.find(execution, task).filter(row -> row.activityId() == null).isPresent();
  }
}
