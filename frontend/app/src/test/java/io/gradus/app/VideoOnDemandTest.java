package io.gradus.app;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gradus.example.vod.AccessKey;
import io.gradus.example.vod.Ffmpeg;
import io.gradus.example.vod.Gradus;
import io.gradus.example.vod.Services;
import io.gradus.example.vod.VideoOnDemand;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediapackagevod.model.CreateAssetRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The example of video on demand as `./gradus example vod` runs it: a video that is put into a
/// bucket is converted and published, on the real services' stand-ins, also where the node is
/// killed in the middle.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VideoOnDemandTest {
  private static final Path DEFINITIONS = Path.of("../../examples/vod");
  private static final AccessKey KEY = new AccessKey("AKIAVIDEO", "video-video-video-video");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Ffmpeg media = new Ffmpeg();
  private Path data;
  private Path sample;
  private int port;
  private GradusProcess process;
  private Gradus gradus;
  private @Nullable Services services;
  private VideoOnDemand system;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    if (!Ffmpeg.isThere()) {
      System.err.println("SKIPPED: video on demand: there is no ffmpeg (apt-get install ffmpeg)");
      abort("there is no ffmpeg");
    }
    data = directory.resolve("data");
    sample = directory.resolve("sample.mp4");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    process = gradus();
    CompletableFuture<Services> starting = CompletableFuture.supplyAsync(() -> new Services(media));
    Ffmpeg.sample(sample, 3, 640, 360);
    Services started;
    try {
      started = starting.join();
    } catch (RuntimeException e) {
      System.err.println("SKIPPED: video on demand: " + e.getMessage());
      abort("the services can't be had: " + e.getMessage());
      throw e;
    }
    services = started;
    gradus = new Gradus(URI.create(process.address()), "us-east-1", KEY);
    system = new VideoOnDemand(gradus, started);
    system.start(DEFINITIONS, "worker");
  }

  private GradusProcess gradus() {
    return GradusProcess.start(
        data,
        Map.of(
            "GRADUS_BOOTSTRAP_ACCESS_KEY_ID", KEY.id(),
            "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY", KEY.secret(),
            "GRADUS_EGRESS_ALLOW", "127.0.0.0/8"),
        "--gradus.port=" + port);
  }

  @AfterAll
  void stop() {
    if (services != null) {
      system.close();
      gradus.close();
      services.close();
    }
    if (process != null) {
      process.close();
    }
  }

  @Test
  @Order(1)
  void anUploadIsPublishedOnceAlthoughItsNodeIsKilled() throws Exception {
    // given
    String id = system.upload(sample, "uploads/harbour tour.mp4");
    await("renditions", () -> status(id).equals("PROCESSED"));

    // when it is about to publish, or does
    process.kill();
    process = gradus();
    process.address();

    // then
    await("the publication", () -> status(id).equals("PUBLISHED"));
    assertThat(probed(id)).containsExactlyInAnyOrder("256x144", "426x240", "640x360");
    Map<String, AttributeValue> item = system.item(id);
    assertThat(value(item, "source").s()).isEqualTo("s3://vod-source/uploads/harbour tour.mp4");
    assertThat(value(value(item, "media").m(), "videoCodec").s()).isEqualTo("h264");
    assertThat(value(item, "renditions").l()).hasSize(3);
    assertThat(value(item, "archived").s()).isEqualTo("GLACIER");
    assertThat(
            started()
                .s3()
                .getObjectTagging(
                    r -> r.bucket(VideoOnDemand.SOURCE).key("uploads/harbour tour.mp4"))
                .tagSet())
        .contains(Tag.builder().key("archive").value("GLACIER").build());
    assertThat(started().peer().recorded(CreateAssetRequest.class))
        .singleElement()
        .satisfies(
            asset -> {
              assertThat(asset.id()).isEqualTo(id);
              assertThat(asset.sourceArn()).endsWith("/" + id + "/index.smil");
            });
    DescribeExecutionResponse ingest = only("video-on-demand");
    assertThat(ingest.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(JSON.readTree(ingest.output()).path("id").asString()).isEqualTo(id);
    for (String child : List.of("video-on-demand-process", "video-on-demand-publish")) {
      DescribeExecutionResponse execution = only(child);
      assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(
              JSON.readTree(execution.input())
                  .path("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID")
                  .asString())
          .isEqualTo(ingest.executionArn());
    }
    assertThat(told("Video ingested", id)).isEqualTo(1);
    assertThat(told("Video published", id)).as("SNS knows no repetition").isBetween(1L, 2L);
    List<JsonNode> messages = system.messages();
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().path("status").asString()).isEqualTo("PUBLISHED");
  }

  @Test
  @Order(2)
  void mediaConvertEncodesAsWellAndWhatIsNoVideoIsToldAsFailed(@TempDir Path directory)
      throws Exception {
    // given
    Path sound = directory.resolve("sound.mp4");
    Files.write(sound, new byte[] {0, 1, 2, 3});
    system.start(DEFINITIONS, "mediaconvert");

    // when
    String id = system.upload(sample, "uploads/again.mp4");
    String bad = system.upload(sound, "uploads/sound.mp4");

    // then
    await("the publication", () -> status(id).equals("PUBLISHED"));
    assertThat(probed(id)).containsExactlyInAnyOrder("256x144", "426x240", "640x360");
    assertThat(started().peer().recorded(CreateJobRequest.class))
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.role()).isEqualTo("arn:aws:iam::000000000000:role/vod");
              assertThat(job.userMetadata()).containsEntry("video", id);
              assertThat(job.settings().outputGroups().getFirst().outputs()).hasSize(3);
            });
    await("the failure", () -> status(bad).equals("FAILED"));
    assertThat(value(value(system.item(bad), "failure").m(), "error").s())
        .isEqualTo("Media.Unreadable");
    await("word of it", () -> told("Video failed", bad) == 1);
    String executionArn = value(system.item(bad), "executionArn").s();
    await("its end", () -> described(executionArn).status() == ExecutionStatus.FAILED);
    assertThat(described(executionArn).error()).isEqualTo("Media.Unreadable");
    assertThat(described(executionArn).cause()).doesNotContain("X-Amz-Signature");
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private Services started() {
    Services now = services;
    if (now == null) {
      throw new IllegalStateException("expected services");
    }
    return now;
  }

  private String status(String id) {
    AttributeValue status = system.item(id).get("status");
    return status == null ? "" : status.s();
  }

  /// Sizes of what was written, each looked at by ffprobe.
  private List<String> probed(String id) throws Exception {
    List<String> sizes = new ArrayList<>();
    for (S3Object object :
        started()
            .s3()
            .listObjectsV2(r -> r.bucket(VideoOnDemand.DESTINATION).prefix(id + "/"))
            .contents()) {
      if (object.key().endsWith(".mp4")) {
        JsonNode found =
            media.inspect(
                started()
                    .storage()
                    .signed(VideoOnDemand.DESTINATION, object.key(), Duration.ofMinutes(5)));
        assertThat(found.path("durationSeconds").asDouble()).isBetween(2.9, 3.2);
        assertThat(found.path("videoCodec").asString()).isEqualTo("h264");
        assertThat(found.path("audioCodec").asString()).isEqualTo("aac");
        sizes.add(found.path("width").asInt() + "x" + found.path("height").asInt());
      }
    }
    return sizes;
  }

  private long told(String subject, String id) {
    return started().peer().recorded(PublishRequest.class).stream()
        .filter(
            each ->
                subject.equals(each.subject())
                    && JSON.readTree(each.message()).path("id").asString("").equals(id))
        .count();
  }

  /// The machine's only execution, once it has ended.
  private DescribeExecutionResponse only(String machine) {
    String arn = "arn:aws:states:us-east-1:000000000000:stateMachine:" + machine;
    List<ExecutionListItem> all =
        gradus.stepFunctions().listExecutions(r -> r.stateMachineArn(arn)).executions();
    assertThat(all).as(machine).hasSize(1);
    String execution = all.getFirst().executionArn();
    await("the end of " + machine, () -> described(execution).status() != ExecutionStatus.RUNNING);
    return described(execution);
  }

  private DescribeExecutionResponse described(String execution) {
    return gradus.stepFunctions().describeExecution(r -> r.executionArn(execution));
  }
}
