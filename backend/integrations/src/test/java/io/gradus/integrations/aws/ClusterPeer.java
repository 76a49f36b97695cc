package io.gradus.integrations.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gradus.integrations.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A cluster of ours: as much of the Kubernetes API as Jobs, their pods and their logs take, behind
/// TLS by an authority of its own. It lets in who proves, as STS would find it, to have signed with
/// the key for this cluster.
public final class ClusterPeer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final Certificates authority = new Certificates("kubernetes");
  private final HttpsServer server;
  private final String name;
  private final String secret;
  private final Map<String, ObjectNode> jobs = new ConcurrentHashMap<>();

  /// Each as `GET /path?query`.
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /// What the containers of a job's pods have written.
  public final Map<String, String> logs = new LinkedHashMap<>();

  /// Whether it says that it cannot answer now.
  public volatile boolean busy;

  /// @param name that tokens must be for
  /// @param secret of the key that tokens must be signed with
  public ClusterPeer(String name, String secret) {
    this.name = name;
    this.secret = secret;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(authority.issue("localhost", 1).context()));
    server.createContext("/", this::answer);
    server.setExecutor(Runnable::run);
    server.start();
  }

  public String endpoint() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /// As EKS gives it.
  public String authority() {
    return Base64.getEncoder().encodeToString(authority.pem().getBytes(StandardCharsets.US_ASCII));
  }

  /// Ends a job.
  ///
  /// @param condition `Complete` or `Failed`
  public void end(String job, String condition) {
    Objects.requireNonNull(jobs.get(job), job)
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", condition)
        .put("status", "True");
  }

  public boolean has(String job) {
    return jobs.containsKey(job);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    URI uri = exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(method + " " + uri);
    if (busy) {
      say(exchange, 503, status(503, "ServiceUnavailable"));
    } else if (!proves(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")))) {
      say(exchange, 401, status(401, "Unauthorized"));
    } else if (uri.getPath().startsWith(JOBS)) {
      job(exchange, method, uri.getPath().substring(JOBS.length()), body);
    } else if (uri.getPath().equals(PODS)) {
      ObjectNode pods = JSON.createObjectNode().put("kind", "PodList");
      ObjectNode pod = pods.putArray("items").addObject();
      pod.putObject("metadata").put("name", "pod-1");
      var containers = pod.putObject("spec").putArray("containers");
      logs.keySet().forEach(container -> containers.addObject().put("name", container));
      say(exchange, 200, pods.toString());
    } else if (uri.getPath().equals(PODS + "/pod-1/log")) {
      Map<String, String> query = query(uri.getRawQuery());
      say(exchange, 200, logs.getOrDefault(query.get("container"), ""));
    } else {
      say(exchange, 404, status(404, "NotFound"));
    }
  }

  private void job(HttpExchange exchange, String method, String rest, String body)
      throws IOException {
    String job = rest.replace("/", "");
    if (method.equals("POST")) {
      ObjectNode given = (ObjectNode) JSON.readTree(body);
      String called = given.at("/metadata/name").asString("");
      boolean free = jobs.putIfAbsent(called, given) == null;
      say(exchange, free ? 201 : 409, free ? given.toString() : status(409, "AlreadyExists"));
    } else if (!jobs.containsKey(job)) {
      say(exchange, 404, status(404, "NotFound"));
    } else {
      // Gone before it is said to be.
      ObjectNode found = method.equals("DELETE") ? jobs.remove(job) : jobs.get(job);
      say(exchange, 200, String.valueOf(found));
    }
  }

  private static String status(int code, String reason) {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("reason", reason)
        .put("code", code)
        .toString();
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// What STS does with the URL that a token is, with the header that the cluster adds.
  private boolean proves(String authorization) {
    String prefix = "Bearer k8s-aws-v1.";
    if (!authorization.startsWith(prefix)) {
      return false;
    }
    String url =
        new String(
            Base64.getUrlDecoder().decode(authorization.substring(prefix.length())),
            StandardCharsets.UTF_8);
    URI uri = URI.create(url);
    Map<String, String> query = query(uri.getRawQuery());
    String canonicalQuery =
        Arrays.stream(uri.getRawQuery().split("&"))
            .filter(each -> !each.startsWith("X-Amz-Signature="))
            .sorted()
            .collect(Collectors.joining("&"));
    String request =
        "GET\n/\n%s\nhost:%s\nx-k8s-aws-id:%s\n\nhost;x-k8s-aws-id\n%s"
            .formatted(canonicalQuery, uri.getHost(), name, sha256(""));
    String scope = query.getOrDefault("X-Amz-Credential", "").replaceFirst("^[^/]*/", "");
    String toSign =
        "AWS4-HMAC-SHA256\n%s\n%s\n%s".formatted(query.get("X-Amz-Date"), scope, sha256(request));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return "GetCallerIdentity".equals(query.get("Action"))
        && "60".equals(query.get("X-Amz-Expires"))
        && uri.getHost().equals("sts.us-east-1.amazonaws.com")
        && HexFormat.of().formatHex(hmac(key, toSign)).equals(query.get("X-Amz-Signature"));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String each : raw.split("&")) {
      String[] pair = each.split("=", 2);
      query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
