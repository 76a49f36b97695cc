package io.gradus.example.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A Gradus as far as the runner sees it: it takes registrations and executions, and "executes" by
/// calling the registered functions in the order that the definition has for a supported image.
final class FakeGradus implements AutoCloseable {
  final Map<String, String> functions = new ConcurrentHashMap<>();
  final List<String> operations = new ArrayList<>();
  final List<String> unsigned = new ArrayList<>();
  final Map<String, ObjectNode> executions = new ConcurrentHashMap<>();
  volatile boolean refusesLoopback;
  volatile boolean knowsTheMachine;

  private static final String ARN = "arn:aws:states:us-east-1:000000000000:";
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  FakeGradus() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      String path = exchange.getRequestURI().getPath();
      if (authorization == null
          || !authorization.startsWith("AWS4-HMAC-SHA256 Credential=AKIATEST/")
          || !authorization.contains("/us-east-1/states/aws4_request")) {
        unsigned.add(path);
      }
      JsonNode body = Given.JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (path.startsWith("/api/v1/functions/")) {
        register(exchange, path.substring("/api/v1/functions/".length()), body);
      } else if (path.equals("/api/v1/executions")) {
        operations.add("start with mocks");
        answer(exchange, 200, start(body));
      } else {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        operation(exchange, String.valueOf(target).replace("AWSStepFunctions.", ""), body);
      }
    }
  }

  private void register(HttpExchange exchange, String name, JsonNode body) throws IOException {
    if (refusesLoopback) {
      answer(exchange, 400, json().put("message", "127.0.0.1 is not an allowed address"));
    } else {
      functions.put(name, body.path("url").asString());
      answer(exchange, 200, json());
    }
  }

  private void operation(HttpExchange exchange, String name, JsonNode body) throws IOException {
    operations.add(name);
    ObjectNode answer = json();
    switch (name) {
      case "CreateStateMachine" -> {
        if (knowsTheMachine) {
          answer(exchange, 400, json().put("__type", "StateMachineAlreadyExists"));
          return;
        }
        answer.put("stateMachineArn", ARN + "stateMachine:image-tagging").put("creationDate", 1);
      }
      case "ListStateMachines" ->
          answer
              .putArray("stateMachines")
              .addObject()
              .put("name", "image-tagging")
              .put("type", "STANDARD")
              .put("creationDate", 1)
              .put("stateMachineArn", ARN + "stateMachine:image-tagging");
      case "UpdateStateMachine" -> answer.put("updateDate", 1);
      case "StartExecution" -> answer = start(body);
      case "DescribeExecution" ->
          answer = Objects.requireNonNull(executions.get(body.path("executionArn").asString()));
      default -> throw new IllegalStateException("the runner does not call " + name);
    }
    answer(exchange, 200, answer);
  }

  private ObjectNode start(JsonNode body) {
    String arn = ARN + "execution:image-tagging:" + body.path("name").asString();
    ObjectNode execution = json().put("executionArn", arn).put("startDate", 1);
    String image = Given.JSON.readTree(body.path("input").asString()).path("image").asString();
    JsonNode document = body.has("mocks") ? json() : executed(image);
    if (document.has("errorType")) {
      execution.put("status", "FAILED");
      execution.put("error", document.path("errorType").asString());
      execution.put("cause", document.path("errorMessage").asString());
    } else {
      execution.put("status", "SUCCEEDED").put("output", document.toString());
    }
    executions.put(arn, execution);
    return json().put("executionArn", arn).put("startDate", 1);
  }

  private JsonNode executed(String image) {
    JsonNode metadata = call("extract-metadata", Given.input(image));
    if (metadata.has("errorType")) {
      return metadata;
    }
    ObjectNode store = Given.input(image);
    store.set("metadata", metadata);
    call("store-metadata", store);
    JsonNode tags = call("derive-tags", Given.input(image));
    if (tags.has("errorType")) {
      return tags;
    }
    ObjectNode add = Given.input(image);
    add.set("tags", tags.path("tags"));
    add.set("thumbnail", call("create-thumbnail", Given.input(image)).path("thumbnail"));
    return call("add-tags", add);
  }

  private JsonNode call(String function, JsonNode input) {
    var request =
        HttpRequest.newBuilder(URI.create(String.valueOf(functions.get(function))))
            .POST(HttpRequest.BodyPublishers.ofString(input.toString()))
            .build();
    try {
      return Given.JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the worker did not answer", e);
    }
  }

  private static ObjectNode json() {
    return Given.JSON.createObjectNode();
  }

  private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
    byte[] body = Given.JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
