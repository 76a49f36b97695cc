package io.gradus.service.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.MigratedPostgres;
import io.gradus.store.Database;
import io.gradus.store.LoginAttempts;
import io.gradus.store.PlatformScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guessers wait, on every node, and nobody else does for long.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginThrottleTest {
  private static final int FREE = LoginThrottle.LOGIN.free();

  private final SetClock clock = new SetClock();
  private MigratedPostgres postgres;
  private Database database;
  private LoginThrottle node;
  private LoginThrottle otherNode;

  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  @BeforeAll
  void open() {
    postgres = MigratedPostgres.start();
    database = Database.open(postgres.owner(), Database.Sizes.DEFAULT);
    node = throttle();
    otherNode = throttle();
  }

  @AfterAll
  void close() {
    database.close();
    postgres.close();
  }

  private LoginThrottle throttle() {
    var scope = new PlatformScope(database.platform());
    return new LoginThrottle(new LoginAttempts(scope), scope, clock);
  }

  @Test
  void afterAFewTriesEachFurtherOneWaitsTwiceAsLong() {
    fail("doubling", FREE);

    List<Duration> waits = new ArrayList<>();
    for (int more = 0; more < 12; more++) {
      Duration wait = node.admit("doubling", source());
      waits.add(wait);
      clock.pass(wait);
      assertThat(node.admit("doubling", source())).isZero();
    }

    assertThat(waits.subList(0, 4))
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8));
    assertThat(waits.getLast()).isEqualTo(LoginThrottle.LOGIN.longest());
  }

  @Test
  void anotherNodeGivesNoMoreTries() {
    fail("several nodes", FREE);

    assertThat(otherNode.admit("several nodes", source())).isPositive();
  }

  @Test
  void tryingWhileOneHasToWaitDoesNotLengthenTheWait() {
    fail("impatient", FREE);
    for (int more = 0; more < 20; more++) {
      assertThat(node.admit("impatient", source())).isEqualTo(Duration.ofSeconds(1));
    }

    clock.pass(Duration.ofSeconds(1));

    assertThat(node.admit("impatient", source())).isZero();
  }

  @Test
  void manyTriesAtOnceAreNoMoreThanOneAfterAnother() throws Exception {
    List<Callable<Duration>> tries = new ArrayList<>();
    for (int each = 0; each < 40; each++) {
      tries.add(() -> node.admit("at once", source()));
    }

    long admitted = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<Duration> wait : pool.invokeAll(tries)) {
        admitted += wait.get().isZero() ? 1 : 0;
      }
    }

    assertThat(admitted).isEqualTo(FREE);
  }

  @Test
  void anAddressThatTriesManyLoginsWaitsToo() {
    String one = source();
    for (int login = 0; login < LoginThrottle.SOURCE.free(); login++) {
      assertThat(node.admit("sprayed-" + login, one)).isZero();
    }

    assertThat(node.admit("sprayed-last", one)).isPositive();
    assertThat(node.admit("sprayed-last", source())).as("from elsewhere").isZero();
  }

  @Test
  void whoeverKnowsThePasswordIsForgiven() {
    fail("forgetful", FREE - 1);
    assertThat(node.admit("forgetful", source())).isZero();

    node.succeeded("forgetful", source());

    fail("forgetful", FREE);
  }

  @Test
  void ownSuccessesDoNotBuyAnAddressMoreTries() {
    String one = source();
    for (int login = 0; login < LoginThrottle.SOURCE.free(); login++) {
      assertThat(node.admit("victim-" + login, one)).isZero();
    }

    Duration before = node.admit("own", one);
    clock.pass(before);
    assertThat(node.admit("own", one)).isZero();
    node.succeeded("own", one);
    assertThat(node.admit("victim-next", one)).isZero();

    assertThat(node.admit("victim-after", one)).isGreaterThan(before);
  }

  @Test
  void aQuietHourMakesNew() {
    fail("quiet", FREE);
    assertThat(node.admit("quiet", source())).isPositive();

    clock.pass(Duration.ofMinutes(61));
    node.dropQuiet();

    fail("quiet", FREE);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:",
    "2001:db8:1:2:ffff::1, 2001:db8:1:2:",
    "2001:db8::1, 2001:db8:0:0:",
    "::1, 0:0:0:0:",
    "::ffff:203.0.113.9, ::ffff:203.0.113.9",
    "unknown, unknown"
  })
  void anIpv6NetworkCountsAsOne(String address, String network) {
    assertThat(LoginThrottle.network(address)).isEqualTo(network);
  }

  private void fail(String login, int times) {
    for (int time = 0; time < times; time++) {
      assertThat(node.admit(login, source())).as("try %d of %s", time, login).isZero();
    }
  }

  private int sources;

  private synchronized String source() {
    sources++;
    return "10." + (sources >> 16) + "." + (sources >> 8 & 255) + "." + (sources & 255);
  }
}
