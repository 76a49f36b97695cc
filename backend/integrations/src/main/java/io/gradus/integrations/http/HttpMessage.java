package io.gradus.integrations.http;

import io.gradus.engine.Payload;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.http.Connection.Parameter;
import io.gradus.integrations.http.FormEncoding.Pair;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The request of one HTTP Task, merged from the task and its connection; where both name the same
/// thing, the connection wins.
final class HttpMessage {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private HttpMessage() {}

  /// Merges, in the order of precedence.
  ///
  /// @param authorization header fields that prove who calls
  /// @param region of the calling execution
  static EgressRequest of(
      HttpParameters task,
      @Nullable Connection connection,
      List<Field> authorization,
      String region,
      String idempotencyKey,
      Duration timeout,
      int maxAnswerBytes)
      throws HttpFault {
    byte[] body = body(task, connection);
    Map<String, String> headers = task.headerCopy();
    if (body != null) {
      headers.putIfAbsent("Content-Type", "application/json; charset=UTF-8");
    }
    headers.put("User-Agent", "Gradus|StepFunctions|HttpInvoke|" + region);
    if (!SAFE.contains(task.method())) {
      headers.putIfAbsent("Idempotency-Key", idempotencyKey);
    }
    if (connection != null) {
      connection.headers().forEach(header -> headers.put(header.name(), header.value()));
    }
    authorization.forEach(field -> headers.put(field.name(), field.value()));
    return new EgressRequest(
        task.method(),
        uri(task, connection),
        fields(headers),
        body,
        timeout,
        maxAnswerBytes,
        REPEATABLE.contains(task.method()));
  }

  private static List<Field> fields(Map<String, String> headers) throws HttpFault {
    var fields = new ArrayList<Field>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!HttpParameters.isToken(header.getKey())
          || !HttpParameters.isHeaderText(header.getValue())) {
        throw HttpFault.runtime("The connection has a header that cannot be sent");
      }
      fields.add(new Field(header.getKey(), header.getValue()));
    }
    return fields;
  }

  private static URI uri(HttpParameters task, @Nullable Connection connection) throws HttpFault {
    URI endpoint = task.endpoint();
    List<Parameter> added = connection == null ? List.of() : connection.query();
    if (task.query() == null && added.isEmpty()) {
      return withQuery(endpoint, endpoint.getRawQuery());
    }
    List<Pair> pairs = new ArrayList<>();
    try {
      pairs.addAll(FormEncoding.decode(endpoint.getRawQuery()));
      pairs.addAll(query(task.query()));
    } catch (IllegalArgumentException _) {
      throw HttpFault.runtime("The query parameters are not a valid query");
    }
    for (Parameter parameter : added) {
      pairs.removeIf(pair -> pair.name().equals(parameter.name()));
      pairs.add(new Pair(parameter.name(), parameter.value()));
    }
    return withQuery(endpoint, FormEncoding.encode(pairs));
  }

  private static List<Pair> query(@Nullable JsonNode query) throws HttpFault {
    if (query == null) {
      return List.of();
    }
    if (query.isString()) {
      return FormEncoding.decode(query.stringValue());
    }
    var pairs = new ArrayList<Pair>();
    if (query.isArray()) {
      for (JsonNode item : query) {
        pairs.addAll(query(item));
      }
      return pairs;
    }
    if (!query.isObject()) {
      throw HttpFault.runtime("The value for the field 'QueryParameters' must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : query.properties()) {
      JsonNode value = entry.getValue();
      if (value.isArray()) {
        value.forEach(item -> pairs.add(new Pair(entry.getKey(), text(item))));
      } else {
        pairs.add(new Pair(entry.getKey(), text(value)));
      }
    }
    return pairs;
  }

  private static String text(JsonNode value) {
    return value.isContainer() ? value.toString() : value.asString();
  }

  /// Without the fragment, which is no part of a request.
  private static URI withQuery(URI endpoint, @Nullable String rawQuery) {
    String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
    return URI.create(
        endpoint.getScheme()
            + "://"
            + endpoint.getRawAuthority()
            + (path.isEmpty() ? "/" : path)
            + (rawQuery == null || rawQuery.isEmpty() ? "" : "?" + rawQuery));
  }

  private static byte @Nullable [] body(HttpParameters task, @Nullable Connection connection)
      throws HttpFault {
    JsonNode body = task.body();
    List<Parameter> added = connection == null ? List.of() : connection.body();
    if (!added.isEmpty()) {
      if (body != null && !body.isObject()) {
        throw HttpFault.runtime(
            "The request body cannot be merged with the body parameters of the connection because"
                + " it is not an object");
      }
      ObjectNode merged = JsonNodeFactory.instance.objectNode();
      if (body != null) {
        merged.setAll((ObjectNode) body);
      }
      added.forEach(parameter -> merged.put(parameter.name(), parameter.value()));
      body = merged;
    }
    if (body == null) {
      return null;
    }
    if (body.isString()) {
      return body.stringValue().getBytes(StandardCharsets.UTF_8);
    }
    FormEncoding.Arrays arrays = task.formArrays();
    if (arrays != null && body.isObject()) {
      return FormEncoding.encode(body, arrays).getBytes(StandardCharsets.US_ASCII);
    }
    return Payload.of(body).bytes();
  }
}
