package io.gradus.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Stands for CloudWatch Logs: log groups that a test makes, and the streams and events that are
/// put into them.
final class LogPeer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Map<String, Map<String, List<JsonNode>>> groups = new LinkedHashMap<>();
  private boolean away;
  private CountDownLatch held = new CountDownLatch(0);
  private CountDownLatch taken = new CountDownLatch(0);

  private record Answer(int status, ObjectNode json) {}

  LogPeer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Makes a log group and gives back its ARN.
  synchronized String group(String name) {
    groups.put(name, new LinkedHashMap<>());
    return "arn:aws:logs:us-east-1:000000000000:log-group:" + name + ":*";
  }

  synchronized void delete(String name) {
    groups.remove(name);
  }

  /// Answers nothing but that it is not well.
  synchronized void away(boolean from) {
    away = from;
  }

  /// From now on takes events and does not say so, until [#release].
  ///
  /// @return opened when the first were taken
  synchronized CountDownLatch hold() {
    held = new CountDownLatch(1);
    taken = new CountDownLatch(1);
    return taken;
  }

  synchronized void release() {
    held.countDown();
  }

  private Map<String, List<JsonNode>> of(String group) {
    return groups.getOrDefault(group, Map.of());
  }

  /// The streams of a log group that have events.
  synchronized List<String> streams(String group) {
    return of(group).entrySet().stream()
        .filter(stream -> !stream.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The events of a log group as they came, doubles among them.
  synchronized List<JsonNode> events(String group) {
    return of(group).values().stream().flatMap(List::stream).toList();
  }

  /// What an execution's events say of themselves, `id type`, each once.
  List<String> told(String group, String execution) {
    return events(group).stream()
        .filter(event -> event.path("execution_arn").stringValue().equals(execution))
        .map(event -> event.path("id").stringValue() + " " + event.path("type").stringValue())
        .distinct()
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      Answer answer = answer(target, request);
      if (answer.status() == 200 && target.endsWith("PutLogEvents")) {
        await();
      }
      byte[] body = JSON.writeValueAsString(answer.json()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(answer.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private void await() {
    CountDownLatch until;
    synchronized (this) {
      taken.countDown();
      until = held;
    }
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer answer(String target, JsonNode request) {
    if (away) {
      return refused(503, "ServiceUnavailableException", "The service is away");
    }
    Map<String, List<JsonNode>> streams = groups.get(request.path("logGroupName").stringValue());
    if (streams == null) {
      return refused(400, "ResourceNotFoundException", "The specified log group does not exist.");
    }
    String stream = request.path("logStreamName").stringValue();
    switch (target.substring(target.lastIndexOf('.') + 1)) {
      case "CreateLogStream" -> {
        if (streams.putIfAbsent(stream, new ArrayList<>()) != null) {
          return refused(400, "ResourceAlreadyExistsException", "The log stream already exists");
        }
      }
      case "PutLogEvents" -> {
        List<JsonNode> events = streams.get(stream);
        if (events == null) {
          return refused(
              400, "ResourceNotFoundException", "The specified log stream does not exist.");
        }
        long last = 0;
        for (JsonNode event : request.path("logEvents")) {
          if (event.path("timestamp").longValue() < last) {
            return refused(400, "InvalidParameterException", "Log events are out of order");
          }
          last = event.path("timestamp").longValue();
          events.add(JSON.readTree(event.path("message").stringValue()));
        }
      }
      default -> {
        return refused(400, "UnknownOperationException", target);
      }
    }
    return new Answer(200, JSON.createObjectNode());
  }

  private static Answer refused(int status, String type, String message) {
    return new Answer(status, JSON.createObjectNode().put("__type", type).put("message", message));
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}
