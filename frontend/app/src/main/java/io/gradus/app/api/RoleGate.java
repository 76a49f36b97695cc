package io.gradus.app.api;

import io.gradus.app.settings.ServerSettings.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// Refuses what this node has no role for, so that a client that was sent to the wrong node learns
/// it instead of being shown a page. Health and metrics are every node's.
final class RoleGate extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final EnumSet<Role> roles;

  RoleGate(Set<Role> roles) {
    this.roles = EnumSet.copyOf(roles);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    boolean everyNodes = path.equals("/actuator") || path.startsWith("/actuator/");
    Role wanted =
        request.getHeader("X-Amz-Target") != null
                || path.startsWith("/api/")
                || path.startsWith("/hooks/")
            ? Role.API
            : Role.CONSOLE;
    if (everyNodes || roles.contains(wanted)) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    response.setContentType("text/plain;charset=utf-8");
    response
        .getOutputStream()
        .write(
            (wanted == Role.API
                    ? "This node does not serve the API: GRADUS_ROLES leaves it out.\n"
                    : "This node does not serve the console: GRADUS_ROLES leaves it out.\n")
                .getBytes(StandardCharsets.UTF_8));
  }
}
