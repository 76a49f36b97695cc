package io.gradus.example.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.mediaconvert.MediaConvertClient;
import software.amazon.awssdk.services.mediaconvert.model.BadRequestException;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediaconvert.model.Input;
import software.amazon.awssdk.services.mediaconvert.model.Job;
import software.amazon.awssdk.services.mediaconvert.model.JobSettings;
import software.amazon.awssdk.services.mediaconvert.model.JobStatus;
import software.amazon.awssdk.services.mediaconvert.model.NotFoundException;
import software.amazon.awssdk.services.mediaconvert.model.Output;
import software.amazon.awssdk.services.mediaconvert.model.OutputGroup;
import software.amazon.awssdk.services.mediaconvert.model.VideoDescription;
import software.amazon.awssdk.services.mediapackagevod.MediaPackageVodClient;
import software.amazon.awssdk.services.mediapackagevod.model.CreateAssetRequest;
import software.amazon.awssdk.services.mediapackagevod.model.UnprocessableEntityException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// The stand-in, called by the SDK's own clients.
@Timeout(60)
class MediaPeerTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));

  private final Storage storage =
      new Storage(
          at(NOWHERE, S3Client.builder()),
          S3Presigner.builder()
              .endpointOverride(NOWHERE)
              .region(Region.US_EAST_1)
              .credentialsProvider(KEYS)
              .build());
  private final MediaPeer peer =
      new MediaPeer(new ConvertJobs(new EncoderWorker(new StandInMedia(), storage), storage));

  private static <B extends AwsClientBuilder<B, C>, C> C at(URI uri, B builder) {
    return builder.endpointOverride(uri).region(Region.US_EAST_1).credentialsProvider(KEYS).build();
  }

  @AfterEach
  void close() {
    peer.close();
    storage.s3().close();
    storage.presigner().close();
  }

  @Test
  void whatIsPublishedIsRecordedByTheModel() {
    try (SnsClient sns = at(peer.uri(), SnsClient.builder())) {
      String id =
          sns.publish(
                  r ->
                      r.topicArn("arn:aws:sns:us-east-1:000000000000:t")
                          .subject("S & T")
                          .message("{\"a\": \"ä\"}"))
              .messageId();

      assertThat(id).isNotEmpty();
      assertThat(peer.recorded(PublishRequest.class))
          .containsExactly(
              PublishRequest.builder()
                  .topicArn("arn:aws:sns:us-east-1:000000000000:t")
                  .subject("S & T")
                  .message("{\"a\": \"ä\"}")
                  .build());
      assertThatThrownBy(() -> sns.publish(r -> r.topicArn("none").message("m")))
          .isInstanceOf(InvalidParameterException.class);
      assertThat(peer.recorded(PublishRequest.class)).hasSize(1);
    }
  }

  @Test
  void anAssetIsMadeOnceAndCanBeFound() {
    try (MediaPackageVodClient vod = at(peer.uri(), MediaPackageVodClient.builder())) {
      CreateAssetRequest request =
          CreateAssetRequest.builder()
              .id("v1")
              .packagingGroupId("g")
              .sourceArn("arn:aws:s3:::b/v1/index.smil")
              .sourceRoleArn("arn:aws:iam::000000000000:role/r")
              .build();

      assertThat(vod.createAsset(request).egressEndpoints()).hasSize(1);
      assertThatThrownBy(() -> vod.createAsset(request))
          .isInstanceOf(UnprocessableEntityException.class);
      assertThat(vod.describeAsset(r -> r.id("v1")).egressEndpoints().getFirst().url())
          .endsWith("/v1/index.m3u8");
      assertThat(peer.recorded(CreateAssetRequest.class)).containsExactly(request);
    }
  }

  @Test
  void aJobIsOneForItsTokenAndEndsWithItsError() {
    try (MediaConvertClient convert = at(peer.uri(), MediaConvertClient.builder())) {
      Job first = convert.createJob(job("token")).job();
      Job again = convert.createJob(job("token")).job();

      assertThat(again.id()).isEqualTo(first.id());
      Job now = first;
      while (now.status() != JobStatus.ERROR) {
        LockSupport.parkNanos(20_000_000);
        now = convert.getJob(r -> r.id(first.id())).job();
      }
      assertThat(now.errorMessage()).startsWith("Encoder.Unsupported");
      convert.cancelJob(r -> r.id(first.id()));
      assertThat(convert.getJob(r -> r.id(first.id())).job().status()).isEqualTo(JobStatus.ERROR);
      assertThatThrownBy(() -> convert.getJob(r -> r.id("none")))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(
              () -> convert.createJob(r -> r.role("r").settings(JobSettings.builder().build())))
          .isInstanceOf(BadRequestException.class);
    }
  }

  private static CreateJobRequest job(String token) {
    VideoDescription video =
        VideoDescription.builder()
            .width(256)
            .height(144)
            .codecSettings(c -> c.h264Settings(h -> h.bitrate(200_000)))
            .build();
    OutputGroup group =
        OutputGroup.builder()
            .outputGroupSettings(
                o ->
                    o.type("FILE_GROUP_SETTINGS")
                        .fileGroupSettings(f -> f.destination("s3://b/out/")))
            .outputs(Output.builder().nameModifier("_144p").videoDescription(video).build())
            .build();
    return CreateJobRequest.builder()
        .role("arn:aws:iam::000000000000:role/r")
        .clientRequestToken(token)
        .settings(
            JobSettings.builder()
                .inputs(Input.builder().fileInput("s3://b/in.mp4").build())
                .outputGroups(group)
                .build())
        .build();
  }

  @Test
  void whatTheModelDoesNotHaveIsRefused() throws Exception {
    for (String body :
        new String[] {
          "{\"role\": \"r\", \"settings\": {\"nonsense\": 1}}",
          "{\"role\": 1, \"settings\": {}}",
          "{\"settings\": {}}",
          "[]",
          "no json"
        }) {
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(peer.uri().resolve("/2017-08-29/jobs"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("BadRequestException");
      }
    }
    assertThat(peer.recorded(CreateJobRequest.class)).isEmpty();
  }
}
