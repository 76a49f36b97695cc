package io.gradus.example.vod;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.mediaconvert.model.CancelJobResponse;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobResponse;
import software.amazon.awssdk.services.mediaconvert.model.GetJobResponse;
import software.amazon.awssdk.services.mediaconvert.model.Job;
import software.amazon.awssdk.services.mediapackagevod.model.CreateAssetRequest;
import software.amazon.awssdk.services.mediapackagevod.model.CreateAssetResponse;
import software.amazon.awssdk.services.mediapackagevod.model.DescribeAssetResponse;
import software.amazon.awssdk.services.mediapackagevod.model.EgressEndpoint;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Stands for what no open program speaks: SNS, MediaPackage and MediaConvert, as far as video on
/// demand calls them. Requests are read by the SDK's own models and kept to be looked at; answers
/// have the models' shapes, errors AWS's names. MediaConvert's jobs are really done.
public final class MediaPeer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 2 * 1024 * 1024;
  private static final int MOST_KEPT = 10_000;
  private static final String JOBS = "/2017-08-29/jobs";
  private static final String ASSETS = "/assets";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConvertJobs jobs;
  private final List<SdkPojo> recorded = new CopyOnWriteArrayList<>();
  private final Map<String, CreateAssetRequest> assets = new ConcurrentHashMap<>();

  /// What is not as AWS wants it.
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    Fault(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  MediaPeer(ConvertJobs jobs) {
    this.jobs = jobs;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The requests of one kind that were taken, in order.
  public <T extends SdkPojo> List<T> recorded(Class<T> kind) {
    return recorded.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
      boolean query =
          String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
              .startsWith("application/x-www-form-urlencoded");
      try {
        if (body.length > MOST_BYTES) {
          throw new Fault(413, "RequestEntityTooLarge", "The request is too large");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (query) {
          send(exchange, 200, "text/xml", sns(form(text)));
        } else {
          ObjectNode answer = rest(exchange, text);
          send(exchange, 200, "application/json", answer.toString());
        }
      } catch (IllegalArgumentException | JacksonException e) {
        refuse(
            exchange,
            query,
            new Fault(
                400, query ? "InvalidParameter" : "BadRequestException", "" + e.getMessage()));
      } catch (Fault e) {
        refuse(exchange, query, e);
      }
    }
  }

  private ObjectNode rest(HttpExchange exchange, String body) throws Fault {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (call.equals("POST " + JOBS)) {
      CreateJobRequest request =
          SdkJson.read(CreateJobRequest.builder(), JSON.readTree(body)).build();
      Job job = jobs.create(request);
      record(request);
      return SdkJson.write(CreateJobResponse.builder().job(job).build());
    }
    if (call.equals("POST " + ASSETS)) {
      return SdkJson.write(
          create(SdkJson.read(CreateAssetRequest.builder(), JSON.readTree(body)).build()));
    }
    String id = call.substring(call.lastIndexOf('/') + 1);
    if (call.startsWith("GET " + JOBS + "/")) {
      return SdkJson.write(GetJobResponse.builder().job(job(id)).build());
    }
    if (call.startsWith("DELETE " + JOBS + "/")) {
      jobs.cancel(job(id).id());
      return SdkJson.write(CancelJobResponse.builder().build());
    }
    if (call.startsWith("GET " + ASSETS + "/")) {
      return SdkJson.write(describe(id));
    }
    throw new Fault(404, "NotFoundException", "There is no " + call);
  }

  private Job job(String id) throws Fault {
    Job job = jobs.find(id);
    if (job == null) {
      throw new Fault(404, "NotFoundException", "There is no job " + id);
    }
    return job;
  }

  private CreateAssetResponse create(CreateAssetRequest request) throws Fault {
    if (assets.putIfAbsent(request.id(), request) != null) {
      throw new Fault(
          422, "UnprocessableEntityException", "There is an asset " + request.id() + " already");
    }
    record(request);
    return CreateAssetResponse.builder()
        .arn(arn(request.id()))
        .id(request.id())
        .packagingGroupId(request.packagingGroupId())
        .resourceId(request.resourceId())
        .sourceArn(request.sourceArn())
        .sourceRoleArn(request.sourceRoleArn())
        .createdAt(Instant.now().toString())
        .egressEndpoints(endpoint(request.id(), "QUEUED"))
        .build();
  }

  private DescribeAssetResponse describe(String id) throws Fault {
    CreateAssetRequest asset = assets.get(id);
    if (asset == null) {
      throw new Fault(404, "NotFoundException", "There is no asset " + id);
    }
    return DescribeAssetResponse.builder()
        .arn(arn(id))
        .id(id)
        .packagingGroupId(asset.packagingGroupId())
        .sourceArn(asset.sourceArn())
        .egressEndpoints(endpoint(id, "PLAYABLE"))
        .build();
  }

  private static String arn(String id) {
    return "arn:aws:mediapackage-vod:us-east-1:000000000000:assets/" + id;
  }

  private EgressEndpoint endpoint(String id, String status) {
    return EgressEndpoint.builder()
        .packagingConfigurationId("hls")
        .status(status)
        .url(uri() + "/out/v1/" + id + "/index.m3u8")
        .build();
  }

  private String sns(ObjectNode form) throws Fault {
    String action = form.path("Action").asString("");
    if (!action.equals("Publish")) {
      throw new Fault(400, "InvalidAction", "The action " + action + " is not done here");
    }
    form.remove(List.of("Action", "Version"));
    PublishRequest request = SdkJson.read(PublishRequest.builder(), form).build();
    if (!String.valueOf(request.topicArn()).matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:.+")) {
      throw new Fault(400, "InvalidParameter", "Invalid parameter: TopicArn");
    }
    record(request);
    return "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
        + "<MessageId>"
        + UUID.randomUUID()
        + "</MessageId></PublishResult><ResponseMetadata><RequestId>"
        + UUID.randomUUID()
        + "</RequestId></ResponseMetadata></PublishResponse>";
  }

  private static ObjectNode form(String body) {
    ObjectNode form = JSON.createObjectNode();
    for (String pair : body.split("&")) {
      int is = pair.indexOf('=');
      if (is > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, is), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private void record(SdkPojo request) {
    if (recorded.size() < MOST_KEPT) {
      recorded.add(request);
    }
  }

  private static void refuse(HttpExchange exchange, boolean query, Fault fault) throws IOException {
    JsonNode message = JSON.createObjectNode().put("message", fault.getMessage());
    if (query) {
      send(
          exchange,
          fault.status,
          "text/xml",
          "<ErrorResponse><Error><Type>Sender</Type><Code>"
              + fault.code
              + "</Code><Message>"
              + String.valueOf(fault.getMessage()).replace("&", "&amp;").replace("<", "&lt;")
              + "</Message></Error><RequestId>"
              + UUID.randomUUID()
              + "</RequestId></ErrorResponse>");
    } else {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", fault.code);
      send(exchange, fault.status, "application/json", message.toString());
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    jobs.close();
  }
}
