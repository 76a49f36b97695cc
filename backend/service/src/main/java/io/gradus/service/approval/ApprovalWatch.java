package io.gradus.service.approval;

import io.gradus.engine.TenantId;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.Caller;
import io.gradus.store.Approvals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells pages that look at approvals when there is something new. Approvals come and go with
/// executions, so a tenant is looked at when one of its executions moved (here or on another node)
/// or someone did something here, and every two seconds; what is looked at is one number.
public final class ApprovalWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApprovalWatch.class);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final int ANYWAY_EVERY = 20;

  /// Pages say how long something has time, so they look again now and then.
  private static final int TICK_EVERY = 300;

  private final Approvals approvals;
  private final Supplier<ExecutionGateway> gateway;
  private final Map<TenantId, Watched> tenants = new ConcurrentHashMap<>();
  private @Nullable AutoCloseable listening;
  private @Nullable ScheduledExecutorService looking;
  private int rounds;

  private static final class Watched {
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    volatile boolean dirty = true;
    Approvals.@Nullable Mark mark;
  }

  /// @param gateway asked for when the first page looks
  public ApprovalWatch(Approvals approvals, Supplier<ExecutionGateway> gateway) {
    this.approvals = approvals;
    this.gateway = gateway;
  }

  /// Runs `changed` after each change of the tenant's approvals, until closed. On a thread of its
  /// own, which it must not hold.
  public synchronized AutoCloseable watch(Caller caller, Runnable changed) {
    begin();
    TenantId tenant = caller.tenant();
    Watched watched = tenants.computeIfAbsent(tenant, _ -> new Watched());
    watched.watchers.add(changed);
    return () -> leave(tenant, changed);
  }

  private synchronized void leave(TenantId tenant, Runnable changed) {
    Watched watched = tenants.get(tenant);
    if (watched != null && watched.watchers.remove(changed) && watched.watchers.isEmpty()) {
      tenants.remove(tenant);
    }
  }

  /// Something happened in this tenant.
  public void poke(TenantId tenant) {
    Watched watched = tenants.get(tenant);
    if (watched != null) {
      watched.dirty = true;
    }
  }

  private void begin() {
    if (looking != null) {
      return;
    }
    listening =
        gateway
            .get()
            .listen(
                moved -> {
                  if (moved.isEmpty()) {
                    tenants.values().forEach(watched -> watched.dirty = true);
                  } else {
                    moved.forEach(key -> poke(key.tenant()));
                  }
                });
    looking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("approval-watch").factory());
    var _ =
        looking.scheduleWithFixedDelay(
            this::look, SOON.toMillis(), SOON.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    boolean anyway = ++rounds % ANYWAY_EVERY == 0;
    if (rounds % TICK_EVERY == 0) {
      tenants.values().forEach(ApprovalWatch::tell);
    }
    tenants.forEach(
        (tenant, watched) -> {
          if (watched.dirty || anyway) {
            watched.dirty = false;
            look(tenant, watched);
          }
        });
  }

  private void look(TenantId tenant, Watched watched) {
    try {
      Approvals.Mark now = approvals.mark(tenant);
      if (!now.equals(watched.mark)) {
        watched.mark = now;
        tell(watched);
      }
    } catch (RuntimeException e) {
      watched.dirty = true;
      LOG.warn("Pages with approvals are not live for the moment: {}", e.getMessage());
    }
  }

  /// A page that went away without saying so is not told again, and keeps nobody else waiting.
  private static void tell(Watched watched) {
    for (Runnable watcher : List.copyOf(watched.watchers)) {
      try {
        watcher.run();
      } catch (RuntimeException e) {
        watched.watchers.remove(watcher);
        LOG.debug("A page with approvals is gone", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.shutdownNow();
    }
    if (listening != null) {
      try {
        listening.close();
      } catch (Exception e) {
        throw new IllegalStateException("expected to stop listening", e);
      }
    }
  }
}
