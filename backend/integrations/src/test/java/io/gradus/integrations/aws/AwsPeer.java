package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.Peer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/// Speaks AWS's JSON protocols: answers each operation (the last part of `X-Amz-Target`, or the
/// request line of a REST service) with what a test laid out for it, the last one again and again.
final class AwsPeer implements AutoCloseable {
  private static final String REQUEST_ID = "x-amzn-RequestId: 11111111-2222-3333-4444-555555555555";

  private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
  private final Peer peer =
      Peer.answering(
          (request, out) -> {
            Queue<Reply> laid = replies.get(operation(request));
            Reply reply = laid == null ? null : laid.size() > 1 ? laid.poll() : laid.peek();
            if (reply == null) {
              reply =
                  new Reply(
                      501, "{\"message\":\"nothing laid out for " + operation(request) + "\"}");
            }
            out.write(
                Peer.http(
                    reply.status(), reply.body(), "Content-Type: " + reply.type(), REQUEST_ID));
            return true;
          });

  private record Reply(int status, String body, String type) {
    Reply(int status, String body) {
      this(status, body, "application/x-amz-json-1.1");
    }
  }

  AwsPeer reply(String operation, int status, String body) {
    replies
        .computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>())
        .add(new Reply(status, body));
    return this;
  }

  AwsPeer reply(String operation, int status, String body, String type) {
    replies
        .computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>())
        .add(new Reply(status, body, type));
    return this;
  }

  java.net.URI uri() {
    return peer.uri("");
  }

  List<Peer.Request> requests() {
    return peer.requests();
  }

  /// The bodies of the requests for this operation.
  List<JsonNode> bodies(String operation) {
    return requests().stream()
        .filter(request -> operation(request).equals(operation))
        .map(request -> PayloadJson.MAPPER.readTree(request.body()))
        .toList();
  }

  private static String operation(Peer.Request request) {
    String target = request.headers().get("X-Amz-Target");
    return target == null
        ? request.method() + " " + request.target()
        : target.substring(target.lastIndexOf('.') + 1);
  }

  @Override
  public void close() {
    peer.close();
  }
}
