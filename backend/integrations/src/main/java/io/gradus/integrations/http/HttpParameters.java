package io.gradus.integrations.http;

import io.gradus.integrations.egress.EgressUri;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The parameters of `http:invoke`, checked.
///
/// @param connectionArn null where the task names none
/// @param headers by name, in any case
/// @param query null where there is none
/// @param body null where there is none
/// @param formArrays how a form-encoded body writes arrays; null where the body is JSON
record HttpParameters(
    URI endpoint,
    String method,
    @Nullable String connectionArn,
    Map<String, String> headers,
    @Nullable JsonNode query,
    @Nullable JsonNode body,
    FormEncoding.@Nullable Arrays formArrays) {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");
  private static final Set<String> NAMES =
      Set.of(
          "ApiEndpoint",
          "Method",
          "Authentication",
          "InvocationConfig",
          "Headers",
          "QueryParameters",
          "RequestBody",
          "Transform");

  /// What AWS refuses to send for a task, and what concerns the connection rather than the message.
  private static final Set<String> REFUSED_HEADERS =
      Set.of(
          "a-im",
          "accept-charset",
          "accept-datetime",
          "accept-encoding",
          "authorization",
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-md5",
          "date",
          "expect",
          "forwarded",
          "from",
          "host",
          "http2-settings",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "keep-alive",
          "max-forwards",
          "origin",
          "pragma",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "range",
          "referer",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "via",
          "warning");

  static HttpParameters parse(JsonNode parameters) throws HttpFault {
    if (!parameters.isObject()) {
      throw HttpFault.runtime("The parameters of http:invoke must be an object");
    }
    for (String name : parameters.propertyNames()) {
      if (!NAMES.contains(name)) {
        throw HttpFault.runtime("The field '" + name + "' is not supported by Step Functions");
      }
    }
    String method = required(parameters, "Method").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw HttpFault.runtime("The value for the field 'Method' must be one of " + METHODS);
    }
    return new HttpParameters(
        endpoint(required(parameters, "ApiEndpoint")),
        method,
        connection(parameters),
        headers(present(parameters, "Headers")),
        present(parameters, "QueryParameters"),
        present(parameters, "RequestBody"),
        transform(present(parameters, "Transform")));
  }

  private static URI endpoint(String text) throws HttpFault {
    try {
      return EgressUri.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw HttpFault.runtime(
          "The value for the field 'ApiEndpoint' is not valid. " + invalid.getMessage());
    }
  }

  private static @Nullable String connection(JsonNode parameters) throws HttpFault {
    for (String field : new String[] {"InvocationConfig", "Authentication"}) {
      JsonNode config = present(parameters, field);
      if (config != null) {
        return required(config, "ConnectionArn");
      }
    }
    return null;
  }

  private static Map<String, String> headers(@Nullable JsonNode node) throws HttpFault {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (node == null) {
      return headers;
    }
    if (!node.isObject()) {
      throw HttpFault.runtime("The value for the field 'Headers' must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = entry.getKey();
      if (!isToken(name) || isRefused(name)) {
        throw HttpFault.runtime("The header '" + name + "' is not allowed in an HTTP Task");
      }
      headers.put(name, headerValue(name, entry.getValue()));
    }
    return headers;
  }

  private static String headerValue(String name, JsonNode node) throws HttpFault {
    String value;
    if (node.isArray()) {
      var values = new java.util.StringJoiner(", ");
      for (JsonNode item : node) {
        values.add(scalar(name, item));
      }
      value = values.toString();
    } else {
      value = scalar(name, node);
    }
    if (!isHeaderText(value)) {
      throw HttpFault.runtime("The value of the header '" + name + "' has characters not allowed");
    }
    return value;
  }

  private static String scalar(String name, JsonNode node) throws HttpFault {
    if (node.isContainer()) {
      throw HttpFault.runtime("The value of the header '" + name + "' must be text");
    }
    return node.asString();
  }

  static boolean isRefused(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return REFUSED_HEADERS.contains(name)
        || name.startsWith("x-forwarded-")
        || name.startsWith("x-amz-")
        || name.startsWith("x-amzn-");
  }

  /// Whether the text is a header's name (RFC 9110's token).
  static boolean isToken(String text) {
    return text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  }

  /// Whether the text can be a header's value: a line break would begin another header.
  static boolean isHeaderText(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }

  private static FormEncoding.@Nullable Arrays transform(@Nullable JsonNode transform)
      throws HttpFault {
    if (transform == null) {
      return null;
    }
    String encoding = transform.path("RequestBodyEncoding").asString("NONE");
    String arrays =
        transform.path("RequestEncodingOptions").path("ArrayFormat").asString("INDICES");
    if (encoding.equals("NONE")) {
      return null;
    }
    if (!encoding.equals("URL_ENCODED")) {
      throw HttpFault.runtime(
          "The value for the field 'RequestBodyEncoding' must be one of [NONE, URL_ENCODED]");
    }
    for (FormEncoding.Arrays known : FormEncoding.Arrays.values()) {
      if (known.name().equals(arrays)) {
        return known;
      }
    }
    throw HttpFault.runtime(
        "The value for the field 'ArrayFormat' must be one of [INDICES, REPEAT, COMMAS, BRACKETS]");
  }

  private static String required(JsonNode node, String name) throws HttpFault {
    JsonNode value = present(node, name);
    if (value == null) {
      throw HttpFault.runtime("The field '" + name + "' is required but was missing");
    }
    if (!value.isString()) {
      throw HttpFault.runtime("The value for the field '" + name + "' must be a STRING");
    }
    return value.stringValue();
  }

  private static @Nullable JsonNode present(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /// A copy of the headers that may be changed.
  Map<String, String> headerCopy() {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(new LinkedHashMap<>(headers));
    return copy;
  }
}
