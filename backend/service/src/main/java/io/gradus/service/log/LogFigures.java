package io.gradus.service.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What this node has done about logs since its start.
public final class LogFigures {
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long behindMillis;

  /// Events written into tenants' own logs.
  public long written() {
    return written.get();
  }

  /// Events that CloudWatch Logs took.
  public long sent() {
    return sent.get();
  }

  /// Events, or runs of events that were never read, that a log will not have.
  public long lost() {
    return lost.get();
  }

  /// Calls of CloudWatch Logs that failed; what they were to send is tried again.
  public long failures() {
    return failures.get();
  }

  /// How old what is written now was, when it was taken, in seconds.
  public double behindSeconds() {
    return behindMillis / 1_000.0;
  }

  void written(int events) {
    written.addAndGet(events);
  }

  void sent(int events) {
    sent.addAndGet(events);
  }

  void lost(int events) {
    lost.addAndGet(events);
  }

  void failed() {
    failures.incrementAndGet();
  }

  void behind(Duration age) {
    behindMillis = Math.max(0, age.toMillis());
  }
}
