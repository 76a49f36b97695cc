package io.gradus.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/// Says where a request came from, which the audit log writes down and the login form counts by.
///
/// That is the other end of the connection. Only where a proxy that the operator named stands there
/// is it the last address in `X-Forwarded-For` that no such proxy has: everything before that one
/// was written by whoever sent the request.
final class ClientAddress extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /// More proxies than that do not stand in a row.
  private static final int MAX_HOPS = 20;

  /// IPv4 or IPv6, the latter in brackets where a port follows. Never a name: it would be looked
  /// up.
  private static final Pattern ADDRESS =
      Pattern.compile(
          "([0-9.]{7,15})(?::[0-9]{1,5})?|\\[?([0-9A-Fa-f:.]{2,45})(?:]:[0-9]{1,5}|])?");

  private final transient List<IpAddressMatcher> trusted;

  /// @param trusted addresses or networks of proxies
  ClientAddress(Collection<String> trusted) {
    this.trusted = trusted.stream().map(String::strip).map(IpAddressMatcher::new).toList();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(
        isTrusted(request.getRemoteAddr()) ? new Forwarded(request, client(request)) : request,
        response);
  }

  private String client(HttpServletRequest request) {
    List<String> hops = new ArrayList<>();
    for (String header : Collections.list(request.getHeaders(FORWARDED_FOR))) {
      hops.addAll(List.of(header.split(",", -1)));
    }
    String client = request.getRemoteAddr();
    for (String hop : hops.reversed().subList(0, Math.min(hops.size(), MAX_HOPS))) {
      Matcher address = ADDRESS.matcher(hop.strip());
      if (!address.matches()) {
        return client;
      }
      client = address.group(1) == null ? address.group(2) : address.group(1);
      if (!isTrusted(client)) {
        return client;
      }
    }
    return client;
  }

  private boolean isTrusted(String address) {
    try {
      return trusted.stream().anyMatch(proxy -> proxy.matches(address));
    } catch (IllegalArgumentException e) {
      return false; // It looked like an address and is none.
    }
  }

  private static final class Forwarded extends HttpServletRequestWrapper {
    private final String address;

    Forwarded(HttpServletRequest request, String address) {
      super(request);
      this.address = address;
    }

    @Override
    public String getRemoteAddr() {
      return address;
    }

    @Override
    public String getRemoteHost() {
      return address;
    }

    @Override
    public boolean isSecure() {
      return super.isSecure() || "https".equalsIgnoreCase(getHeader("X-Forwarded-Proto"));
    }
  }
}
