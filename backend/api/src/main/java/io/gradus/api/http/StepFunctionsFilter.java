package io.gradus.api.http;

import io.gradus.api.json.BadRequest;
import io.gradus.api.sigv4.SignedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Takes what is for the Step Functions API out of the stream of requests; the rest goes on.
///
/// It stands before everything else, because the console owns every other path, and because a
/// signed request needs neither its session nor its CSRF token.
public final class StepFunctionsFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient StepFunctionsEndpoint endpoint;
  private final int maxBody;

  /// Hands requests to this endpoint.
  ///
  /// @param maxBody the longest that are read, in bytes
  public StepFunctionsFilter(StepFunctionsEndpoint endpoint, int maxBody) {
    this.endpoint = endpoint;
    this.maxBody = maxBody;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isForUs(request)) {
      chain.doFilter(request, response);
      return;
    }
    ServletRequests.send(response, answer(request));
  }

  private static boolean isForUs(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && request.getRequestURI().equals("/")
        && request.getHeader("X-Amz-Target") != null;
  }

  private HttpAnswer answer(HttpServletRequest request) throws IOException {
    SignedRequest signed;
    try {
      signed = ServletRequests.read(request, maxBody);
    } catch (BadRequest e) {
      return StepFunctionsEndpoint.refused(e);
    }
    return endpoint.answer(signed, request.getRemoteAddr());
  }
}
