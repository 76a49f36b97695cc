package io.gradus.runtime.node;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.runtime.ExecutionListener;
import io.gradus.store.engine.Notifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hints among nodes and to listeners: look into your inbox, an activity has a task, these
/// executions moved. Gathered for a few milliseconds, sent after the commits they tell of; a lost
/// one costs time, never anything else. Which executions moved is for people who watch: where many
/// do, other nodes are told of it less often, for every `NOTIFY` is a transaction that all of a
/// database's wait for in turn.
final class Broadcast implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
  private static final long GATHER_NANOS = 5_000_000;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final int MAX_TOLD = 120;

  private static final String CHANNEL = "gradus";

  private final Notifications notifications;
  private final Notifications.ConnectionSource connections;
  private final String self = UUID.randomUUID().toString().substring(0, 8);
  private final BooleanSupplier alone;
  private final Hearer hearer;
  private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();
  private final Set<ExecutionKey> moved = ConcurrentHashMap.newKeySet();
  private final Set<String> hints = ConcurrentHashMap.newKeySet();
  private final Set<Given> given = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private volatile boolean rests;
  private final Thread sender;
  private Notifications.@Nullable Subscription subscription;

  /// What a node does with other nodes' hints.
  interface Hearer {
    void inbox();

    void slot();

    void activity(String tenantAndActivity);

    /// Executions are an incarnation's now.
    void given(int incarnation, Set<ExecutionKey> keys);
  }

  private record Given(int incarnation, ExecutionKey key) {}

  /// @param alone whether no other node is there to be told
  Broadcast(
      Notifications notifications,
      Notifications.ConnectionSource connections,
      BooleanSupplier alone,
      Hearer hearer) {
    this.notifications = notifications;
    this.connections = connections;
    this.alone = alone;
    this.hearer = hearer;
    sender = Thread.ofPlatform().daemon().name("broadcast").unstarted(this::send);
  }

  void start() {
    sender.start();
    subscription =
        Notifications.listen(
            connections,
            List.of(CHANNEL),
            new Notifications.Listener() {
              @Override
              public void notified(String channel, String payload) {
                hear(payload);
              }

              @Override
              public void connected() {
                hearer.inbox();
                tellHeard("");
              }
            });
  }

  AutoCloseable listen(ExecutionListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void moved(ExecutionKey key) {
    if (listeners.isEmpty() && alone.getAsBoolean()) {
      return;
    }
    if (moved.add(key)) {
      wake();
    }
  }

  void inbox() {
    hint("i");
  }

  /// Timers are due soon: each node looks for those of its own executions.
  void slot() {
    hint("s");
  }

  void activity(TenantId tenant, String activityArn) {
    hint("a" + activityKey(tenant, activityArn));
  }

  /// An execution is another incarnation's now.
  void given(int incarnation, ExecutionKey key) {
    if (given.add(new Given(incarnation, key))) {
      wake();
    }
  }

  static String activityKey(TenantId tenant, String activityArn) {
    return tenant + "/" + activityArn;
  }

  private void hint(String hint) {
    if (!alone.getAsBoolean() && hints.add(hint)) {
      wake();
    }
  }

  /// One who gathers is left alone: woken for each move, it would cost as much as the moves.
  private void wake() {
    if (rests) {
      LockSupport.unpark(sender);
    }
  }

  /// Waits for something to tell.
  private void rest(long nanos) {
    rests = true;
    if (isIdle() && !stopped) {
      LockSupport.parkNanos(nanos);
    }
    rests = false;
  }

  private boolean isIdle() {
    return moved.isEmpty() && hints.isEmpty() && given.isEmpty();
  }

  private void send() {
    Set<ExecutionKey> toSend = new HashSet<>();
    long sentAt = System.nanoTime() - PAUSE_NANOS;
    while (!stopped) {
      if (!isIdle()) {
        LockSupport.parkNanos(GATHER_NANOS);
      } else if (toSend.isEmpty()) {
        rest(Long.MAX_VALUE);
        continue;
      } else {
        rest(Math.max(1, sentAt + PAUSE_NANOS - System.nanoTime()));
        if (!isIdle()) {
          continue; // woken by the first of many
        }
      }
      Set<ExecutionKey> keys = new HashSet<>(moved);
      moved.removeAll(keys);
      Set<String> toTell = new HashSet<>(hints);
      hints.removeAll(toTell);
      sendGiven();
      if (!keys.isEmpty()) {
        tellAll(keys);
      }
      if (alone.getAsBoolean()) {
        toSend.clear();
        continue;
      }
      keys.stream().limit(MAX_TOLD + 1 - toSend.size()).forEach(toSend::add);
      long now = System.nanoTime();
      boolean due = !toSend.isEmpty() && now - sentAt >= PAUSE_NANOS;
      sendOut(due ? toSend : Set.of(), toTell);
      if (due) {
        toSend.clear();
        sentAt = now;
      }
    }
  }

  /// Told even where this node believes itself alone: it has just given them to somebody.
  private void sendGiven() {
    Set<Given> toTell = new HashSet<>(given);
    given.removeAll(toTell);
    Map<Integer, List<ExecutionKey>> byNode = new HashMap<>();
    toTell.forEach(
        each -> byNode.computeIfAbsent(each.incarnation(), _ -> new ArrayList<>()).add(each.key()));
    List<String> messages = new ArrayList<>();
    byNode.forEach(
        (incarnation, keys) -> {
          for (int i = 0; i < keys.size(); i += MAX_TOLD) {
            List<ExecutionKey> part = keys.subList(i, Math.min(keys.size(), i + MAX_TOLD));
            messages.add(self + 'g' + "%08x".formatted(incarnation) + text(part));
          }
        });
    send(messages);
  }

  private static String text(Collection<ExecutionKey> keys) {
    var text = new StringBuilder();
    keys.forEach(key -> text.append(key.tenant()).append(key.id()));
    return text.toString().replace("-", "");
  }

  private void sendOut(Set<ExecutionKey> keys, Set<String> toTell) {
    List<String> messages = new ArrayList<>();
    toTell.forEach(hint -> messages.add(self + hint));
    if (keys.size() > MAX_TOLD) {
      messages.add(self + "m");
    } else if (!keys.isEmpty()) {
      messages.add(self + "m" + text(keys));
    }
    send(messages);
  }

  private void send(List<String> messages) {
    try {
      messages.forEach(message -> notifications.send(CHANNEL, message));
    } catch (RuntimeException e) {
      LOG.warn("Other nodes were not told; they look by themselves soon: {}", e.getMessage());
    }
  }

  private void tellAll(Set<ExecutionKey> keys) {
    for (ExecutionListener listener : listeners) {
      try {
        listener.moved(keys);
      } catch (RuntimeException | Error e) { // whoever tells of moves tells other nodes as well
        LOG.warn("A listener broke", e);
      }
    }
  }

  private void hear(String message) {
    if (message.length() < 9 || message.startsWith(self)) {
      return;
    }
    String content = message.substring(9);
    switch (message.charAt(8)) {
      case 'i' -> hearer.inbox();
      case 's' -> hearer.slot();
      case 'a' -> hearer.activity(content);
      case 'm' -> tellHeard(content);
      case 'g' -> hearer.given(Integer.parseInt(content, 0, 8, 16), keys(content.substring(8)));
      default -> LOG.debug("A hint of a kind that this version does not know");
    }
  }

  private void tellHeard(String content) {
    tellAll(keys(content));
  }

  private static Set<ExecutionKey> keys(String content) {
    Set<ExecutionKey> keys = new HashSet<>();
    for (int i = 0; i + 64 <= content.length(); i += 64) {
      keys.add(new ExecutionKey(new TenantId(uuid(content, i)), uuid(content, i + 32)));
    }
    return keys;
  }

  private static UUID uuid(String hex, int from) {
    return new UUID(
        Long.parseUnsignedLong(hex, from, from + 16, 16),
        Long.parseUnsignedLong(hex, from + 16, from + 32, 16));
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(sender);
    Notifications.Subscription listening = subscription;
    if (listening != null) {
      listening.close();
    }
    try {
      sender.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
