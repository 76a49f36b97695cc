package io.gradus.engine.port;

import io.gradus.asl.model.Resource;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the items of a distributed Map from where they lie, a page at a time.
public interface ItemReader {
  /// Reads on from where an earlier page ended. Equal queries give equal pages as long as the
  /// source does not change; one that did change between two pages is a failure.
  ///
  /// Completes exceptionally with an [ItemFailure] alone.
  CompletionStage<Page> read(Query query);

  /// @param execution the execution whose Map reads; its tenant's connection is used
  /// @param resource the reader's `Resource`
  /// @param config the evaluated `ReaderConfig`, without `MaxItems`; an empty object where absent
  /// @param arguments the evaluated `Parameters` or `Arguments`
  /// @param cursor what the page before said; null for the first page
  /// @param maxItems of this page, at least 1
  /// @param maxBytes of this page's items together, as JSON; one item may exceed it
  record Query(
      ExecutionKey execution,
      String executionArn,
      Resource resource,
      JsonNode config,
      JsonNode arguments,
      byte @Nullable [] cursor,
      int maxItems,
      int maxBytes) {}

  /// @param items in the source's order
  /// @param next where the next page begins, at most 64 KB; null when there is none
  record Page(List<Item> items, byte @Nullable [] next) {}

  /// @param source where it lies, as the context object's `Map.Item.Source` says it:
  ///   `S3://bucket/key`; of an item of a list, `S3://bucket`
  record Item(Payload value, String source) {}
}
