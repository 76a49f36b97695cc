package io.gradus.integrations.aws.items;

import io.gradus.asl.model.Resource;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ItemReader.Page;
import io.gradus.engine.port.ItemReader.Query;
import io.gradus.engine.port.ResultWriter;
import io.gradus.integrations.CallMeter;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.egress.EgressClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Readers and writers of one tenant, whose S3 is where a test says.
final class ItemsOfS3 implements AutoCloseable {
  private final EgressClient egress = EgressClient.ofOperator();
  private final AwsCalls calls;
  private final S3Objects objects;
  private final S3ItemReader.Bounds bounds;
  final ItemFigures figures = new ItemFigures();

  ItemsOfS3(@Nullable URI endpoint) {
    this(endpoint, S3ItemReader.Bounds.DEFAULT);
  }

  ItemsOfS3(@Nullable URI endpoint, S3ItemReader.Bounds bounds) {
    this.bounds = bounds;
    AwsConnection connection =
        new AwsConnection(
            UUID.randomUUID().toString(),
            "us-east-1",
            endpoint,
            Map.of(),
            new AwsConnection.Keys("AKIDCANARY", "canary-secret-key", null),
            null,
            true);
    calls =
        new AwsCalls(
            _ -> endpoint == null ? Optional.empty() : Optional.of(connection),
            ItemsOfS3.class.getClassLoader(),
            egress,
            egress,
            CallMeter.NONE);
    objects = new S3Objects(calls);
  }

  /// A reader that nothing was read with, as after a crash.
  S3ItemReader reader() {
    return new S3ItemReader(objects, bounds, figures);
  }

  static Query query(
      String action, String config, String arguments, byte @Nullable [] cursor, int maxItems) {
    return new Query(
        Invocations.EXECUTION,
        Invocations.EXECUTION_ARN,
        new Resource("arn:aws:states:::s3:" + action),
        PayloadJson.MAPPER.readTree(config),
        PayloadJson.MAPPER.readTree(arguments),
        cursor,
        maxItems,
        1 << 20);
  }

  static Page page(ItemReader reader, Query query) {
    return outcome(reader.read(query));
  }

  /// All items in pages of so many. Every other page is read by another reader.
  List<String> all(String action, String config, String arguments, int maxItems) {
    List<String> items = new ArrayList<>();
    try (S3ItemReader one = reader();
        S3ItemReader other = reader()) {
      byte[] cursor = null;
      for (int number = 0; ; number++) {
        Page page =
            page(number % 4 < 2 ? one : other, query(action, config, arguments, cursor, maxItems));
        if (page.items().size() > maxItems || (page.items().isEmpty() && page.next() != null)) {
          throw new AssertionError("found a page of " + page.items().size());
        }
        page.items().stream().map(item -> item.value().toString()).forEach(items::add);
        cursor = page.next();
        if (cursor == null) {
          return items;
        }
        if (cursor.length > 64 * 1024) {
          throw new AssertionError("found a cursor of " + cursor.length + " bytes");
        }
      }
    }
  }

  /// Where all items lie, in pages of two.
  List<String> sources(String action, String config, String arguments) {
    List<String> sources = new ArrayList<>();
    try (S3ItemReader reader = reader()) {
      byte[] cursor = null;
      do {
        Page page = page(reader, query(action, config, arguments, cursor, 2));
        page.items().forEach(item -> sources.add(item.source()));
        cursor = page.next();
      } while (cursor != null);
    }
    return sources;
  }

  /// Why the first page can't be read.
  ItemFailure failure(String action, String config, String arguments) {
    try (S3ItemReader reader = reader()) {
      return failure(() -> page(reader, query(action, config, arguments, null, 10)));
    }
  }

  static ItemFailure failure(Supplier<?> work) {
    try {
      throw new AssertionError("expected a failure, found " + work.get());
    } catch (ItemFailure failure) {
      return failure;
    }
  }

  void write(String arguments, String name, byte[] content) {
    outcome(
        new S3ResultWriter(objects, bounds, figures)
            .write(
                new ResultWriter.File(
                    Invocations.EXECUTION,
                    Invocations.EXECUTION_ARN,
                    new Resource("arn:aws:states:::s3:putObject"),
                    PayloadJson.MAPPER.readTree(arguments),
                    name,
                    content)));
  }

  private static <T> T outcome(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ItemFailure failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    calls.close();
    egress.close();
  }
}
