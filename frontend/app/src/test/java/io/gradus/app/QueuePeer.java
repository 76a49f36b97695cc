package io.gradus.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Stands for SQS with one queue: a message is given out until it is deleted, and once it was given
/// out not again before [#giveAgain].
final class QueuePeer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Map<String, String> messages = new LinkedHashMap<>();
  private final Set<String> given = ConcurrentHashMap.newKeySet();
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger deletions = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile boolean deletes = true;
  private volatile boolean there = true;
  private volatile boolean holds;

  QueuePeer() {
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

  String queueUrl() {
    return address() + "/000000000000/orders";
  }

  /// Puts a message into the queue; gives back its id.
  String put(String body) {
    String id = UUID.randomUUID().toString();
    synchronized (messages) {
      messages.put(id, body);
    }
    return id;
  }

  /// What was given out and not deleted is given out again, as when its visibility time is over. To
  /// be called while nobody polls: a poll of a node that was killed goes on for a moment, and would
  /// take the messages with it.
  void giveAgain() {
    Programs.await("the end of the last poll", () -> atOnce.get() == 0);
    given.clear();
  }

  /// Whether messages are deleted; where not, the caller is told of a fault.
  void setDeletes(boolean willing) {
    deletes = willing;
  }

  /// Whether a poll that found messages keeps them from its caller for now.
  void setHolds(boolean isHolding) {
    holds = isHolding;
  }

  /// How many messages were given out, or are kept from a caller, and are not deleted.
  int given() {
    return given.size();
  }

  /// Whether the queue is there.
  void setThere(boolean isThere) {
    there = isThere;
  }

  int left() {
    synchronized (messages) {
      return messages.size();
    }
  }

  int polls() {
    return polls.get();
  }

  /// How often somebody tried to delete.
  int deletions() {
    return deletions.get();
  }

  /// How many polls there were at one time.
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (!there) {
        send(
            exchange,
            400,
            "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"No such queue\"}");
      } else if (target.endsWith(".ReceiveMessage")) {
        int now = atOnce.incrementAndGet();
        mostAtOnce.accumulateAndGet(now, Math::max);
        try {
          String answer = received(request);
          while (holds) {
            LockSupport.parkNanos(5_000_000);
          }
          send(exchange, 200, answer);
        } finally {
          atOnce.decrementAndGet();
        }
      } else if (target.endsWith(".ChangeMessageVisibilityBatch")) {
        send(exchange, 200, shown(request));
      } else {
        deletions.incrementAndGet();
        if (deletes) {
          send(exchange, 200, deleted(request));
        } else {
          send(exchange, 500, "{\"__type\":\"InternalFailure\",\"message\":\"later\"}");
        }
      }
    }
  }

  /// A short long poll.
  private String received(JsonNode request) {
    polls.incrementAndGet();
    for (int i = 0; i < 50; i++) {
      ObjectNode answer = some(request.path("MaxNumberOfMessages").asInt(1));
      if (!answer.isEmpty()) {
        return answer.toString();
      }
      LockSupport.parkNanos(10_000_000);
    }
    return "{}";
  }

  private ObjectNode some(int most) {
    ObjectNode answer = JSON.createObjectNode();
    synchronized (messages) {
      for (Map.Entry<String, String> message : messages.entrySet()) {
        if (answer.path("Messages").size() < most && given.add(message.getKey())) {
          answer
              .withArray("Messages")
              .addObject()
              .put("MessageId", message.getKey())
              .put("ReceiptHandle", "r-" + message.getKey())
              .put("MD5OfBody", md5(message.getValue()))
              .put("Body", message.getValue())
              .putObject("Attributes")
              .put("ApproximateReceiveCount", "1");
        }
      }
    }
    return answer;
  }

  private String shown(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("Failed");
    for (JsonNode entry : request.path("Entries")) {
      if (entry.path("VisibilityTimeout").asInt(-1) == 0) {
        given.remove(entry.path("ReceiptHandle").asString("").substring(2));
        answer.withArray("Successful").addObject().put("Id", entry.path("Id").asString(""));
      }
    }
    return answer.toString();
  }

  private String deleted(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("Failed");
    synchronized (messages) {
      for (JsonNode entry : request.path("Entries")) {
        String id = entry.path("ReceiptHandle").asString("").substring(2);
        messages.remove(id);
        given.remove(id);
        answer.withArray("Successful").addObject().put("Id", entry.path("Id").asString(""));
      }
    }
    return answer.toString();
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
