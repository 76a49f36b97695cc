package io.gradus.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The management API as someone who logged in calls it.
public final class PersonsHttp implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String address;

  /// What came back.
  public record Answer(int status, String text) {
    /// As JSON.
    public JsonNode json() {
      return JSON.readTree(text);
    }
  }

  private PersonsHttp(String address) {
    this.address = address;
  }

  /// Logs in there.
  ///
  /// @param address such as `http://127.0.0.1:40123`
  public static PersonsHttp logIn(String address, String login, String password) {
    PersonsHttp http = new PersonsHttp(address);
    String form = "username=" + encoded(login) + "&password=" + encoded(password);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    String place = answer.headers().firstValue("Location").orElse("none");
    if (answer.statusCode() != 302 || place.contains("/login")) {
      throw new AssertionError(
          "expected to be let in, found " + answer.statusCode() + " to " + place);
    }
    return http;
  }

  /// Calls the management API.
  ///
  /// @param path after `/api/v1`
  /// @param body JSON, empty for none
  public Answer call(String method, String path, String body) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    return new Answer(answer.statusCode(), answer.body());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
