package io.gradus.integrations.egress;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Which addresses a call may reach that a tenant configured: public ones, and what the operator
/// allows besides. Private, loopback, link-local (where clouds keep their metadata), shared,
/// documentation, multicast and reserved ranges are refused, also where an IPv6 address wraps them.
/// The ports of this program itself are refused on this machine's addresses in any case: what is
/// behind them (the database, the management port) trusts its neighbourhood.
public final class EgressPolicy {
  private static final List<Cidr> NOT_PUBLIC_V4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32", // Azure's platform endpoint, though in a public range
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");
  private static final Cidr GLOBAL_V6 = Cidr.parse("2000::/3");
  private static final List<Cidr> NOT_PUBLIC_V6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20");

  private final List<Cidr> allowed;
  private final Set<Integer> ownPorts;

  /// A policy that allows these ranges besides public addresses.
  ///
  /// @param allowed what may be reached besides public addresses
  /// @param ownPorts the ports this program and its database listen on
  public EgressPolicy(List<Cidr> allowed, Set<Integer> ownPorts) {
    this.allowed = List.copyOf(allowed);
    this.ownPorts = Set.copyOf(ownPorts);
  }

  /// Reads the setting.
  ///
  /// @param allow ranges separated by commas (the setting `GRADUS_EGRESS_ALLOW`); may be empty
  /// @throws IllegalArgumentException if one of them is no range
  public static EgressPolicy parse(String allow, Set<Integer> ownPorts) {
    List<Cidr> ranges =
        Arrays.stream(allow.split(","))
            .map(String::strip)
            .filter(range -> !range.isEmpty())
            .map(Cidr::parse)
            .toList();
    return new EgressPolicy(ranges, ownPorts);
  }

  /// Whether a connection to this very address and port may be made.
  ///
  /// @param port as connected to, never -1
  public boolean permits(InetAddress address, int port) {
    if (ownPorts.contains(port) && isThisMachine(address)) {
      return false;
    }
    byte[] written = address.getAddress();
    byte[] meant = WrappedAddress.unwrap(written);
    return isAllowed(written) || isAllowed(meant) || isPublic(meant);
  }

  private boolean isAllowed(byte[] address) {
    return allowed.stream().anyMatch(range -> range.contains(address));
  }

  private static boolean isPublic(byte[] address) {
    return address.length == 4
        ? NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(address))
        : GLOBAL_V6.contains(address)
            && NOT_PUBLIC_V6.stream().noneMatch(range -> range.contains(address));
  }

  private static boolean isThisMachine(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return true;
    }
  }

  private static List<Cidr> ranges(String... texts) {
    return Arrays.stream(texts).map(Cidr::parse).toList();
  }
}
