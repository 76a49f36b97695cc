package io.gradus.bench.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gradus.bench.chaos.check.WorkerCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The functions that tasks call, behind the Lambda Invoke API. Each call is numbered and written
/// down under the attempt's key as soon as it comes, and its number goes into the answer: a result
/// that was applied twice, or that nobody gave, shows by it.
final class Worker implements AutoCloseable {
  /// Who answers a task token.
  @FunctionalInterface
  interface Tokens {
    void handed(String token, String attempt, int n);
  }

  private final HttpServer server;
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final Ledger ledger;
  private final AtomicLong calls = new AtomicLong();
  private final Tokens tokens;

  Worker(Ledger ledger, Tokens tokens) throws IOException {
    this.ledger = ledger;
    this.tokens = tokens;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.createContext("/", this::call);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// How many calls came.
  long calls() {
    return calls.get();
  }

  private void call(HttpExchange exchange) throws IOException {
    Instant at = Instant.now();
    JsonNode payload = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    String key = payload.get("key").stringValue();
    JsonNode token = payload.get("token");
    long call = calls.incrementAndGet();
    ledger.write(new WorkerCall(call, key, token == null ? null : token.stringValue(), at, null));
    long delay = 20L + new Random(key.hashCode()).nextInt(400);
    var _ =
        later.schedule(
            () -> Thread.startVirtualThread(() -> answer(exchange, call, payload)),
            delay,
            TimeUnit.MILLISECONDS);
  }

  private void answer(HttpExchange exchange, long call, JsonNode payload) {
    int n = payload.get("n").intValue();
    boolean fails = payload.path("fails").asBoolean(false);
    byte[] body =
        (fails
                ? "{\"errorType\":\"Flaky\",\"errorMessage\":\"as asked\"}"
                : "{\"twice\":%d,\"call\":%d}".formatted(2 * n, call))
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      if (fails) {
        exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException _) {
      // Its caller was killed.
    }
    JsonNode token = payload.get("token");
    if (token != null) {
      tokens.handed(token.stringValue(), payload.get("key").stringValue(), n);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    later.shutdownNow();
  }
}
