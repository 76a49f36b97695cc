package io.gradus.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// Stands for AWS services with JSON protocols: answers each operation with what was laid out for
/// it, the last answer again and again.
final class JobPeer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  JobPeer() {
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

  /// Lays out an answer of status 200; operations are as in `X-Amz-Target`, or the path of a REST
  /// service.
  JobPeer reply(String operation, String json) {
    answers.computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>()).add(json);
    return this;
  }

  /// Forgets what was laid out for the operation, and lays out this.
  void replyFromNowOn(String operation, String json) {
    answers.put(operation, new ConcurrentLinkedQueue<>(List.of(json)));
  }

  /// How often an operation was called.
  long count(String operation) {
    return calls.stream().filter(operation::equals).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation =
          target == null
              ? exchange.getRequestURI().getPath()
              : target.substring(target.lastIndexOf('.') + 1);
      exchange.getRequestBody().readAllBytes();
      calls.add(operation);
      Queue<String> laid = answers.get(operation);
      String json = laid == null ? null : laid.size() > 1 ? laid.poll() : laid.peek();
      byte[] body = (json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(json == null ? 400 : 200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
