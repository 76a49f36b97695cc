package io.gradus.api.management;

import io.gradus.api.http.HttpAnswer;
import io.gradus.api.http.RequestRoom;
import io.gradus.api.http.ServletRequests;
import io.gradus.api.json.BadRequest;
import io.gradus.api.sigv4.SignatureVerifier;
import io.gradus.api.sigv4.SignedRequest;
import io.gradus.api.sigv4.Verification.Accepted;
import io.gradus.api.sigv4.Verification.Refused;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves `/api/v1`: to whoever signs a request, and to whoever is signed in to the console.
///
/// It stands behind the session's own filters, whose principal it asks for.
public final class ManagementFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ManagementFilter.class);
  private static final String PREFIX = "/api/v1";
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final transient ManagementEndpoint endpoint;
  private final transient SignatureVerifier verifier;
  private final transient SessionCallers sessions;
  private final transient RequestRoom room;

  /// Hands calls to this endpoint, as many as there is room for.
  public ManagementFilter(
      ManagementEndpoint endpoint,
      SignatureVerifier verifier,
      SessionCallers sessions,
      RequestRoom room) {
    this.endpoint = endpoint;
    this.verifier = verifier;
    this.sessions = sessions;
    this.room = room;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getRequestURI().startsWith(PREFIX + "/")) {
      ServletRequests.send(request, response, answer(request));
    } else {
      chain.doFilter(request, response);
    }
  }

  private HttpAnswer answer(HttpServletRequest request) throws IOException {
    String path = request.getRequestURI().substring(PREFIX.length());
    if (path.equals("/openapi.json") && request.getMethod().equals("GET")) {
      return endpoint.openApi();
    }
    try (RequestRoom.Place place = room.place()) {
      return answer(request, path, ServletRequests.read(request, place));
    } catch (BadRequest e) {
      return ManagementEndpoint.refused(e);
    } catch (RuntimeException | Error e) {
      // As when the database cannot be asked who it is.
      LOG.atError()
          .addKeyValue("path", path)
          .setCause(e)
          .log("A caller could not be told; it was asked to try again");
      return ManagementEndpoint.unavailable();
    }
  }

  private HttpAnswer answer(HttpServletRequest request, String path, SignedRequest read) {
    boolean signed = request.getHeader("Authorization") != null;
    if (!signed && !isSameSite(request)) {
      return ManagementEndpoint.error(
          FORBIDDEN, "AccessDeniedException", "A session's calls must come from the console");
    }
    if (endpoint.isAboveTenants(path)) {
      return aboveTenants(request, read, path, signed);
    }
    return signed ? ofKey(request, read, path) : ofSession(request, read, path);
  }

  private HttpAnswer ofKey(HttpServletRequest request, SignedRequest read, String path) {
    return switch (verifier.verify(read)) {
      case Refused refused -> refused(refused);
      case Accepted accepted ->
          endpoint.answer(
              accepted.key().caller().from(request.getRemoteAddr()),
              request.getMethod(),
              path,
              read.body());
    };
  }

  private HttpAnswer ofSession(HttpServletRequest request, SignedRequest read, String path) {
    try {
      return sessions
          .find(request)
          .map(
              caller ->
                  endpoint.answer(
                      caller.from(request.getRemoteAddr()), request.getMethod(), path, read.body()))
          .orElseGet(ManagementFilter::nobody);
    } catch (Refusal refusal) {
      boolean denied = refusal.code() == ErrorCode.ACCESS_DENIED;
      return ManagementEndpoint.error(
          denied ? FORBIDDEN : BAD_REQUEST, refusal.code().wireName(), refusal.message());
    }
  }

  private HttpAnswer aboveTenants(
      HttpServletRequest request, SignedRequest read, String path, boolean signed) {
    if (signed) {
      return switch (verifier.verify(read)) {
        case Refused refused -> refused(refused);
        case Accepted _ ->
            ManagementEndpoint.error(
                FORBIDDEN,
                "AccessDeniedException",
                "A key speaks for one tenant: this call takes the session of a platform operator");
      };
    }
    return sessions
        .person(request)
        .map(
            person ->
                endpoint.answer(
                    person.from(request.getRemoteAddr()), request.getMethod(), path, read.body()))
        .orElseGet(ManagementFilter::nobody);
  }

  private static HttpAnswer refused(Refused refused) {
    return ManagementEndpoint.error(FORBIDDEN, refused.reason().wireName(), refused.message());
  }

  private static HttpAnswer nobody() {
    return ManagementEndpoint.error(
        UNAUTHORIZED, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  /// A cookie comes along with whatever another site makes a browser send. What changes something
  /// must therefore be a request that a browser asks leave for before it crosses sites.
  private static boolean isSameSite(HttpServletRequest request) {
    if (request.getMethod().equals("GET")) {
      return true;
    }
    String type = request.getContentType();
    String site = request.getHeader("Sec-Fetch-Site");
    return type != null
        && type.startsWith("application/json")
        && (site == null || site.equals("same-origin"));
  }
}
