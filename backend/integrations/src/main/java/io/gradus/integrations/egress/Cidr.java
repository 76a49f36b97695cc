package io.gradus.integrations.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// A range of addresses, as `10.0.0.0/8`, `fd00::/8`, or one address alone.
public final class Cidr {
  private final byte[] network;
  private final int bits;

  private Cidr(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /// Reads a range, or one address.
  ///
  /// @throws IllegalArgumentException if the text is not a range of addresses
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash), text);
    int width = address.length * 8;
    int bits = slash < 0 ? width : prefix(text.substring(slash + 1), width, text);
    return new Cidr(masked(address, bits), bits);
  }

  /// Whether the address lies in the range.
  ///
  /// @param address 4 or 16 bytes, in network order
  boolean contains(byte[] address) {
    return address.length == network.length && Arrays.equals(masked(address, bits), network);
  }

  private static byte[] literal(String address, String whole) {
    // Only what can be no host name is given to the resolver, so nothing is looked up.
    boolean v6 = address.contains(":") && address.matches("[0-9a-fA-F:.]+");
    if (!v6 && !address.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
      throw notARange(whole);
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return v6 && bytes.length == 4 ? mapped(bytes) : bytes;
    } catch (UnknownHostException _) {
      throw notARange(whole);
    }
  }

  /// Java reads `::ffff:a.b.c.d` as the IPv4 address; a range of such must stay one of IPv6.
  private static byte[] mapped(byte[] v4) {
    byte[] v6 = new byte[16];
    v6[10] = (byte) 0xff;
    v6[11] = (byte) 0xff;
    System.arraycopy(v4, 0, v6, 12, 4);
    return v6;
  }

  private static int prefix(String text, int width, String whole) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > width) {
      throw notARange(whole);
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException notARange(String text) {
    return new IllegalArgumentException(
        "expected a range of addresses such as 10.0.0.0/8 or fd00::/8, found '" + text + "'");
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] result = address.clone();
    for (int i = 0; i < result.length; i++) {
      int kept = Math.clamp(bits - i * 8L, 0, 8);
      result[i] = (byte) (result[i] & (0xff << (8 - kept)));
    }
    return result;
  }
}
