package io.gradus.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// Whose address a request has, by who sent it and what it says of itself.
class ClientAddressTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        // trusted, peer, header, whose it is
        "-, 203.0.113.9, 198.51.100.7, 203.0.113.9",
        "-, 127.0.0.1, 198.51.100.7, 127.0.0.1",
        "10.0.0.0/8, 203.0.113.9, 198.51.100.7, 203.0.113.9",
        "10.0.0.0/8, 10.1.2.3, , 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, 198.51.100.7, 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, |6.6.6.6, 198.51.100.7|, 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, |6.6.6.6, 198.51.100.7, 10.9.9.9|, 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, |10.0.0.1, 10.0.0.2|, 10.0.0.1",
        "10.0.0.0/8, 10.1.2.3, |198.51.100.7:4711|, 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, |[2001:db8::7]:4711|, 2001:db8::7",
        "10.0.0.0/8, 10.1.2.3, 2001:db8::7, 2001:db8::7",
        "10.0.0.0/8, 10.1.2.3, |198.51.100.7, evil.example.org|, 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, |<script>|, 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, |999.999.999.999|, 999.999.999.999",
        "::1, 0:0:0:0:0:0:0:1, 198.51.100.7, 198.51.100.7"
      })
  void isTheLastThatNoTrustedProxyHas(
      String trusted, String peer, @Nullable String header, String expected) throws Exception {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(peer);
    if (header != null) {
      request.addHeader("X-Forwarded-For", header);
    }

    assertThat(seen(trusted, request).getRemoteAddr()).isEqualTo(expected);
  }

  @Test
  void onlyATrustedProxySaysThatItWasHttps() throws Exception {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr("10.1.2.3");
    request.addHeader("X-Forwarded-Proto", "https");

    assertThat(seen("-", request).isSecure()).isFalse();
    assertThat(seen("10.0.0.0/8", request).isSecure()).isTrue();
  }

  @Test
  void aHeaderOfAnyLengthIsReadToItsLastTwentyHops() throws Exception {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr("10.1.2.3");
    request.addHeader("X-Forwarded-For", "6.6.6.6" + ", 10.0.0.1".repeat(5_000));

    assertThat(seen("10.0.0.0/8", request).getRemoteAddr()).isEqualTo("10.0.0.1");
  }

  @Test
  void whatIsNoNetworkStopsTheStart() {
    assertThatThrownBy(() -> new ClientAddress(List.of("10.0.0.0/99")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ServletRequest seen(String trusted, MockHttpServletRequest request)
      throws Exception {
    var chain = new MockFilterChain();
    new ClientAddress(trusted.equals("-") ? List.of() : List.of(trusted))
        .doFilter(request, new MockHttpServletResponse(), chain);
    return Objects.requireNonNull(chain.getRequest());
  }
}
