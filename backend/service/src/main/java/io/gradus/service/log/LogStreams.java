package io.gradus.service.log;

import io.gradus.engine.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The log streams that this node writes to: each has one of its own for a log group and a state
/// machine, and begins another after an hour.
final class LogStreams {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int MAX_STREAMS = 10_000;

  private final Clock clock;
  private final Map<Key, Stream> streams =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Stream> eldest) {
          return size() > MAX_STREAMS;
        }
      };

  /// What has a stream of its own.
  record Key(TenantId tenant, String group, String stateMachine) {}

  /// A stream, which is made with the first events that go there.
  static final class Stream {
    private final String name;
    private final Instant begun;
    private volatile boolean made;

    private Stream(String name, Instant begun) {
      this.name = name;
      this.begun = begun;
    }

    String name() {
      return name;
    }

    boolean isMade() {
      return made;
    }

    void made() {
      made = true;
    }
  }

  LogStreams(Clock clock) {
    this.clock = clock;
  }

  Stream current(Key key) {
    Instant now = clock.instant();
    synchronized (streams) {
      Stream known = streams.get(key);
      if (known != null && now.isBefore(known.begun.plus(LIFE))) {
        return known;
      }
      Stream fresh = new Stream(name(key.stateMachine(), now), now);
      streams.put(key, fresh);
      return fresh;
    }
  }

  /// It is not there any more.
  void forget(Key key) {
    synchronized (streams) {
      streams.remove(key);
    }
  }

  /// As AWS names them; the end tells the streams of several nodes apart.
  static String name(String stateMachine, Instant at) {
    return "states/"
        + stateMachine
        + "/"
        + MINUTE.format(at)
        + "/"
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }
}
