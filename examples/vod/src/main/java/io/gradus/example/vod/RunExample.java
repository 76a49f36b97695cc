package io.gradus.example.vod;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediapackagevod.model.CreateAssetRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// What `./gradus example vod` runs: starts services and encoder, sets the system up beside a
/// running Gradus, puts a video into the bucket, and shows what came of it.
public final class RunExample {
  private static final String LOOPBACK_HINT =
      "The example's services listen on 127.0.0.1, which Gradus does not call unless it is told to:"
          + " start it with GRADUS_EGRESS_ALLOW=127.0.0.0/8 ./gradus run";

  private final RunOptions options;
  private final PrintStream out;

  private RunExample(RunOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// Exits with 0 when the video was published, with 1 when it was not, and with 2 when the
  /// arguments are not understood.
  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(RunOptions.USAGE);
      return;
    }
    try {
      var options = RunOptions.parse(List.of(args), System.getenv());
      System.exit(new RunExample(options, System.out).run());
    } catch (RunOptions.Refused e) {
      System.err.println(e.getMessage());
      System.err.print(RunOptions.USAGE);
      System.exit(2);
    }
  }

  private int run() throws InterruptedException {
    Media media = Ffmpeg.isThere() ? new Ffmpeg() : new StandInMedia();
    if (!media.isReal()) {
      out.println(
          "There is no ffmpeg on this machine: videos are NOT CONVERTED, renditions are copies of"
              + " the source. (apt-get install ffmpeg)");
    }
    out.println("Starting S3Mock, ElasticMQ, Dynalite and the stand-ins …");
    RunOptions.Target target = options.gradus();
    try (Gradus gradus = new Gradus(target.endpoint(), target.region(), target.accessKey());
        Services services = new Services(media);
        VideoOnDemand system = new VideoOnDemand(gradus, services)) {
      system.start(options.example(), options.encoder());
      boolean fine = publish(system, media);
      if (options.serve()) {
        serve(system);
      }
      return fine ? 0 : 1;
    } catch (Gradus.CallRefused e) {
      out.println("Gradus refused: " + e.getMessage());
      if (e.status() == 400 || e.status() == 403) {
        out.println(LOOPBACK_HINT);
      }
    } catch (VideoOnDemand.NotReady | IllegalStateException e) {
      out.println(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
    } catch (SdkException e) {
      out.println("A call did not succeed: " + e.getMessage());
    } catch (IOException e) {
      out.println("Gradus at " + target.endpoint() + " or a file cannot be reached: " + e);
    }
    return 1;
  }

  private boolean publish(VideoOnDemand system, Media media)
      throws IOException, InterruptedException {
    Files.createDirectories(options.output());
    Path video = options.video();
    if (video == null) {
      video = options.output().resolve("sample.mp4");
      if (media.isReal()) {
        Ffmpeg.sample(video, 3, 1280, 720);
      } else {
        Files.writeString(video, "In the place of a video.");
      }
    }
    String key = "uploads/" + video.getFileName();
    String id = system.upload(video, key);
    out.println("Uploaded s3://" + VideoOnDemand.SOURCE + "/" + key + "; the trigger takes it up.");
    Map<String, AttributeValue> item = awaited(system, id);
    show(system, id, key, item);
    return text(item, "status").equals("PUBLISHED");
  }

  private Map<String, AttributeValue> awaited(VideoOnDemand system, String id)
      throws InterruptedException {
    long until = System.nanoTime() + options.patience().toNanos();
    String last = "";
    while (true) {
      Map<String, AttributeValue> item = system.item(id);
      String status = text(item, "status");
      if (!status.equals(last)) {
        out.println("  " + status);
        last = status;
      }
      if (List.of("PUBLISHED", "FAILED").contains(status) || System.nanoTime() > until) {
        Thread.sleep(Duration.ofSeconds(1)); // it tells others yet
        return item;
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private void show(VideoOnDemand system, String id, String key, Map<String, AttributeValue> item)
      throws IOException {
    if (item.isEmpty()) {
      out.println("Nothing has begun. " + LOOPBACK_HINT);
      return;
    }
    out.println();
    out.println("Item       " + id + " " + text(item, "status"));
    if (item.containsKey("failure")) {
      out.println("Failure    " + text(item.get("failure").m(), "error"));
      out.println("           " + text(item.get("failure").m(), "cause"));
    }
    for (S3Object object :
        system
            .services()
            .s3()
            .listObjectsV2(r -> r.bucket(VideoOnDemand.DESTINATION).prefix(id + "/"))
            .contents()) {
      Path copy = options.output().resolve(object.key().substring(id.length() + 1));
      Files.deleteIfExists(copy);
      system
          .services()
          .s3()
          .getObject(r -> r.bucket(VideoOnDemand.DESTINATION).key(object.key()), copy);
      out.printf("Written    %s (%,d bytes)%n", copy, object.size());
    }
    List<Tag> tags =
        system
            .services()
            .s3()
            .getObjectTagging(r -> r.bucket(VideoOnDemand.SOURCE).key(key))
            .tagSet();
    tags.forEach(tag -> out.println("Tag        " + tag.key() + "=" + tag.value()));
    MediaPeer peer = system.services().peer();
    peer.recorded(CreateJobRequest.class)
        .forEach(
            job -> out.println("Job        " + job.settings().outputGroups().size() + " group"));
    peer.recorded(CreateAssetRequest.class)
        .forEach(asset -> out.println("Asset      " + asset.sourceArn()));
    peer.recorded(PublishRequest.class)
        .forEach(told -> out.println("Announced  " + told.subject() + ": " + told.message()));
    system.messages().forEach(message -> out.println("Message    " + message));
    String execution = text(item, "executionArn");
    String[] parts = execution.split(":");
    if (parts.length > 7) {
      out.println(
          "Execution  "
              + options.gradus().endpoint()
              + "/t/"
              + parts[4]
              + "/executions/"
              + parts[6]
              + "/"
              + parts[7]);
    }
  }

  private void serve(VideoOnDemand system) throws InterruptedException {
    out.println();
    out.println("Serving until it is stopped (Ctrl-C). Publish more with, in another terminal:");
    out.println(
        "  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws --endpoint-url "
            + system.s3()
            + " s3 cp VIDEO s3://"
            + VideoOnDemand.SOURCE
            + "/uploads/");
    Runtime.getRuntime().addShutdownHook(new Thread(system::close));
    Thread.sleep(Duration.ofDays(365_000));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }
}
