package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.integrations.egress.Authorities;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.egress.EgressUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The Kubernetes API of EKS clusters. Who asks proves that it is the tenant's AWS connection: by a
/// request to STS that it signed for the cluster and that the cluster sends in its place.
final class Kubernetes {
  static final int MAX_ANSWER = 6 * 1024 * 1024;
  static final int NOT_FOUND = 404;

  private static final Duration ROLE = Duration.ofSeconds(10);
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final int REDIRECT = 300;
  private static final int SUCCESS = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final AwsCalls calls;
  private final EgressClient egress;

  /// @param egress held to the policy for what tenants configure: an author writes the endpoint
  Kubernetes(AwsCalls calls, EgressClient egress) {
    this.calls = calls;
    this.egress = egress;
  }

  /// A cluster, and who it is asked for.
  ///
  /// @param role assumed for it; null for the connection's own
  record Cluster(
      TenantId tenant, @Nullable String role, String name, URI endpoint, String authority) {
    /// As a task's arguments name it.
    ///
    /// @param authority as EKS gives it: a certificate in PEM, in Base64
    /// @throws IllegalArgumentException with a sentence for the user
    static Cluster of(
        TenantId tenant, @Nullable String role, String name, String endpoint, String authority) {
      URI uri = EgressUri.parse(endpoint);
      if (!"https".equalsIgnoreCase(uri.getScheme())) {
        throw new IllegalArgumentException(
            "The value for the field 'Endpoint' must begin with https://");
      }
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "The value for the field 'Endpoint' must end in its path");
      }
      try {
        String pem =
            authority.contains("-----BEGIN")
                ? authority
                : new String(Base64.getMimeDecoder().decode(authority), StandardCharsets.US_ASCII);
        Authorities.check(pem);
        return new Cluster(tenant, role, name, uri, pem);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "The value for the field 'CertificateAuthority' must be the certificate of the"
                + " cluster's authority in Base64, as EKS gives it");
      }
    }
  }

  /// A call of the API.
  ///
  /// @param path from `/` on
  /// @param body null for none
  record Asked(
      String method, String path, Map<String, List<String>> query, @Nullable JsonNode body) {
    /// @throws IllegalArgumentException with a sentence for the user
    Asked {
      if (!METHODS.contains(method)) {
        throw new IllegalArgumentException(
            "The value for the field 'Method' must be one of DELETE, GET, HEAD, OPTIONS, PATCH,"
                + " POST, PUT");
      }
      if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
        throw new IllegalArgumentException(
            "The value for the field 'Path' must begin with / and have no query");
      }
      query = Collections.unmodifiableMap(new LinkedHashMap<>(query)); // in the order given
    }

    static Asked get(String path, Map<String, List<String>> query) {
      return new Asked("GET", path, query, null);
    }
  }

  /// What came of it.
  sealed interface Said {
    /// @param body the answer's text
    record Answered(int status, String reason, String body) implements Said {
      boolean isGood() {
        return status >= SUCCESS && status < REDIRECT;
      }

      /// Whether the same may be answered later.
      boolean isPassing() {
        return status == TOO_MANY || status >= SERVER_ERROR;
      }

      /// As Step Functions shows it.
      ObjectNode json() {
        ObjectNode json = PayloadJson.MAPPER.createObjectNode();
        json.set("ResponseBody", parsed(body));
        return json.put("StatusCode", status).put("StatusText", reason);
      }
    }

    record Unreached(EgressFailure.Kind kind, String problem) implements Said {}

    /// There is nothing to prove oneself by.
    record Unproved(String problem) implements Said {}
  }

  /// What is JSON, or else the text that it is.
  static JsonNode parsed(String text) {
    try {
      JsonNode json = PayloadJson.MAPPER.readTree(text);
      return json.isMissingNode() ? StringNode.valueOf(text) : json;
    } catch (JacksonException _) {
      return StringNode.valueOf(text);
    }
  }

  /// Blocks until it is answered; meant for virtual threads.
  Said ask(Cluster cluster, Asked asked, Duration timeout, Call call) {
    String token;
    try {
      AwsCalls.Signing signing = calls.signing(cluster.tenant(), cluster.role(), ROLE).orElse(null);
      if (signing == null) {
        return new Said.Unproved("This tenant has no AWS connection");
      }
      if (signing.keys() == null) {
        return new Said.Unproved("The AWS connection has no keys to ask the cluster by");
      }
      token = ClusterToken.of(signing.connection(), signing.keys(), cluster.name());
    } catch (SdkException e) {
      return new Said.Unproved("The role of this call could not be assumed: " + e.getMessage());
    }
    try {
      EgressAnswer answer =
          egress.send(request(cluster, asked, token, timeout), call, cluster.authority());
      return new Said.Answered(
          answer.status(), answer.reason(), new String(answer.body(), StandardCharsets.UTF_8));
    } catch (EgressFailure failure) {
      return new Said.Unreached(failure.kind(), failure.problem());
    }
  }

  private static EgressRequest request(
      Cluster cluster, Asked asked, String token, Duration timeout) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Authorization", "Bearer " + token));
    fields.add(new Field("Accept", "application/json, */*"));
    JsonNode body = asked.body();
    byte[] bytes = null;
    if (body != null) {
      bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      fields.add(
          new Field(
              "Content-Type",
              !asked.method().equals("PATCH")
                  ? "application/json"
                  : body.isArray()
                      ? "application/json-patch+json"
                      : "application/merge-patch+json"));
    }
    return new EgressRequest(
        asked.method(),
        uri(cluster.endpoint(), asked),
        fields,
        bytes,
        timeout,
        MAX_ANSWER,
        SAFE.contains(asked.method()));
  }

  private static URI uri(URI endpoint, Asked asked) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    asked
        .query()
        .forEach(
            (name, values) ->
                values.forEach(value -> query.add(encoded(name) + "=" + encoded(value))));
    try {
      String base = endpoint.toString().replaceFirst("/+$", "");
      return URI.create(base + new URI(null, null, asked.path(), null).getRawPath() + query);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a path, found " + asked.path(), e);
    }
  }

  /// A name as a part of a path.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
