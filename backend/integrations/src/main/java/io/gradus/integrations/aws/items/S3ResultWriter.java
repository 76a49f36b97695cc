package io.gradus.integrations.aws.items;

import io.gradus.engine.map.ResultFiles;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ResultWriter;
import io.gradus.integrations.Arguments;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.Place;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Writes result files to S3, or to what speaks its API.
public final class S3ResultWriter implements ResultWriter {
  private static final String PUT = "s3:putObject";
  private static final String BUCKET = "Bucket";
  private static final String PREFIX = "Prefix";
  private static final String OWNER = "ExpectedBucketOwner";
  private static final Set<String> FIELDS = Set.of(BUCKET, PREFIX, OWNER);

  /// Of a key, in S3.
  private static final int MAX_KEY = 1_024;

  private final S3Objects objects;
  private final Turns turns;
  private final ItemFigures figures;

  public S3ResultWriter(S3Objects objects, S3ItemReader.Bounds bounds, ItemFigures figures) {
    this.objects = objects;
    this.turns = new Turns(bounds.calls());
    this.figures = figures;
  }

  @Override
  public CompletionStage<Void> write(File file) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("result-writer")
        .start(() -> turns.take(file.execution().tenant(), () -> complete(written, file)));
    return written;
  }

  private void complete(CompletableFuture<Void> written, File file) {
    try {
      put(file);
      figures.written(file.content().length);
      written.complete(null);
    } catch (ItemFailure failure) {
      figures.writeFailed();
      written.completeExceptionally(failure);
    } catch (RuntimeException bug) {
      figures.writeFailed();
      written.completeExceptionally(
          Faults.writer("The results could not be written, by a fault of the server's: " + bug));
    }
  }

  private void put(File file) {
    String resource = file.resource().resourceType() + ":" + file.resource().action();
    if (!resource.equals(PUT)) {
      throw Faults.writer(
          "The resource '%s' can't be written by a ResultWriter; there is %s"
              .formatted(file.resource(), PUT));
    }
    Place place = place(file);
    if (place.key().getBytes(StandardCharsets.UTF_8).length > MAX_KEY) {
      throw Faults.writer("The key of %s is longer than %d bytes".formatted(place, MAX_KEY));
    }
    try {
      objects.put(
          place,
          file.name().endsWith(".jsonl") ? "application/jsonl" : "application/json",
          file.content());
    } catch (S3Objects.Failed failed) {
      throw Faults.writer(place, failed);
    }
  }

  private static Place place(File file) {
    try {
      Arguments arguments = Arguments.of(file.arguments(), FIELDS);
      String prefix = arguments.text(PREFIX);
      return new Place(
          file.execution().tenant(),
          arguments.required(BUCKET),
          ResultFiles.key(prefix == null ? "" : prefix, file.name()),
          null,
          arguments.text(OWNER));
    } catch (InvalidArguments invalid) {
      throw Faults.writer(String.valueOf(invalid.getMessage()));
    }
  }
}
