package io.gradus.integrations.http;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.http.Connection.Authorization.OAuthClient;
import io.gradus.integrations.http.FormEncoding.Pair;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Access tokens for OAuth clients, kept until shortly before they expire.
final class OAuthTokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration MARGIN = Duration.ofSeconds(30);
  private static final long DEFAULT_SECONDS = 300;
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int MAX_KEPT = 10_000;

  private record Token(String value, Instant until) {}

  private final EgressClient egress;
  private final Clock clock;
  // Keyed by all of the client, its secret included: a changed secret is another client.
  private final ConcurrentHashMap<OAuthClient, Token> kept = new ConcurrentHashMap<>();

  OAuthTokens(EgressClient egress, Clock clock) {
    this.egress = egress;
    this.clock = clock;
  }

  /// A token that is good for now.
  ///
  /// @param authorities trusted for where tokens are given; null for those that the machine trusts
  /// @throws HttpFault `Events.ConnectionResource.InvalidConnectionState` if none can be had
  String token(OAuthClient client, @Nullable String authorities, Call call) throws HttpFault {
    Token token = kept.get(client);
    if (token != null && clock.instant().isBefore(token.until())) {
      return token.value();
    }
    Token fetched = fetch(client, authorities, call);
    if (kept.size() >= MAX_KEPT) {
      kept.clear();
    }
    kept.put(client, fetched);
    return fetched.value();
  }

  /// Forgets a token that an API refused.
  void forget(OAuthClient client) {
    kept.remove(client);
  }

  private Token fetch(OAuthClient client, @Nullable String authorities, Call call)
      throws HttpFault {
    EgressAnswer answer;
    try {
      answer = egress.send(request(client), call, authorities);
    } catch (EgressFailure failure) {
      throw refused(failure.problem());
    }
    if (answer.status() < 200 || answer.status() > 299) {
      throw refused("HTTP status " + answer.status());
    }
    try {
      JsonNode json = PayloadJson.MAPPER.readTree(answer.body());
      JsonNode value = json.path("access_token");
      if (value.isString() && HttpParameters.isHeaderText(value.stringValue())) {
        long seconds = json.path("expires_in").asLong(DEFAULT_SECONDS);
        Instant until = clock.instant().plusSeconds(Math.clamp(seconds, 0, 86_400)).minus(MARGIN);
        return new Token(value.stringValue(), until);
      }
    } catch (JacksonException _) {
      // Falls through to the same refusal: there is no token in it.
    }
    throw refused("its answer has no access token");
  }

  private static HttpFault refused(String why) {
    return new HttpFault(
        "Events.ConnectionResource.InvalidConnectionState",
        "The connection could not be authorized: the token endpoint failed: " + why);
  }

  private static EgressRequest request(OAuthClient client) throws HttpFault {
    var form = new ArrayList<Pair>();
    form.add(new Pair("grant_type", "client_credentials"));
    form.add(new Pair("client_id", client.clientId()));
    form.add(new Pair("client_secret", client.clientSecret()));
    client.body().forEach(parameter -> form.add(new Pair(parameter.name(), parameter.value())));
    List<Pair> query = FormEncoding.decode(client.endpoint().getRawQuery());
    client.query().forEach(parameter -> query.add(new Pair(parameter.name(), parameter.value())));
    String method = client.method().toUpperCase(Locale.ROOT);
    boolean inQuery = method.equals("GET");
    if (inQuery) {
      query.addAll(form);
    }
    var headers = new ArrayList<Field>();
    headers.add(new Field("Content-Type", "application/x-www-form-urlencoded"));
    headers.add(new Field("Accept", "application/json"));
    client.headers().forEach(header -> headers.add(new Field(header.name(), header.value())));
    for (Field header : headers) {
      if (!HttpParameters.isToken(header.name()) || !HttpParameters.isHeaderText(header.value())) {
        throw refused("a header of the connection cannot be sent");
      }
    }
    String endpoint = client.endpoint().toString().split("[?#]", 2)[0];
    return new EgressRequest(
        method,
        URI.create(query.isEmpty() ? endpoint : endpoint + "?" + FormEncoding.encode(query)),
        headers,
        inQuery ? null : FormEncoding.encode(form).getBytes(StandardCharsets.US_ASCII),
        TIMEOUT,
        MAX_ANSWER,
        true);
  }
}
