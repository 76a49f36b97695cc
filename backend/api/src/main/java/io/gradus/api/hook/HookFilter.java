package io.gradus.api.hook;

import io.gradus.api.http.HttpAnswer;
import io.gradus.api.http.RequestRoom;
import io.gradus.api.http.ServletRequests;
import io.gradus.api.json.BadRequest;
import io.gradus.api.json.ResponseWriter;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.trigger.HookSecrets;
import io.gradus.service.trigger.Webhooks;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves `POST /hooks/<account>/<id>`.
public final class HookFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(HookFilter.class);
  private static final String PREFIX = "/hooks/";
  private static final String JSON = "application/json";
  private static final String BEARER = "bearer ";
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int MAX_HEADERS = 20;
  private static final int MAX_HEADER = 1_024;

  /// What an event tells of a request besides those that begin with `x-`.
  private static final Set<String> TOLD = Set.of("content-type", "user-agent", "idempotency-key");

  /// What proves a request is no part of its event, nor is what proxies add.
  private static final Set<String> UNTOLD =
      Set.of(
          "x-gradus-key",
          "x-gradus-signature",
          "x-hub-signature",
          "x-hub-signature-256",
          "x-real-ip",
          "x-csrf-token");

  private final transient Webhooks webhooks;
  private final transient RequestRoom room;

  /// Hands requests on, as many as there is room for.
  public HookFilter(Webhooks webhooks, RequestRoom room) {
    this.webhooks = webhooks;
    this.room = room;
  }

  private record Answer(String executionArn) {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getRequestURI().startsWith(PREFIX)) {
      chain.doFilter(request, response);
      return;
    }
    HttpAnswer answer = answer(request);
    if (answer.status() == TOO_MANY) {
      response.setHeader("Retry-After", "1");
    }
    ServletRequests.send(request, response, answer);
  }

  private HttpAnswer answer(HttpServletRequest request) throws IOException {
    if (!request.getMethod().equals("POST")) {
      return error(METHOD_NOT_ALLOWED, "MethodNotAllowed", "A webhook takes POST");
    }
    try (RequestRoom.Place place = room.place()) {
      byte[] body = ServletRequests.body(request, place, Webhooks.MAX_BODY);
      String arn = webhooks.receive(delivery(request, body));
      return new HttpAnswer(
          ACCEPTED, JSON, ResponseWriter.write(new Answer(arn), ResponseWriter.Times.ISO_8601));
    } catch (BadRequest e) {
      int status = e.kind() == BadRequest.Kind.THROTTLING ? TOO_MANY : e.kind().status();
      return error(status, e.kind().wireName(), e.message());
    } catch (Refusal refusal) {
      return error(status(refusal.code()), refusal.code().wireName(), refusal.message());
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .setCause(e)
          .log("A webhook failed by a fault of ours; its sender was told to try again");
      return error(
          UNAVAILABLE,
          ErrorCode.SERVICE_UNAVAILABLE.wireName(),
          "The service is temporarily unavailable. Please try again.");
    }
  }

  private static Webhooks.Delivery delivery(HttpServletRequest request, byte[] body) {
    String[] path = request.getRequestURI().substring(PREFIX.length()).split("/", -1);
    boolean whole = path.length == 2;
    return new Webhooks.Delivery(
        whole ? path[0] : "",
        whole ? path[1] : "",
        new HookSecrets.Shown(
            key(request),
            request.getHeader("X-Gradus-Signature"),
            request.getHeader("X-Hub-Signature-256"),
            request.getHeader("Idempotency-Key"),
            body),
        request.getHeader("X-GitHub-Delivery"),
        told(request),
        request.getRemoteAddr());
  }

  private static @Nullable String key(HttpServletRequest request) {
    String key = request.getHeader("X-Gradus-Key");
    if (key != null) {
      return key;
    }
    String authorization = request.getHeader("Authorization");
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : null;
  }

  private static Map<String, String> told(HttpServletRequest request) {
    Map<String, String> told = new LinkedHashMap<>();
    for (String header : Collections.list(request.getHeaderNames())) {
      String name = header.toLowerCase(Locale.ROOT);
      String value = request.getHeader(header);
      boolean wanted =
          TOLD.contains(name)
              || (name.startsWith("x-")
                  && !name.startsWith("x-forwarded-")
                  && !UNTOLD.contains(name));
      if (wanted && value.length() <= MAX_HEADER && told.size() < MAX_HEADERS) {
        told.put(name, value);
      }
    }
    return told;
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case ACCESS_DENIED -> FORBIDDEN;
      case CONFLICT, STATE_MACHINE_DELETING, STATE_MACHINE_DOES_NOT_EXIST -> CONFLICT;
      case THROTTLING, EXECUTION_LIMIT_EXCEEDED -> TOO_MANY;
      case SERVICE_UNAVAILABLE -> UNAVAILABLE;
      default -> BAD_REQUEST;
    };
  }

  private static HttpAnswer error(int status, String type, String message) {
    return new HttpAnswer(status, JSON, ResponseWriter.error(type, message));
  }
}
