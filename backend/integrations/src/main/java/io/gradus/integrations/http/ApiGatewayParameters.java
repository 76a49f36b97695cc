package io.gradus.integrations.http;

import io.gradus.integrations.egress.EgressUri;
import io.gradus.integrations.http.FormEncoding.Pair;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The parameters of `apigateway:invoke`, checked.
///
/// @param headers by name, in any case
/// @param body null where there is none
/// @param signed whether the request proves who calls
record ApiGatewayParameters(
    URI uri,
    String method,
    Map<String, List<String>> headers,
    @Nullable JsonNode body,
    boolean signed) {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");
  private static final Set<String> AUTH = Set.of("NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY");
  private static final Set<String> NAMES =
      Set.of(
          "ApiEndpoint",
          "Method",
          "Headers",
          "Stage",
          "Path",
          "QueryParameters",
          "RequestBody",
          "AllowNullValues",
          "AuthType");

  static ApiGatewayParameters parse(JsonNode json) throws HttpFault {
    if (!json.isObject()) {
      throw HttpFault.runtime("The parameters of apigateway:invoke must be an object");
    }
    for (String name : json.propertyNames()) {
      if (!NAMES.contains(name)) {
        throw HttpFault.runtime("The field '" + name + "' is not supported by Step Functions");
      }
    }
    String method = required(json, "Method").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw HttpFault.runtime("The value for the field 'Method' must be one of " + METHODS);
    }
    String auth = text(json, "AuthType", "NO_AUTH");
    if (!AUTH.contains(auth)) {
      throw HttpFault.runtime("The value for the field 'AuthType' must be one of " + AUTH);
    }
    JsonNode body = json.get("RequestBody");
    return new ApiGatewayParameters(
        uri(json),
        method,
        lists(json.get("Headers"), "Headers", true),
        body == null || body.isNull() ? null : body,
        auth.equals("IAM_ROLE"));
  }

  private static URI uri(JsonNode json) throws HttpFault {
    String endpoint = required(json, "ApiEndpoint");
    String stage = text(json, "Stage", "");
    String path = text(json, "Path", "");
    StringBuilder uri = new StringBuilder();
    // AWS takes a host alone; a scheme is for what stands in for it.
    uri.append(endpoint.matches("https?://.*") ? endpoint : "https://" + endpoint);
    if (uri.charAt(uri.length() - 1) == '/') {
      uri.setLength(uri.length() - 1);
    }
    if (!stage.isEmpty()) {
      uri.append('/').append(FormEncoding.percent(stage));
    }
    if (!path.isEmpty()) {
      uri.append(path.startsWith("/") ? "" : "/").append(path);
    } else if (stage.isEmpty()) {
      uri.append('/');
    }
    List<Pair> query = new ArrayList<>();
    lists(json.get("QueryParameters"), "QueryParameters", false)
        .forEach((name, values) -> values.forEach(value -> query.add(new Pair(name, value))));
    if (!query.isEmpty()) {
      uri.append('?').append(FormEncoding.encode(query));
    }
    try {
      return EgressUri.parse(uri.toString());
    } catch (IllegalArgumentException invalid) {
      throw HttpFault.runtime(
          "The value for the field 'ApiEndpoint' is not valid. " + invalid.getMessage());
    }
  }

  private static Map<String, List<String>> lists(
      @Nullable JsonNode node, String field, boolean headers) throws HttpFault {
    Map<String, List<String>> lists = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (node == null || node.isNull()) {
      return lists;
    }
    if (!node.isObject()) {
      throw HttpFault.runtime("The value for the field '" + field + "' must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = entry.getKey();
      if (headers && (!HttpParameters.isToken(name) || HttpParameters.isRefused(name))) {
        throw HttpFault.runtime("The header '" + name + "' is not allowed in an API Gateway Task");
      }
      List<String> values = new ArrayList<>();
      for (JsonNode value :
          entry.getValue().isArray() ? entry.getValue().values() : List.of(entry.getValue())) {
        String text = value.asString();
        if (value.isContainer() || (headers && !HttpParameters.isHeaderText(text))) {
          throw HttpFault.runtime(
              "The value for the field '" + field + "." + name + "' must be text, or a list of it");
        }
        values.add(text);
      }
      lists.put(name, values);
    }
    return lists;
  }

  private static String required(JsonNode json, String name) throws HttpFault {
    String text = text(json, name, "");
    if (text.isEmpty()) {
      throw HttpFault.runtime("The field '" + name + "' is required but was missing");
    }
    return text;
  }

  private static String text(JsonNode json, String name, String otherwise) throws HttpFault {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw HttpFault.runtime("The value for the field '" + name + "' must be a STRING");
    }
    return value.stringValue();
  }
}
