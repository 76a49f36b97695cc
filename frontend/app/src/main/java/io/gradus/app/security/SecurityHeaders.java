package io.gradus.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// What every answer tells a browser not to do with it. Pages set a policy of their own, with a
/// nonce; whatever else a browser opens as a page may do nothing. Answers to AWS's SDKs go without:
/// no browser sends their header to another origin that does not allow it, and opens no page by it.
final class SecurityHeaders extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String YEAR = "max-age=31536000; includeSubDomains";

  /// Scripts may be workers, whose policy is their own answer's: they may load what is ours.
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
          + "frame-ancestors 'none'";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("x-amz-target") == null) {
      forBrowsers(response);
    }
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", YEAR);
    }
    chain.doFilter(request, response);
  }

  private static void forBrowsers(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader(
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()");
  }
}
