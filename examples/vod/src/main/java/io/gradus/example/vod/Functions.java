package io.gradus.example.vod;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The functions that the machines call as Lambda's: one signs a source's address, one looks at the
/// source. They listen on loopback, as Gradus calls a registered function.
final class Functions implements AutoCloseable {
  static final String SIGN = "vod-sign-source";
  static final String INSPECT = "vod-inspect-source";
  static final Set<String> NAMES = Set.of(SIGN, INSPECT);

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 256 * 1024;
  private static final int LONGEST_SECONDS = 7 * 24 * 3_600;

  private final Media media;
  private final Storage storage;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// How a function failed; the machines see the type as the error's name.
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    private final String type;

    Failed(String type, String message) {
      super(message);
      this.type = type;
    }
  }

  Functions(Media media, Storage storage) {
    this.media = media;
    this.storage = storage;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      try {
        String name = exchange.getRequestURI().getPath().substring(1);
        send(exchange, call(name, JSON.readTree(body)));
      } catch (Failed e) {
        fail(exchange, e.type, String.valueOf(e.getMessage()));
      } catch (JacksonException | IllegalArgumentException e) {
        fail(exchange, "InvalidInput", "The input is not as this function takes it");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private JsonNode call(String name, JsonNode input) throws Failed, InterruptedException {
    switch (name) {
      case SIGN -> {
        String bucket = input.path("bucket").asString("");
        String key = input.path("key").asString("");
        int seconds = input.path("seconds").asInt(3_600);
        if (bucket.isEmpty() || key.isEmpty() || seconds < 1 || seconds > LONGEST_SECONDS) {
          throw new Failed("InvalidInput", "bucket, key and up to seven days are needed");
        }
        URI url = storage.signed(bucket, key, Duration.ofSeconds(seconds));
        return JSON.createObjectNode().put("url", url.toString());
      }
      case INSPECT -> {
        URI source = URI.create(input.path("url").asString(""));
        if (!storage.isOurs(source)) {
          throw new Failed("InvalidInput", "the url leads to no source of ours");
        }
        try {
          return media.inspect(source);
        } catch (Media.Unusable e) {
          throw new Failed("Media.Unreadable", String.valueOf(e.getMessage()));
        }
      }
      default -> throw new Failed("ResourceNotFoundException", "There is no such function");
    }
  }

  private static void fail(HttpExchange exchange, String type, String message) throws IOException {
    exchange.getResponseHeaders().set("X-Amz-Function-Error", "Handled");
    send(exchange, JSON.createObjectNode().put("errorType", type).put("errorMessage", message));
  }

  private static void send(HttpExchange exchange, JsonNode json) throws IOException {
    byte[] body = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
