package io.gradus.bench.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The functions that tasks call, behind the Lambda Invoke API. Each answer is numbered and written
/// down under the attempt's key before it is given: a result that was applied twice, or that nobody
/// gave, shows by its number.
final class Worker implements AutoCloseable {
  private final HttpServer server;
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final Map<String, List<Long>> ledger = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final BiConsumer<String, Integer> tokens;

  /// @param tokens told of each task token, and the number that its answer must carry
  Worker(BiConsumer<String, Integer> tokens) throws IOException {
    this.tokens = tokens;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.createContext("/", this::call);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The numbers of the answers that were given to one attempt.
  List<Long> answers(String key) {
    return ledger.getOrDefault(key, List.of());
  }

  long calls() {
    return calls.get();
  }

  private void call(HttpExchange exchange) throws IOException {
    JsonNode payload = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    String key = payload.get("key").stringValue();
    long delay = 20L + new Random(key.hashCode()).nextInt(400);
    var _ =
        later.schedule(
            () -> Thread.startVirtualThread(() -> answer(exchange, key, payload)),
            delay,
            TimeUnit.MILLISECONDS);
  }

  private void answer(HttpExchange exchange, String key, JsonNode payload) {
    long call = calls.incrementAndGet();
    ledger.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(call);
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
      tokens.accept(token.stringValue(), n);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    later.shutdownNow();
  }
}
