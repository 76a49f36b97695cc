package io.gradus.integrations.egress;

import java.util.Arrays;

/// IPv6 addresses that lead to an IPv4 address.
///
/// | written | meant |
/// |---|---|
/// | `::ffff:a.b.c.d` (mapped), `::a.b.c.d` (compatible) | a.b.c.d |
/// | `64:ff9b::a.b.c.d` (NAT64) | a.b.c.d |
/// | `2002:aabb:ccdd::…` (6to4) | a.b.c.d |
/// | `2001:0:…` (Teredo) | its client, stored inverted |
/// | `…:0:5efe:a.b.c.d`, `…:200:5efe:a.b.c.d` (ISATAP) | a.b.c.d |
final class WrappedAddress {
  private static final Cidr MAPPED = Cidr.parse("::ffff:0:0/96");
  private static final Cidr COMPATIBLE = Cidr.parse("::/96");
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
  private static final Cidr TEREDO = Cidr.parse("2001::/32");

  private WrappedAddress() {}

  /// The IPv4 address within, or the address itself.
  static byte[] unwrap(byte[] address) {
    if (address.length != 16) {
      return address;
    }
    if (MAPPED.contains(address) || NAT64.contains(address) || isIsatap(address)) {
      return Arrays.copyOfRange(address, 12, 16);
    }
    if (COMPATIBLE.contains(address) && !isUnspecifiedOrLoopback(address)) {
      return Arrays.copyOfRange(address, 12, 16);
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Arrays.copyOfRange(address, 2, 6);
    }
    if (TEREDO.contains(address)) {
      byte[] client = Arrays.copyOfRange(address, 12, 16);
      for (int i = 0; i < client.length; i++) {
        client[i] = (byte) ~client[i];
      }
      return client;
    }
    return address;
  }

  private static boolean isIsatap(byte[] address) {
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static boolean isUnspecifiedOrLoopback(byte[] address) {
    for (int i = 0; i < 15; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[15] == 0 || address[15] == 1;
  }
}
