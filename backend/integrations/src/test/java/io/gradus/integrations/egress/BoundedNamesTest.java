package io.gradus.integrations.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BoundedNamesTest {
  @Test
  void anAddressNeedsNoLookup() throws UnknownHostException {
    try (var names = new BoundedNames(new Silent(), 1, Duration.ofDays(1))) {
      assertThat(names.resolve("127.0.0.1")).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
      assertThat(names.resolve("[::1]".substring(1, 4)))
          .containsExactly(InetAddress.ofLiteral("::1"));
    }
  }

  @Test
  void aNameServerThatDoesNotAnswerIsWaitedForOnlySoLong() {
    try (var names = new BoundedNames(new Silent(), 1, Duration.ofMillis(50))) {
      assertThatThrownBy(() -> names.resolve("slow.test"))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage("slow.test");
    }
  }

  @Test
  void lookupsBeyondTheThreadsAreNotQueued() throws InterruptedException {
    var silent = new Silent();
    try (var names = new BoundedNames(silent, 1, Duration.ofDays(1))) {
      Thread.ofVirtual().start(() -> assertThatThrownBy(() -> names.resolve("slow.test")));
      assertThat(silent.asked.await(10, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> names.resolve("other.test"))
          .isInstanceOf(UnknownHostException.class);
    }
  }

  private static final class Silent implements DnsResolver {
    private final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
