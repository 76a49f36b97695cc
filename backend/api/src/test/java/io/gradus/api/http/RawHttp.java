package io.gradus.api.http;

import io.gradus.api.sigv4.RequestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends signed requests that no SDK would.
final class RawHttp {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String keyId;

  RawHttp(URI endpoint, String keyId) {
    this.endpoint = endpoint;
    this.keyId = keyId;
  }

  /// What came back.
  record Answer(int status, Map<String, String> headers, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    String type() {
      return json().get("__type").stringValue();
    }

    String message() {
      JsonNode message = json().get("message");
      return message == null ? "" : message.stringValue();
    }
  }

  Answer call(String operation, String body) {
    return call(operation, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer call(String operation, byte[] body) {
    return send(
        "POST",
        "/",
        body,
        Map.of(
            "content-type",
            "application/x-amz-json-1.0",
            "x-amz-target",
            "AWSStepFunctions." + operation));
  }

  Answer send(String method, String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    RequestSigner.sign(keyId, "secret-" + keyId, method, endpoint.resolve(path), headers, body)
        .forEach(request::header);
    return exchange(request.build());
  }

  Answer unsigned(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return exchange(request.build());
  }

  private Answer exchange(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
