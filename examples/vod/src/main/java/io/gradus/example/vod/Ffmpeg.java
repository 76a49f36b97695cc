package io.gradus.example.vod;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Videos by `ffmpeg` and `ffprobe`, in processes that end with whoever waits for them.
public final class Ffmpeg implements Media {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LOOK = Duration.ofSeconds(50);
  private static final Duration WORK = Duration.ofHours(2);
  private static final int MOST_SAID = 2_000;

  /// Nothing but the web: a playlist in the place of a video must not read this machine's files.
  private static final List<String> ONLY_WEB = List.of("-protocol_whitelist", "http,https,tcp,tls");

  /// Whether both programs are on the path.
  public static boolean isThere() {
    return works("ffmpeg") && works("ffprobe");
  }

  private static boolean works(String program) {
    try {
      Process process =
          new ProcessBuilder(program, "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean isReal() {
    return true;
  }

  @Override
  public JsonNode inspect(URI source) throws Unusable, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error"));
    command.addAll(ONLY_WEB);
    command.addAll(
        List.of("-print_format", "json", "-show_format", "-show_streams", checked(source)));
    JsonNode found;
    try {
      found = JSON.readTree(run(command, LOOK));
    } catch (JacksonException e) {
      throw new Unusable("ffprobe said nothing that can be read");
    }
    JsonNode picture = stream(found, "video");
    JsonNode sound = stream(found, "audio");
    ObjectNode media = JSON.createObjectNode();
    media.put("container", found.at("/format/format_name").asString("unknown").split(",")[0]);
    media.put("durationSeconds", seconds(found.at("/format/duration").asString("0")));
    media.put("width", picture.path("width").asInt(0));
    media.put("height", picture.path("height").asInt(0));
    media.put("videoCodec", picture.path("codec_name").asString("none"));
    if (sound.has("codec_name")) {
      media.put("audioCodec", sound.path("codec_name").asString(""));
    }
    return media;
  }

  /// The first stream of a kind; cover pictures of sound files are none.
  private static JsonNode stream(JsonNode found, String kind) {
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("codec_type").asString("").equals(kind)
          && stream.at("/disposition/attached_pic").asInt(0) == 0) {
        return stream;
      }
    }
    return JSON.createObjectNode();
  }

  private static double seconds(String text) {
    try {
      return Math.round(Double.parseDouble(text) * 1_000) / 1_000.0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public void encode(URI source, Size size, Path into) throws Unusable, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-y", "-loglevel", "error"));
    command.addAll(ONLY_WEB);
    command.addAll(List.of("-i", checked(source)));
    command.addAll(List.of("-map", "0:v:0", "-map", "0:a:0?"));
    command.addAll(List.of("-vf", "scale=" + size.width() + ":" + size.height() + ",setsar=1"));
    command.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-b:v", size.kbps() + "k", "-maxrate", size.kbps() + "k"));
    command.addAll(List.of("-bufsize", 2 * size.kbps() + "k", "-threads", "2"));
    command.addAll(List.of("-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"));
    command.addAll(List.of("-f", "mp4", into.toString()));
    run(command, WORK);
  }

  private static String checked(URI source) throws Unusable {
    if (!Set.of("http", "https").contains(String.valueOf(source.getScheme()))) {
      throw new Unusable("a source is read over HTTP");
    }
    return source.toString();
  }

  private static String run(List<String> command, Duration most)
      throws Unusable, InterruptedException {
    Path out = null;
    Path faults = null;
    Process process = null;
    try {
      out = Files.createTempFile("vod", ".out");
      faults = Files.createTempFile("vod", ".err");
      process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(faults.toFile())
              .start();
      if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
        throw new Unusable(command.getFirst() + " took longer than " + most.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new Unusable(said(command.getFirst(), faults));
      }
      return Files.readString(out);
    } catch (IOException e) {
      throw new Unusable(command.getFirst() + " could not be run: " + e.getMessage());
    } finally {
      if (process != null && process.isAlive()) {
        process.destroyForcibly();
      }
      delete(out);
      delete(faults);
    }
  }

  /// What it said, without the address: its signature is good for hours.
  private static String said(String program, Path faults) throws IOException {
    String said = new String(Files.readAllBytes(faults), StandardCharsets.UTF_8);
    String bare = said.replaceAll("https?://\\S+", "the source").strip();
    return program + ": " + bare.substring(0, Math.min(bare.length(), MOST_SAID));
  }

  private static void delete(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A temporary file: the system tidies up.
    }
  }

  /// A video of a few seconds: a moving test picture and a tone.
  public static void sample(Path into, int seconds, int width, int height)
      throws InterruptedException {
    try {
      run(
          List.of(
              "ffmpeg",
              "-nostdin",
              "-y",
              "-loglevel",
              "error",
              "-f",
              "lavfi",
              "-i",
              "testsrc=duration=" + seconds + ":size=" + width + "x" + height + ":rate=25",
              "-f",
              "lavfi",
              "-i",
              "sine=frequency=440:duration=" + seconds,
              "-c:v",
              "libx264",
              "-preset",
              "ultrafast",
              "-pix_fmt",
              "yuv420p",
              "-c:a",
              "aac",
              "-shortest",
              "-f",
              "mp4",
              into.toString()),
          LOOK);
    } catch (Unusable e) {
      throw new IllegalStateException("no sample could be made", e);
    }
  }
}
