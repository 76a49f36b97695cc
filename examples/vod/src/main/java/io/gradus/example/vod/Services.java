package io.gradus.example.vod;

import io.gradus.peers.Dynalite;
import io.gradus.peers.ElasticMq;
import io.gradus.peers.S3Mock;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/// AWS on this machine: open programs for S3, SQS and DynamoDB, and our own stand-in for the rest.
public final class Services implements AutoCloseable {
  /// They take any.
  static final String KEY = "local";

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY));

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, URI> endpoints = new LinkedHashMap<>();
  private final S3Client s3;
  private final SqsClient sqs;
  private final DynamoDbClient dynamo;
  private final Storage storage;
  private final EncoderWorker encoder;
  private final Functions functions;
  private final MediaPeer peer;

  /// Starts them all; they end with this process, however it ends.
  public Services(Media media) {
    CompletableFuture<S3Mock> objects = CompletableFuture.supplyAsync(S3Mock::start);
    CompletableFuture<ElasticMq> queues = CompletableFuture.supplyAsync(ElasticMq::start);
    CompletableFuture<Dynalite> tables = CompletableFuture.supplyAsync(Dynalite::start);
    try {
      endpoints.put("s3", part(objects.join()).uri());
      endpoints.put("sqs", part(queues.join()).uri());
      endpoints.put("dynamodb", part(tables.join()).uri());
    } catch (CompletionException e) {
      var _ = objects.thenAccept(S3Mock::close);
      var _ = queues.thenAccept(ElasticMq::close);
      var _ = tables.thenAccept(Dynalite::close);
      throw new IllegalStateException("a service did not start", e.getCause());
    }
    URI at = endpoints.get("s3");
    s3 = part(at("s3", S3Client.builder().forcePathStyle(true)));
    sqs = part(at("sqs", SqsClient.builder()));
    dynamo = part(at("dynamodb", DynamoDbClient.builder()));
    S3Presigner presigner =
        part(
            S3Presigner.builder()
                .endpointOverride(at)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .serviceConfiguration(
                    S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build());
    storage = new Storage(s3, presigner);
    encoder = new EncoderWorker(media, storage);
    functions = part(new Functions(media, storage));
    peer = part(new MediaPeer(new ConvertJobs(encoder, storage)));
    for (String service : new String[] {"sns", "mediaconvert", "mediapackagevod"}) {
      endpoints.put(service, peer.uri());
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  private <B extends AwsClientBuilder<B, C>, C> C at(String service, B builder) {
    return builder
        .endpointOverride(endpoints.get(service))
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  /// Where each is, by its name in an ARN.
  Map<String, URI> endpoints() {
    return Map.copyOf(endpoints);
  }

  /// The buckets.
  public S3Client s3() {
    return s3;
  }

  /// The queues.
  public SqsClient sqs() {
    return sqs;
  }

  DynamoDbClient dynamo() {
    return dynamo;
  }

  /// The buckets, as a worker sees them.
  public Storage storage() {
    return storage;
  }

  EncoderWorker encoder() {
    return encoder;
  }

  Functions functions() {
    return functions;
  }

  /// What stands in for SNS, MediaPackage and MediaConvert.
  public MediaPeer peer() {
    return peer;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("A service did not end well: " + e.getMessage());
      }
    }
  }
}
