package io.gradus.service.execution;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells who looks at executions that they moved, here or on another node, soon after their commit.
/// While nobody looks, the engine tells nobody.
public class ExecutionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionWatch.class);

  private final ExecutionGateway gateway;
  private final Map<ExecutionKey, List<Listener>> byExecution = new HashMap<>();
  private final Map<TenantId, List<Listener>> byTenant = new HashMap<>();
  private @Nullable AutoCloseable listening;

  /// Somebody looks, until closed; closing again does nothing.
  public interface Watching extends AutoCloseable {
    @Override
    void close();
  }

  /// Who is told; each stands for itself, so that closing one of two equal ones leaves the other.
  private static final class Listener {
    private final Runnable moved;

    Listener(Runnable moved) {
      this.moved = moved;
    }
  }

  /// Listens there.
  public ExecutionWatch(ExecutionGateway gateway) {
    this.gateway = gateway;
  }

  /// Tells of every move of one execution from now on, until closed.
  ///
  /// @param moved must not block; several moves may be told as one
  public Watching watch(Caller caller, ExecutionFinder.Row execution, Runnable moved) {
    Access.require(caller, Permission.READ, "DescribeExecution", execution.arn());
    if (!execution.key().tenant().equals(caller.tenant())) {
      throw new IllegalArgumentException("expected an execution of the caller's tenant");
    }
    return add(byExecution, execution.key(), moved);
  }

  /// Tells of every move of any of the tenant's executions from now on, until closed.
  ///
  /// @param moved must not block; several moves may be told as one
  public Watching watchAll(Caller caller, Runnable moved) {
    Access.require(caller, Permission.READ, "ListExecutions", "*");
    return add(byTenant, caller.tenant(), moved);
  }

  private synchronized <K> Watching add(Map<K, List<Listener>> into, K key, Runnable moved) {
    Listener entry = new Listener(moved);
    into.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(entry);
    if (listening == null) {
      listening = gateway.listen(this::moved);
    }
    return () -> remove(into, key, entry);
  }

  private synchronized <K> void remove(Map<K, List<Listener>> from, K key, Listener entry) {
    List<Listener> there = from.get(key);
    if (there != null && there.remove(entry) && there.isEmpty()) {
      from.remove(key);
    }
    AutoCloseable now = listening;
    if (byExecution.isEmpty() && byTenant.isEmpty() && now != null) {
      listening = null;
      stop(now);
    }
  }

  private static void stop(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      throw new IllegalStateException("expected a listener to close without fail", e);
    }
  }

  private void moved(Set<ExecutionKey> keys) {
    for (Listener listener : concerned(keys)) {
      try {
        listener.moved.run();
      } catch (RuntimeException e) {
        LOG.warn("A page was not told that its execution moved", e);
      }
    }
  }

  private synchronized Set<Listener> concerned(Set<ExecutionKey> keys) {
    Set<Listener> concerned = new LinkedHashSet<>();
    if (keys.isEmpty()) {
      byExecution.values().forEach(concerned::addAll);
      byTenant.values().forEach(concerned::addAll);
    }
    for (ExecutionKey key : keys) {
      concerned.addAll(byExecution.getOrDefault(key, List.of()));
      concerned.addAll(byTenant.getOrDefault(key.tenant(), List.of()));
    }
    return concerned;
  }
}
