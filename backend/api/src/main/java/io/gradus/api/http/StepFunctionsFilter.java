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
  private final transient RequestRoom room;

  /// Hands requests to this endpoint, as many as there is room for.
  public StepFunctionsFilter(StepFunctionsEndpoint endpoint, RequestRoom room) {
    this.endpoint = endpoint;
    this.room = room;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isForUs(request)) {
      chain.doFilter(request, response);
      return;
    }
    ServletRequests.send(request, response, answer(request));
  }

  private static boolean isForUs(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && request.getRequestURI().equals("/")
        && request.getHeader("X-Amz-Target") != null;
  }

  private HttpAnswer answer(HttpServletRequest request) throws IOException {
    try (RequestRoom.Place place = room.place()) {
      SignedRequest signed = ServletRequests.read(request, place);
      return endpoint.answer(signed, request.getRemoteAddr());
    } catch (BadRequest e) {
      return StepFunctionsEndpoint.refused(e);
    }
  }
}
