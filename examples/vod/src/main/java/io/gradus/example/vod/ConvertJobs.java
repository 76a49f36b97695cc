package io.gradus.example.vod;

import io.gradus.worker.ActivityFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediaconvert.model.Job;
import software.amazon.awssdk.services.mediaconvert.model.JobSettings;
import software.amazon.awssdk.services.mediaconvert.model.JobStatus;
import software.amazon.awssdk.services.mediaconvert.model.Output;
import software.amazon.awssdk.services.mediaconvert.model.OutputGroup;
import software.amazon.awssdk.services.mediaconvert.model.VideoDescription;

/// Jobs of MediaConvert, done one at a time by the same encoder as the worker's: one input, and
/// groups of MP4 files. A job that is asked for again with its token is the same job.
final class ConvertJobs implements AutoCloseable {
  private static final Pattern OBJECT = Pattern.compile("s3://([^/]+)/(.+)");
  private static final int MOST_JOBS = 1_000;

  private final EncoderWorker encoder;
  private final Storage storage;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<String, String> byToken = new ConcurrentHashMap<>();
  private final Map<String, Future<?>> running = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final ExecutorService encoding = Executors.newSingleThreadExecutor();

  ConvertJobs(EncoderWorker encoder, Storage storage) {
    this.encoder = encoder;
    this.storage = storage;
  }

  /// @throws IllegalArgumentException with a sentence, where it asks for what is not done here
  synchronized Job create(CreateJobRequest request) {
    String token = request.clientRequestToken();
    Job before = token == null ? null : jobs.get(byToken.getOrDefault(token, ""));
    if (before != null) {
      return before;
    }
    check(request.settings());
    if (jobs.size() >= MOST_JOBS) {
      throw new IllegalArgumentException("There are " + MOST_JOBS + " jobs already");
    }
    String id = Instant.now().toEpochMilli() + "-" + String.format("%06x", made.incrementAndGet());
    Job job =
        Job.builder()
            .id(id)
            .arn("arn:aws:mediaconvert:us-east-1:000000000000:jobs/" + id)
            .role(request.role())
            .settings(request.settings())
            .userMetadata(request.userMetadata())
            .createdAt(Instant.now())
            .status(JobStatus.SUBMITTED)
            .build();
    jobs.put(id, job);
    if (token != null) {
      byToken.put(token, id);
    }
    running.put(id, encoding.submit(() -> perform(job)));
    return job;
  }

  @Nullable Job find(String id) {
    return jobs.get(id);
  }

  /// Ends a job that has not ended.
  synchronized void cancel(String id) {
    Future<?> work = running.remove(id);
    if (work != null) {
      work.cancel(true);
    }
    jobs.computeIfPresent(
        id,
        (_, job) ->
            job.status() == JobStatus.COMPLETE || job.status() == JobStatus.ERROR
                ? job
                : job.toBuilder().status(JobStatus.CANCELED).build());
  }

  private void perform(Job job) {
    become(job.id(), job.toBuilder().status(JobStatus.PROGRESSING));
    try {
      Matcher input = object(job.settings().inputs().getFirst().fileInput());
      URI source = storage.signed(input.group(1), input.group(2), Duration.ofHours(2));
      for (OutputGroup group : job.settings().outputGroups()) {
        String to = group.outputGroupSettings().fileGroupSettings().destination();
        for (Output output : group.outputs()) {
          Matcher file = object(named(to, input.group(2)) + output.nameModifier() + ".mp4");
          encoder.convert(source, size(output.videoDescription()), file.group(1), file.group(2));
        }
      }
      become(job.id(), job.toBuilder().status(JobStatus.COMPLETE).jobPercentComplete(100));
    } catch (ActivityFailure e) {
      become(
          job.id(),
          job.toBuilder()
              .status(JobStatus.ERROR)
              .errorCode(1_404)
              .errorMessage(e.error() + ": " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.remove(job.id());
    }
  }

  /// What was canceled stays so.
  private void become(String id, Job.Builder next) {
    jobs.computeIfPresent(id, (_, now) -> now.status() == JobStatus.CANCELED ? now : next.build());
  }

  /// A destination that ends in a slash is a folder, and the file has the input's name.
  private static String named(String destination, String input) {
    String file = input.substring(input.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return destination.endsWith("/")
        ? destination + (dot < 0 ? file : file.substring(0, dot))
        : destination;
  }

  private static void check(JobSettings settings) {
    if (settings.inputs().size() != 1 || settings.outputGroups().isEmpty()) {
      throw new IllegalArgumentException("/settings: one input and an output group are needed");
    }
    object(String.valueOf(settings.inputs().getFirst().fileInput()));
    for (OutputGroup group : settings.outputGroups()) {
      if (group.outputGroupSettings() == null
          || group.outputGroupSettings().fileGroupSettings() == null) {
        throw new IllegalArgumentException("/outputGroups: only file groups are made here");
      }
      object(
          named(
              String.valueOf(group.outputGroupSettings().fileGroupSettings().destination()), "x"));
      for (Output output : group.outputs()) {
        if (output.nameModifier() == null) {
          throw new IllegalArgumentException("/outputs: a name modifier is needed");
        }
        size(output.videoDescription());
      }
    }
  }

  private static Media.Size size(@Nullable VideoDescription video) {
    if (video == null
        || video.width() == null
        || video.height() == null
        || video.codecSettings() == null
        || video.codecSettings().h264Settings() == null
        || video.codecSettings().h264Settings().bitrate() == null) {
      throw new IllegalArgumentException(
          "/videoDescription: width, height and an H.264 bitrate are needed");
    }
    int kbps = Math.max(1, video.codecSettings().h264Settings().bitrate() / 1_000);
    return new Media.Size(video.width(), video.height(), kbps);
  }

  private static Matcher object(String text) {
    Matcher matcher = OBJECT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected s3://BUCKET/KEY, found '" + text + "'");
    }
    return matcher;
  }

  @Override
  public void close() {
    encoding.shutdownNow();
  }
}
