package io.gradus.service.people;

import io.gradus.store.LoginAttempts;
import io.gradus.store.LoginAttempts.Attempts;
import io.gradus.store.PlatformScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Lets nobody guess passwords: after a few tries in vain each further one has to wait, for twice
/// as long each time. It counts for the login that is tried, and for the address that tries many.
///
/// A try is counted before its password is looked at, in a row that all nodes share: neither
/// another node nor many tries at once get more of them. A try that has to wait costs no hashing
/// and does not lengthen the wait.
public final class LoginThrottle {
  /// How many tries are free, and how long waiting grows.
  record Limit(int free, Duration longest) {
    /// How long the next try has to wait after this many in vain.
    Duration after(int failures) {
      int beyond = failures - free;
      if (beyond < 0) {
        return Duration.ZERO;
      }
      Duration grown = Duration.ofSeconds(1L << Math.min(beyond, 20));
      return grown.compareTo(longest) > 0 ? longest : grown;
    }
  }

  static final Limit LOGIN = new Limit(5, Duration.ofMinutes(5));
  static final Limit SOURCE = new Limit(30, Duration.ofMinutes(15));
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int GROUPS_OF_A_NETWORK = 4;

  private final LoginAttempts attempts;
  private final PlatformScope scope;
  private final Clock clock;

  /// Counts there.
  public LoginThrottle(LoginAttempts attempts, PlatformScope scope, Clock clock) {
    this.attempts = attempts;
    this.scope = scope;
    this.clock = clock;
  }

  /// Counts a try and says how long it has to wait instead of being made; zero lets it be made.
  ///
  /// @param source the address that it comes from
  public Duration admit(String login, String source) {
    byte[] loginKey = loginKey(login);
    byte[] sourceKey = sourceKey(source);
    return scope.call(
        () -> {
          Instant now = clock.instant();
          // Logins before sources, everywhere: nobody waits crosswise.
          List<Attempts> known = attempts.lock(List.of(loginKey, sourceKey), now, now.minus(QUIET));
          Duration wait = longer(wait(known.get(0), now), wait(known.get(1), now));
          if (wait.isZero()) {
            count(loginKey, known.get(0), LOGIN, now);
            count(sourceKey, known.get(1), SOURCE, now);
          }
          return wait;
        });
  }

  /// Forgets what was tried in vain: the one who knew the password came.
  public void succeeded(String login, String source) {
    scope.call(
        () -> {
          attempts.forget(loginKey(login));
          attempts.takeBack(sourceKey(source), clock.instant());
          return true;
        });
  }

  /// Drops what is counted no more.
  public void dropQuiet() {
    attempts.dropQuiet(clock.instant().minus(QUIET));
  }

  private void count(byte[] key, Attempts known, Limit limit, Instant now) {
    int failures = known.failures() + 1;
    attempts.count(key, failures, now, now.plus(limit.after(failures)));
  }

  private static Duration wait(Attempts known, Instant now) {
    Duration left = Duration.between(now, known.blockedUntil());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static byte[] loginKey(String login) {
    return digest("login " + login);
  }

  private static byte[] sourceKey(String source) {
    return digest("source " + network(source));
  }

  /// Who has one IPv6 address has 2^64 of them: they count as one.
  static String network(String source) {
    String[] groups = source.split(":", -1);
    if (groups.length <= 2 || source.contains(".")) {
      return source;
    }
    int elided = source.indexOf("::");
    List<String> before =
        List.of((elided < 0 ? source : source.substring(0, elided)).split(":", -1));
    StringBuilder network = new StringBuilder();
    for (int group = 0; group < GROUPS_OF_A_NETWORK; group++) {
      String text = group < before.size() && !before.get(group).isEmpty() ? before.get(group) : "0";
      network.append(text).append(':');
    }
    return network.toString();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
