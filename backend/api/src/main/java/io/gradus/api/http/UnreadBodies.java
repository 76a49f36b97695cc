package io.gradus.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Gives a request whose body could not be read the answer that was meant for it.
///
/// Where reading fails, the server takes no answer from whoever read, and goes to its own error
/// page instead: the console's, which would send a program to log in. This stands before that page,
/// for dispatches of errors only.
public final class UnreadBodies extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpAnswer refusal = ServletRequests.refusal(request);
    if (refusal == null) {
      chain.doFilter(request, response);
    } else {
      ServletRequests.send(response, refusal);
    }
  }
}
