package io.gradus.integrations.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves a name once and gives the transport only the addresses that the policy permits. The
/// transport connects to those and asks nobody again, so a name cannot mean one address when it is
/// checked and another when it is used.
final class CheckedResolver implements DnsResolver {
  /// Each may cost a connect timeout.
  private static final int MAX_ADDRESSES = 4;

  private final DnsResolver names;
  private final EgressPolicy policy;

  CheckedResolver(DnsResolver names, EgressPolicy policy) {
    this.names = names;
    this.policy = policy;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    List<InetSocketAddress> permitted =
        Arrays.stream(addresses)
            .filter(address -> policy.permits(address, port))
            .limit(MAX_ADDRESSES)
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    if (permitted.isEmpty()) {
      throw new Refused();
    }
    return permitted;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    throw new UnsupportedOperationException("expected to be asked with a port, for " + host);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /// The policy permits none of a host's addresses.
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("refused");
    }
  }
}
