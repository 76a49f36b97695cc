package io.gradus.example.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Serves functions over HTTP on loopback, as Gradus calls a registered function: `POST
/// /functions/<name>` with the input as the body, the result as the answer. A failure is also a
/// 200, with the header `X-Amz-Function-Error` and `{"errorType", "errorMessage"}`, as Lambda has
/// it.
public final class Worker implements AutoCloseable {
  static final String ERROR_HEADER = "X-Amz-Function-Error";

  /// Lambda's own limit of a synchronous payload, in bytes.
  private static final int MAX_BODY_BYTES = 6 * 1024 * 1024;

  /// A decoded picture may need 130 MB: what runs at a time is bounded, the rest waits its turn.
  private static final int MAX_AT_A_TIME = 4;

  private static final String PATH = "/functions/";
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, WorkerFunction> functions;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns =
      new Semaphore(Math.min(MAX_AT_A_TIME, Runtime.getRuntime().availableProcessors()));

  private Worker(Map<String, WorkerFunction> functions, HttpServer server) {
    this.functions = Map.copyOf(functions);
    this.server = server;
  }

  /// Starts a worker on loopback.
  ///
  /// @param port the port, or 0 for a free one
  /// @throws UncheckedIOException when the port is taken
  public static Worker start(Map<String, WorkerFunction> functions, int port) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      var worker = new Worker(functions, HttpServer.create(address, 0));
      worker.server.createContext("/", worker::handle);
      worker.server.setExecutor(worker.executor);
      worker.server.start();
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException("the worker cannot listen on port " + port, e);
    }
  }

  /// The names of the functions served.
  public SortedSet<String> functionNames() {
    return new TreeSet<>(functions.keySet());
  }

  /// The address to register a function with.
  public URI url(String functionName) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH + functionName);
  }

  /// Lets calls that are under way end, for at most two seconds.
  @Override
  public void close() {
    // Not by the server's own delay: it sits it out whenever a call has only just ended.
    executor.shutdown();
    try {
      if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      WorkerFunction function =
          path.startsWith(PATH) ? functions.get(path.substring(PATH.length())) : null;
      if (function == null) {
        refuse(exchange, 404, "ResourceNotFoundException", "There is no such function.");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        refuse(exchange, 405, "MethodNotAllowedException", "A function is called by POST.");
      } else {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
          refuse(exchange, 413, "RequestTooLargeException", "The input is too large.");
        } else {
          invoke(exchange, function, body);
        }
      }
    }
  }

  private void invoke(HttpExchange exchange, WorkerFunction function, byte[] body)
      throws IOException {
    JsonNode input;
    try {
      // Lambda takes an empty body as an empty object.
      input = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      refuse(exchange, 400, "InvalidRequestContentException", "The input is not JSON.");
      return;
    }
    try {
      answer(exchange, 200, inTurn(function, input));
    } catch (FunctionFailure e) {
      exchange.getResponseHeaders().set(ERROR_HEADER, "Handled");
      answer(exchange, 200, error(e.errorType(), e.errorMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(exchange, 503, "ServiceException", "The worker is stopping.");
    } catch (RuntimeException e) {
      // A fault of this program: the trace is for its log, the caller learns only that there is
      // one.
      LOG.log(Level.ERROR, "a function failed unexpectedly; its task fails", e);
      exchange.getResponseHeaders().set(ERROR_HEADER, "Unhandled");
      answer(exchange, 200, error(e.getClass().getSimpleName(), "The function has a fault."));
    }
  }

  private JsonNode inTurn(WorkerFunction function, JsonNode input)
      throws FunctionFailure, InterruptedException {
    turns.acquire();
    try {
      return function.call(input);
    } finally {
      turns.release();
    }
  }

  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    answer(exchange, status, error(type, message));
  }

  private static JsonNode error(String type, String message) {
    return JSON.createObjectNode().put("errorType", type).put("errorMessage", message);
  }

  private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
    byte[] body = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
