package io.gradus.example.vod;

import io.gradus.worker.ActivityFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Does the tasks of the activity `vod-encoder`: reads a source by its signed address, and writes a
/// rendition into a bucket. Doing one twice leaves the same object.
final class EncoderWorker {
  private static final JsonMapper JSON = new JsonMapper();

  private final Media media;
  private final Storage storage;

  EncoderWorker(Media media, Storage storage) {
    this.media = media;
    this.storage = storage;
  }

  /// Encodes one rendition.
  ///
  /// @param input `source`, `destination` (`bucket`, `key`), `width`, `height`, `kbps`
  /// @return `bucket`, `key`, `bytes` and `durationSeconds`
  String encode(String input) throws ActivityFailure, InterruptedException {
    JsonNode task;
    Media.Size size;
    URI source;
    try {
      task = JSON.readTree(input);
      size =
          new Media.Size(
              task.path("width").asInt(0),
              task.path("height").asInt(0),
              task.path("kbps").asInt(0));
      source = URI.create(task.path("source").asString(""));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new ActivityFailure("Encoder.InvalidTask", String.valueOf(e.getMessage()));
    }
    String bucket = task.at("/destination/bucket").asString("");
    String key = task.at("/destination/key").asString("");
    if (bucket.isEmpty() || key.isEmpty() || !storage.isOurs(source)) {
      throw new ActivityFailure(
          "Encoder.InvalidTask", "a task needs a source in the storage, and a destination");
    }
    return convert(source, size, bucket, key).toString();
  }

  /// The same for whoever knows what it is to be.
  ObjectNode convert(URI source, Media.Size size, String bucket, String key)
      throws ActivityFailure, InterruptedException {
    Path file = null;
    try {
      file = Files.createTempFile("rendition", ".mp4");
      media.encode(source, size, file);
      storage.put(file, bucket, key);
      double seconds =
          media
              .inspect(storage.signed(bucket, key, java.time.Duration.ofMinutes(5)))
              .path("durationSeconds")
              .asDouble(0);
      return JSON.createObjectNode()
          .put("bucket", bucket)
          .put("key", key)
          .put("bytes", Files.size(file))
          .put("durationSeconds", seconds);
    } catch (Media.Unusable e) {
      throw new ActivityFailure("Encoder.Unsupported", String.valueOf(e.getMessage()));
    } catch (IOException | SdkException e) {
      throw new ActivityFailure("Encoder.StorageUnavailable", String.valueOf(e.getMessage()));
    } finally {
      delete(file);
    }
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
}
