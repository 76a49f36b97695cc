package io.gradus.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes logins from our own form only: another site could otherwise log a browser in as somebody
/// of its choice, and read what the person then writes there.
final class OwnLoginForm extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getMethod().equals("POST")
        && request.getServletPath().equals("/login")
        && !isOurs(request)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    chain.doFilter(request, response);
  }

  /// Programs send neither header; every browser of today sends one.
  private static boolean isOurs(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null
        ? isOurOrigin(request.getHeader("Origin"), request.getHeader("Host"))
        : site.equals("same-origin") || site.equals("none");
  }

  private static boolean isOurOrigin(@Nullable String origin, @Nullable String host) {
    return origin == null || (host != null && origin.replaceFirst("^https?://", "").equals(host));
  }
}
