package io.gradus.example.vod;

import io.gradus.worker.ActivityWorker;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The whole system at work: buckets, table and queues, the tenant's connection to them, the three
/// machines, the trigger, the encoder. From then on whatever is put into the source bucket is
/// published.
public final class VideoOnDemand implements AutoCloseable {
  /// The bucket that videos are put into.
  public static final String SOURCE = "vod-source";

  /// The bucket that renditions are written to.
  public static final String DESTINATION = "vod-destination";

  static final String TABLE = "vod-videos";
  static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:vod";
  static final String MACHINE = "video-on-demand";
  private static final String CONNECTION = "vod-example";
  private static final String TRIGGER = "vod-uploads";
  private static final String ACTIVITY = "vod-encoder";
  private static final String ROLE = "arn:aws:iam::000000000000:role/vod";

  /// The definitions' own account, in whose place the tenant's goes.
  private static final String EXAMPLE_ACCOUNT = "arn:aws:states:us-east-1:000000000000:";

  private static final JsonMapper JSON = new JsonMapper();

  private final Gradus gradus;
  private final Services services;
  private final String uploads;
  private final String published;
  private final BucketNotifications notifications;
  private @Nullable ActivityWorker worker;
  private @Nullable SfnClient polls;

  /// Something that the tenant must change first.
  public static final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;

    NotReady(String message) {
      super(message);
    }
  }

  /// Makes what belongs to the services. Nothing starts yet.
  public VideoOnDemand(Gradus gradus, Services services) {
    this.gradus = gradus;
    this.services = services;
    services.s3().createBucket(r -> r.bucket(SOURCE));
    services.s3().createBucket(r -> r.bucket(DESTINATION));
    services
        .dynamo()
        .createTable(
            r ->
                r.tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
    uploads = services.sqs().createQueue(r -> r.queueName("vod-uploads")).queueUrl();
    published =
        services
            .sqs()
            .createQueue(
                r ->
                    r.queueName("vod-published.fifo")
                        .attributes(
                            Map.of(
                                QueueAttributeName.FIFO_QUEUE,
                                "true",
                                QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
                                "true")))
            .queueUrl();
    notifications = new BucketNotifications(services.s3(), services.sqs(), SOURCE, uploads);
  }

  /// Makes what belongs to the tenant, and starts the encoder and the trigger.
  ///
  /// @param definitions the folder with the machines' definitions
  /// @param encoder `worker` or `mediaconvert`
  public void start(Path definitions, String encoder)
      throws Gradus.CallRefused, IOException, NotReady {
    connect();
    for (String name : Functions.NAMES) {
      gradus.registerFunction(name, services.functions().url(name));
    }
    String activity = gradus.stepFunctions().createActivity(r -> r.name(ACTIVITY)).activityArn();
    String tenant = activity.substring(0, activity.indexOf("activity:"));
    for (String ending : List.of("-process", "-publish", "")) {
      String definition = Files.readString(definitions.resolve(MACHINE + ending + ".asl.json"));
      gradus.putStateMachine(MACHINE + ending, definition.replace(EXAMPLE_ACCOUNT, tenant));
    }
    polls = gradus.client();
    worker =
        ActivityWorker.of(polls, activity, services.encoder()::encode)
            .name("vod-encoder")
            .concurrency(2)
            .heartbeat(Duration.ofSeconds(15))
            .start();
    gradus.put("/triggers/" + TRIGGER, trigger(tenant + "stateMachine:" + MACHINE, encoder));
    gradus.post("/triggers/" + TRIGGER + "/resume");
  }

  /// The tenant's AWS is on this machine: tasks and the trigger go by its default connection.
  private void connect() throws Gradus.CallRefused, IOException, NotReady {
    for (JsonNode each : gradus.get("/connections").path("connections")) {
      if (each.path("kind").asString("").equals("AWS")
          && each.path("isDefault").asBoolean(false)
          && !each.path("name").asString("").equals(CONNECTION)) {
        throw new NotReady(
            "This tenant's default AWS connection is '"
                + each.path("name").asString("")
                + "', and the example's services are not there. Use another tenant, or delete it.");
      }
    }
    ObjectNode connection = JSON.createObjectNode().put("kind", "AWS").put("isDefault", true);
    connection
        .putObject("settings")
        .put("region", "us-east-1")
        .put("accessKeyId", Services.KEY)
        .put(
            "endpoints",
            new TreeMap<>(services.endpoints())
                .entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("\n")));
    connection.putObject("secrets").put("secretAccessKey", Services.KEY);
    gradus.put("/connections/" + CONNECTION, connection);
  }

  /// What S3 tells of an upload becomes the execution's input, with where everything else is.
  private ObjectNode trigger(String machine, String encoder) {
    String record = "$states.input.detail.body.Records[0].s3.";
    ObjectNode trigger = JSON.createObjectNode().put("stateMachineArn", machine);
    ObjectNode input = trigger.putObject("input");
    input.put("bucket", "{% " + record + "bucket.name %}");
    input.put("key", "{% $decodeUrlComponent($replace(" + record + "object.key, '+', ' ')) %}");
    input.put("eTag", "{% " + record + "object.eTag %}");
    input
        .putObject("settings")
        .put("table", TABLE)
        .put("destination", DESTINATION)
        .put("encoder", encoder)
        .put("archive", "GLACIER")
        .put("packagingGroupId", "vod")
        .put("role", ROLE)
        .put("queueUrl", published)
        .put("topicArn", TOPIC);
    trigger.putObject("queue").put("queueUrl", uploads);
    return trigger;
  }

  /// Puts a video into the source bucket, and nothing more.
  ///
  /// @return the id that the machines give to this upload
  public String upload(Path video, String key) {
    String eTag =
        services.s3().putObject(r -> r.bucket(SOURCE).key(key), video).eTag().replace("\"", "");
    return sha256(SOURCE + "/" + key + "#" + eTag).substring(0, 16);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The video's item; empty before there is one.
  public Map<String, AttributeValue> item(String id) {
    return services
        .dynamo()
        .getItem(
            r ->
                r.tableName(TABLE).consistentRead(true).key(Map.of("id", AttributeValue.fromS(id))))
        .item();
  }

  /// What was told in the queue of published videos so far, taken out of it.
  public List<JsonNode> messages() {
    return services
        .sqs()
        .receiveMessage(r -> r.queueUrl(published).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(
            message -> {
              services
                  .sqs()
                  .deleteMessage(r -> r.queueUrl(published).receiptHandle(message.receiptHandle()));
              return JSON.readTree(message.body());
            })
        .toList();
  }

  Services services() {
    return services;
  }

  URI s3() {
    return services.endpoints().getOrDefault("s3", URI.create("none:"));
  }

  /// Pauses the trigger, whose queue is about to go, and ends the encoder.
  @Override
  public void close() {
    notifications.close();
    if (worker != null) {
      try {
        gradus.post("/triggers/" + TRIGGER + "/pause");
      } catch (Gradus.CallRefused | IOException e) {
        System.err.println("The trigger " + TRIGGER + " is not paused: " + e.getMessage());
      }
    }
    end(worker, polls);
  }

  /// What it was encoding is given to the next one, by the state's heartbeat.
  private static void end(@Nullable ActivityWorker worker, @Nullable SfnClient polls) {
    if (worker == null || polls == null) {
      return;
    }
    Thread ending = Thread.ofVirtual().start(worker::close);
    polls.close(); // or its polls would be sat out
    try {
      ending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
