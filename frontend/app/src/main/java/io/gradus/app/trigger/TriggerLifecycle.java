package io.gradus.app.trigger;

import io.gradus.service.trigger.QueuePolls;
import io.gradus.service.trigger.ScheduleClock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Lets triggers fire once the node is there to start what they start, and ends that before the
/// node does.
final class TriggerLifecycle implements SmartLifecycle {
  /// The node's own is 0.
  private static final int AFTER_THE_NODE = 1;

  private final Supplier<ScheduleClock> clocks;
  private final Supplier<QueuePolls> pollers;
  private volatile @Nullable ScheduleClock clock;
  private volatile @Nullable QueuePolls polls;

  TriggerLifecycle(Supplier<ScheduleClock> clocks, Supplier<QueuePolls> pollers) {
    this.clocks = clocks;
    this.pollers = pollers;
  }

  /// Something else may be due.
  void poke() {
    ScheduleClock schedules = clock;
    if (schedules != null) {
      schedules.poke();
    }
    QueuePolls queues = polls;
    if (queues != null) {
      queues.poke();
    }
  }

  @Override
  public void start() {
    ScheduleClock schedules = clocks.get();
    QueuePolls queues = pollers.get();
    clock = schedules;
    polls = queues;
    schedules.start();
    queues.start();
  }

  @Override
  public void stop() {
    ScheduleClock schedules = clock;
    QueuePolls queues = polls;
    clock = null;
    polls = null;
    if (queues != null) {
      queues.close();
    }
    if (schedules != null) {
      schedules.close();
    }
  }

  @Override
  public boolean isRunning() {
    return clock != null;
  }

  @Override
  public int getPhase() {
    return AFTER_THE_NODE;
  }
}
