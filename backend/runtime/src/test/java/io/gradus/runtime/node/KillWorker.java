package io.gradus.runtime.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gradus.engine.PayloadJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/// The functions that tasks call, in the test's own process. Each answer is numbered, and written
/// down under the call's key before it is given: this is how a result that was applied twice, or
/// made up, would be seen.
final class KillWorker implements AutoCloseable {
  private final HttpServer server;
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final Map<String, Queue<Long>> ledger = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final BiConsumer<String, Integer> tokens;

  /// @param tokens told of each task token and the number it came with
  KillWorker(BiConsumer<String, Integer> tokens) throws IOException {
    this.tokens = tokens;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.createContext("/", this::call);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void call(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("key");
    int retry = Integer.parseInt(exchange.getRequestHeaders().getFirst("retry"));
    JsonNode arguments = PayloadJson.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    int n = arguments.get("n").intValue();
    boolean fails = arguments.path("flaky").asBoolean(false) && retry == 0;
    long delay = 150L + new Random(key.hashCode()).nextInt(450);
    var _ =
        later.schedule(
            () -> Thread.startVirtualThread(() -> answer(exchange, key, n, fails, arguments)),
            delay,
            TimeUnit.MILLISECONDS);
  }

  private void answer(HttpExchange exchange, String key, int n, boolean fails, JsonNode arguments) {
    long call = calls.incrementAndGet();
    ledger.computeIfAbsent(key, _ -> new ConcurrentLinkedQueue<>()).add(call);
    byte[] body =
        "{\"twice\":%d,\"call\":%d}".formatted(2 * n, call).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException _) {
      // Its caller was killed.
    }
    if (arguments.has("token")) {
      tokens.accept(arguments.get("token").stringValue(), n);
    }
  }

  /// The numbers of the answers given under a key.
  Queue<Long> answers(String key) {
    return ledger.getOrDefault(key, new ConcurrentLinkedQueue<>());
  }

  long calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.stop(0);
    later.shutdownNow();
  }
}
