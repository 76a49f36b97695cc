package io.gradus.integrations.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/// Looks names up on a few threads of its own and waits only so long. A lookup in Java holds the
/// thread that carries the virtual one; without this, a tenant whose name server does not answer
/// would soon hold them all.
final class BoundedNames implements DnsResolver, AutoCloseable {
  private static final int THREADS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DnsResolver names;
  private final Duration patience;
  private final ExecutorService threads;

  BoundedNames(DnsResolver names) {
    this(names, THREADS, PATIENCE);
  }

  BoundedNames(DnsResolver names, int threads, Duration patience) {
    this.names = names;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            0,
            threads,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("egress-names-", 0).factory());
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    try {
      return new InetAddress[] {InetAddress.ofLiteral(host)};
    } catch (IllegalArgumentException _) {
      return lookUp(host);
    }
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    Future<InetAddress[]> lookup;
    try {
      lookup = threads.submit(() -> names.resolve(host));
    } catch (RejectedExecutionException _) {
      throw new UnknownHostException(host);
    }
    try {
      return lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      lookup.cancel(true);
      throw new UnknownHostException(host);
    } catch (InterruptedException _) {
      lookup.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
