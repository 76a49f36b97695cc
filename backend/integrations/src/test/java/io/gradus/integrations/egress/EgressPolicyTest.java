package io.gradus.integrations.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {
  private static final EgressPolicy PUBLIC_ONLY = EgressPolicy.parse("", Set.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "52.94.236.248",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:830::200e",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1"
      })
  void publicAddressesArePermitted(String address) {
    assertThat(PUBLIC_ONLY.permits(InetAddress.ofLiteral(address), 443)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:53aa:64c:0:0:5601:5601",
        "2001:db8::1",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:192.168.0.1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "100::1",
        "5f00::1"
      })
  void otherAddressesAreRefused(String address) {
    assertThat(PUBLIC_ONLY.permits(InetAddress.ofLiteral(address), 80)).isFalse();
  }

  @Test
  void aMappedAddressThatJavaDidNotUnwrapIsJudgedByWhatItMeans() throws UnknownHostException {
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff0a000001");

    assertThat(WrappedAddress.unwrap(mapped))
        .isEqualTo(InetAddress.ofLiteral("10.0.0.1").getAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.9.9.9, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "'10.1.0.0/16 , fd00::/8', 10.1.255.1, true",
    "'10.1.0.0/16 , fd00::/8', 10.2.0.1, false",
    "'10.1.0.0/16 , fd00::/8', fd12::1, true",
    "10.0.0.0/8, 64:ff9b::10.0.0.1, true",
    "0.0.0.0/0, 169.254.169.254, true",
    "::/0, 127.0.0.1, false",
    "172.16.5.77/12, 172.31.0.1, true"
  })
  void whatTheOperatorAllowsIsPermittedBesides(String allow, String address, boolean permitted) {
    EgressPolicy policy = EgressPolicy.parse(allow, Set.of());

    assertThat(policy.permits(InetAddress.ofLiteral(address), 80)).isEqualTo(permitted);
  }

  @Test
  void ownPortsAreRefusedOnThisMachineThoughItsAddressesAreAllowed() {
    EgressPolicy policy = EgressPolicy.parse("0.0.0.0/0,::/0", Set.of(5432));

    assertThat(policy.permits(InetAddress.ofLiteral("127.0.0.1"), 5432)).isFalse();
    assertThat(policy.permits(InetAddress.ofLiteral("127.7.7.7"), 5432)).isFalse();
    assertThat(policy.permits(InetAddress.ofLiteral("0.0.0.0"), 5432)).isFalse();
    assertThat(policy.permits(InetAddress.ofLiteral("::1"), 5432)).isFalse();
    assertThat(policy.permits(InetAddress.ofLiteral("127.0.0.1"), 9000)).isTrue();
    assertThat(policy.permits(InetAddress.ofLiteral("8.8.8.8"), 5432)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "2130706433",
        "0x7f.0.0.1",
        "300.1.1.1/8",
        "localhost",
        "fd00::/129",
        "fd00::1::/8",
        "10.0.0.0/8;127.0.0.1",
        "10.0.0.0/"
      })
  void whatIsNoRangeIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> EgressPolicy.parse(text, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
