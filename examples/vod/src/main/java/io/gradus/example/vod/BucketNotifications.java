package io.gradus.example.vod;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tells a queue of every object that is put into a bucket, in S3's own words. S3 does that by
/// itself; S3Mock does not, so this looks twice a second.
final class BucketNotifications implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final S3Client s3;
  private final SqsClient sqs;
  private final String bucket;
  private final String queueUrl;
  private final Set<String> told = new HashSet<>();
  private final Thread looking;

  BucketNotifications(S3Client s3, SqsClient sqs, String bucket, String queueUrl) {
    this.s3 = s3;
    this.sqs = sqs;
    this.bucket = bucket;
    this.queueUrl = queueUrl;
    looking = Thread.ofVirtual().name("bucket-notifications").start(this::lookOn);
  }

  private void lookOn() {
    try {
      while (true) {
        look();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      for (S3Object object : s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents()) {
        if (!told.contains(object.key() + object.eTag())) {
          String event = event(object).toString();
          sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody(event));
          told.add(object.key() + object.eTag());
        }
      }
    } catch (SdkException e) {
      // The next look tells what this one did not.
    }
  }

  private ObjectNode event(S3Object object) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode created =
        event
            .putArray("Records")
            .addObject()
            .put("eventVersion", "2.1")
            .put("eventSource", "aws:s3")
            .put("awsRegion", "us-east-1")
            .put("eventTime", Instant.now().toString())
            .put("eventName", "ObjectCreated:Put");
    ObjectNode where = created.putObject("s3").put("s3SchemaVersion", "1.0");
    where.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
    where
        .putObject("object")
        .put("key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8))
        .put("size", object.size())
        .put("eTag", object.eTag().replace("\"", ""))
        .put(
            "sequencer",
            Long.toHexString(object.lastModified().toEpochMilli()).toUpperCase(Locale.ROOT));
    return event;
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}
