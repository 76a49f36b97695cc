package io.gradus.example.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A small document store: one JSON file per image, durable when a call returns. Documents look
/// like `{"image": …, "metadata": {…}, "tags": […], "thumbnail": {…}}`. Each change reads, merges
/// and replaces under a lock that other processes on the same folder respect.
final class MetadataStore {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;
  // A file lock is held by the process, so threads of this one need a lock of their own in front.
  private final ReentrantLock lock = new ReentrantLock();

  /// Makes the folder where it is missing.
  MetadataStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /// Stores what is known of an image. The tags and thumbnail stay as long as the image's bytes are
  /// the same (its `sha256`), since a task that is dispatched a second time may come after them;
  /// those of an image that was replaced go.
  ///
  /// @return the document as it is now
  ObjectNode putMetadata(ImageName image, ObjectNode metadata) throws FunctionFailure {
    return change(
        image,
        stored -> {
          ObjectNode document =
              stored != null && digest(stored.path("metadata")).equals(digest(metadata))
                  ? stored
                  : JSON.createObjectNode();
          document.put("image", image.value());
          document.set("metadata", metadata.deepCopy());
          return document;
        });
  }

  /// Adds tags, each once and in the order first seen, and sets the thumbnail where one is given.
  ///
  /// @return the document as it is now
  /// @throws FunctionFailure `MetadataNotStored` when the image has no document yet
  ObjectNode addTags(ImageName image, List<String> tags, @Nullable JsonNode thumbnail)
      throws FunctionFailure {
    return change(
        image,
        stored -> {
          if (stored == null) {
            throw FunctionFailure.metadataNotStored(image);
          }
          Set<String> merged = new LinkedHashSet<>();
          stored.path("tags").forEach(tag -> merged.add(tag.asString()));
          merged.addAll(tags);
          ArrayNode array = stored.putArray("tags");
          merged.forEach(array::add);
          if (thumbnail != null) {
            stored.set("thumbnail", thumbnail.deepCopy());
          }
          return stored;
        });
  }

  /// The stored document, or null when there is none.
  @Nullable ObjectNode find(ImageName image) throws FunctionFailure {
    Path file = folder.resolve(fileName(image));
    try {
      return Files.exists(file) ? (ObjectNode) JSON.readTree(Files.readAllBytes(file)) : null;
    } catch (IOException | JacksonException | ClassCastException e) {
      throw FunctionFailure.storageUnavailable(
          "The metadata of the image '" + image + "' could not be read.");
    }
  }

  private interface Change {
    ObjectNode of(@Nullable ObjectNode stored) throws FunctionFailure;
  }

  private ObjectNode change(ImageName image, Change change) throws FunctionFailure {
    lock.lock();
    try (var channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock was lost");
      }
      ObjectNode document = change.of(find(image));
      DurableFile.replace(folder, fileName(image), JSON.writeValueAsBytes(document));
      return document;
    } catch (IOException e) {
      throw FunctionFailure.storageUnavailable(
          "The metadata of the image '" + image + "' could not be stored.");
    } finally {
      lock.unlock();
    }
  }

  private static JsonNode digest(JsonNode metadata) {
    return metadata.path("sha256");
  }

  private static String fileName(ImageName image) {
    return image.fileKey() + ".json";
  }
}
