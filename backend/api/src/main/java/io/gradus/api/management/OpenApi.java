package io.gradus.api.management;

import io.gradus.api.json.RecordSchema;
import io.gradus.api.json.ResponseWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The OpenAPI document, made of the routes and records that are served.
final class OpenApi {
  private static final Map<String, Object> ERROR =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("__type", Map.of("type", "string"), "message", Map.of("type", "string")));

  private OpenApi() {}

  /// The document in UTF-8.
  static byte[] document(List<? extends Route<?, ?, ?>> routes) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Route<?, ?, ?> route : routes) {
      @SuppressWarnings("unchecked")
      Map<String, Object> path =
          (Map<String, Object>)
              paths.computeIfAbsent(route.template(), _ -> new LinkedHashMap<String, Object>());
      path.put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title", "Gradus management API",
            "version", "1",
            "license", Map.of("name", "Apache-2.0", "identifier", "Apache-2.0")));
    document.put("servers", List.of(Map.of("url", "/api/v1")));
    document.put("paths", paths);
    document.put("components", Map.of("securitySchemes", securitySchemes()));
    document.put("security", List.of(Map.of("sigv4", List.of()), Map.of("session", List.of())));
    return ResponseWriter.write(document, ResponseWriter.Times.ISO_8601);
  }

  private static Map<String, Object> securitySchemes() {
    Map<String, Object> schemes = new LinkedHashMap<>();
    schemes.put(
        "sigv4",
        Map.of(
            "type", "apiKey",
            "in", "header",
            "name", "Authorization",
            "description", "AWS Signature Version 4 for the service `states`"));
    schemes.put("session", Map.of("type", "apiKey", "in", "cookie", "name", "GRADUSSESSION"));
    return schemes;
  }

  private static Map<String, Object> operation(Route<?, ?, ?> route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", route.id());
    operation.put("summary", route.summary());
    List<String> inPath = route.pathMembers();
    if (!inPath.isEmpty()) {
      List<Object> parameters = new ArrayList<>();
      for (String name : inPath) {
        parameters.add(
            Map.of(
                "name", name, "in", "path", "required", true, "schema", Map.of("type", "string")));
      }
      operation.put("parameters", parameters);
    }
    if (hasBody(route)) {
      operation.put(
          "requestBody",
          Map.of("required", true, "content", json(RecordSchema.of(route.request(), inPath))));
    }
    Map<String, Object> success = new LinkedHashMap<>();
    success.put("description", route.summary());
    if (route.answer() != Route.Nothing.class) {
      success.put("content", json(RecordSchema.of(route.answer(), List.of())));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put(String.valueOf(route.status()), success);
    responses.put(
        "default", Map.of("description", "AWS's name of the error", "content", json(ERROR)));
    operation.put("responses", responses);
    return operation;
  }

  private static boolean hasBody(Route<?, ?, ?> route) {
    return route.request().getRecordComponents().length > route.pathMembers().size();
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return Map.of("application/json", Map.of("schema", schema));
  }
}
