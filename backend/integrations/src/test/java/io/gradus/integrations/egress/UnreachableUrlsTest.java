package io.gradus.integrations.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tries everything that server-side request forgery is known to try, against a listener on every
/// address of this machine.
@Timeout(60)
class UnreachableUrlsTest {
  private static final EgressPolicy PUBLIC_ONLY = EgressPolicy.parse("", Set.of());

  @Test
  void noneOfTheKnownWaysInsideMakesAConnection() throws IOException {
    List<String> urls = corpus();
    assertThat(urls).hasSizeGreaterThanOrEqualTo(150);
    try (Peer inside = Peer.everywhere((_, _) -> false);
        EgressClient client = EgressClient.heldTo(PUBLIC_ONLY, new LenientNames())) {
      var reached = new ArrayList<String>();
      for (String url : urls) {
        String attempt = attempt(client, url.replace("{port}", Integer.toString(inside.port())));
        if (!attempt.isEmpty()) {
          reached.add(url + " -> " + attempt);
        }
      }

      assertThat(reached).isEmpty();
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void theListenerWouldHaveSeenThem() throws Exception {
    try (Peer inside = Peer.everywhere((_, _) -> false);
        EgressClient client =
            EgressClient.heldTo(
                EgressPolicy.parse("127.0.0.0/8,::1", Set.of()), new LenientNames())) {
      for (String host : List.of("127.0.0.1", "2130706433", "[::1]", "loopback.test")) {
        attempt(client, "http://" + host + ":" + inside.port() + "/");
      }

      assertThat(inside.connections()).isEqualTo(4);
    }
  }

  @Test
  void noAddressOfThisMachineIsReached() throws Exception {
    try (Peer inside = Peer.everywhere((_, _) -> false);
        EgressClient client =
            EgressClient.heldTo(
                new EgressPolicy(
                    List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")), Set.of(inside.port())),
                new LenientNames())) {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(card.getInetAddresses())) {
          String host =
              address instanceof Inet4Address
                  ? address.getHostAddress()
                  : "[" + address.getHostAddress().replace("%", "%25") + "]";
          assertThat(attempt(client, "http://" + host + ":" + inside.port() + "/")).isEmpty();
        }
      }

      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void aNameIsResolvedOnceAndWhatWasCheckedIsWhatIsConnectedTo() throws Exception {
    var asked = new AtomicInteger();
    DnsResolver rebinding =
        new Names(
            _ -> new String[] {asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254"});
    try (Peer allowed = Peer.answering(200, "ok");
        EgressClient client =
            EgressClient.heldTo(EgressPolicy.parse("127.0.0.1", Set.of()), rebinding)) {
      String url = "http://rebinding.test:" + allowed.port() + "/";

      assertThat(client.send(request(URI.create(url)), new Call()).status()).isEqualTo(200);

      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void ofANamesAddressesOnlyThePermittedAreTried() throws Exception {
    DnsResolver mixed = new Names(_ -> new String[] {"127.0.0.2", "127.0.0.1", "127.0.0.3"});
    try (Peer inside =
            Peer.everywhere(
                (_, out) -> {
                  out.write(Peer.http(200, "ok"));
                  return true;
                });
        EgressClient client =
            EgressClient.heldTo(EgressPolicy.parse("127.0.0.1", Set.of()), mixed)) {
      client.send(request(URI.create("http://mixed.test:" + inside.port() + "/")), new Call());

      assertThat(inside.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRedirectLeadsNowhere() throws Exception {
    try (Peer inside = Peer.everywhere((_, _) -> false);
        Peer door = Peer.answering(307, "", "Location: http://localhost:" + inside.port() + "/");
        EgressClient client =
            EgressClient.heldTo(EgressPolicy.parse("127.0.0.0/8", Set.of()), new LenientNames())) {
      assertThat(client.send(request(door.uri("/")), new Call()).status()).isEqualTo(307);

      assertThat(inside.connections()).isZero();
    }
  }

  /// Empty if the URL was refused before any connection.
  private static String attempt(EgressClient client, String url) {
    try {
      return "answered " + client.send(request(EgressUri.parse(url)), new Call()).status();
    } catch (IllegalArgumentException _) {
      return "";
    } catch (EgressFailure failure) {
      return failure.kind() == Kind.REFUSED ? "" : failure.kind().toString();
    }
  }

  private static EgressRequest request(URI uri) {
    return new EgressRequest("GET", uri, List.of(), Duration.ofSeconds(2), 1_000, false);
  }

  private static List<String> corpus() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            UnreachableUrlsTest.class.getResourceAsStream("unreachable-urls.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  /// Names that a test gives addresses to.
  private record Names(java.util.function.Function<String, String[]> addresses)
      implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return Arrays.stream(addresses.apply(host))
          .map(InetAddress::ofLiteral)
          .toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /// The most obliging resolver there could be: reads octal, hexadecimal and short addresses as
  /// some C libraries do, and knows names that lead inside.
  private static final class LenientNames implements DnsResolver {
    private static final Map<String, List<String>> KNOWN =
        Map.ofEntries(
            Map.entry("localhost", List.of("127.0.0.1", "::1")),
            Map.entry("ip6-localhost", List.of("::1")),
            Map.entry("metadata.test", List.of("169.254.169.254")),
            Map.entry("metadata.google.internal.test", List.of("169.254.169.254")),
            Map.entry("instance-data.test", List.of("169.254.169.254", "fd00:ec2::254")),
            Map.entry("loopback.test", List.of("127.0.0.1")),
            Map.entry("loopback6.test", List.of("::1")),
            Map.entry("mapped.test", List.of("::ffff:127.0.0.1")),
            Map.entry("private.test", List.of("10.1.2.3")),
            Map.entry("unspecified.test", List.of("0.0.0.0", "::")),
            Map.entry("ula.test", List.of("fd00::1")),
            Map.entry("linklocal.test", List.of("fe80::1")),
            Map.entry("nat64.test", List.of("64:ff9b::7f00:1")),
            Map.entry("sixtofour.test", List.of("2002:7f00:1::")),
            Map.entry("teredo.test", List.of("2001:0:0:0:0:0:80ff:fffe")),
            Map.entry("cgnat.test", List.of("100.64.1.1")),
            Map.entry("private-twice.test", List.of("192.168.0.1", "127.0.0.1")),
            Map.entry("127.0.0.1.nip.test", List.of("127.0.0.1")),
            Map.entry("169-254-169-254.sslip.test", List.of("169.254.169.254")),
            Map.entry("app.10.0.0.1.xip.test", List.of("10.0.0.1")));

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      String name = host.toLowerCase(Locale.ROOT);
      if (name.endsWith(".")) {
        name = name.substring(0, name.length() - 1);
      }
      List<String> known = KNOWN.get(name);
      if (known != null) {
        return known.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
      }
      String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
      return Stream.of(bare)
          .map(text -> text.contains(":") ? InetAddress.ofLiteral(text) : posix(text))
          .toArray(InetAddress[]::new);
    }

    private static InetAddress posix(String text) {
      return Inet4Address.ofPosixLiteral(text);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
