package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.items.OpenSources.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads items from S3, or from what speaks its API.
public final class S3ItemReader implements ItemReader, AutoCloseable {
  private static final int MAX_CURSOR = 64 * 1024;

  private final Sources sources;
  private final Bounds bounds;
  private final Turns turns;
  private final Turns columnTurns =
      new Turns(Math.clamp(Runtime.getRuntime().maxMemory() / 4 / ParquetSource.WEIGHT, 1, 64));
  private final ItemFigures figures;
  private final OpenSources open = new OpenSources();

  /// What a node reads and writes at most.
  ///
  /// @param itemBytes of one item, before an ItemSelector makes it smaller
  /// @param pageItems of one page, whatever is asked for
  /// @param pageBytes of one page's items, whatever is asked for; one item may exceed it
  /// @param calls pages and files under way at once; a quarter of them for one tenant
  public record Bounds(int itemBytes, int pageItems, int pageBytes, int calls) {
    /// As AWS, where AWS has one.
    public static final Bounds DEFAULT = new Bounds(8 << 20, 1_000, 4 << 20, 32);

    /// Checks that there is room for an item.
    public Bounds {
      if (itemBytes < 1 || pageItems < 1 || pageBytes < 1 || calls < 1) {
        throw new IllegalArgumentException("expected bounds of at least 1");
      }
    }
  }

  public S3ItemReader(S3Objects objects, Bounds bounds, ItemFigures figures) {
    this.sources = new Sources(objects, bounds.itemBytes());
    this.bounds = bounds;
    this.turns = new Turns(bounds.calls());
    this.figures = figures;
  }

  @Override
  public CompletionStage<Page> read(Query query) {
    CompletableFuture<Page> page = new CompletableFuture<>();
    // Of Parquet as many are read as there is memory for: its reader takes a lot of it.
    Turns those = mayHaveColumns(query) ? columnTurns : turns;
    Thread.ofVirtual()
        .name("item-reader")
        .start(() -> those.take(query.execution().tenant(), () -> complete(page, query)));
    return page;
  }

  private static boolean mayHaveColumns(Query query) {
    String type = query.config().path("InputType").asString("");
    return type.equals("PARQUET")
        || type.equals("MANIFEST")
        || query.config().path("ManifestType").asString("").equals("S3_INVENTORY");
  }

  private void complete(CompletableFuture<Page> page, Query query) {
    try {
      page.complete(page(query));
    } catch (ItemFailure failure) {
      figures.readFailed();
      page.completeExceptionally(failure);
    } catch (RuntimeException | StackOverflowError bug) {
      figures.readFailed();
      page.completeExceptionally(
          Faults.reader("The items could not be read, by a fault of the server's: " + bug));
    }
  }

  private Page page(Query query) {
    byte[] cursor = query.cursor();
    Open kept = cursor == null ? null : open.take(query, cursor);
    if (cursor != null && kept == null) {
      figures.wasReopened();
    }
    if (kept == null) {
      kept = new Open(sources.open(query, cursor == null ? null : at(cursor)), null);
    }
    Located source = kept.source();
    boolean keeps = false;
    try {
      Read read = read(query, source, kept.ahead());
      byte[] next = read.isLast() ? null : cursor(source);
      if (next != null && read.ahead() != null) {
        open.keep(query, next, new Open(source, read.ahead()));
        keeps = true;
      }
      figures.read(read.items().size(), read.bytes());
      return new Page(read.items(), next);
    } finally {
      if (!keeps) {
        source.close();
      }
    }
  }

  /// @param ahead the first item of the next page, which the source's mark is right before; null
  ///   where there is none, or it can't be read
  private record Read(List<Item> items, long bytes, @Nullable Item ahead, boolean isLast) {}

  private Read read(Query query, Located source, @Nullable Item first) {
    int mostItems = Math.min(query.maxItems(), bounds.pageItems());
    int mostBytes = Math.min(query.maxBytes(), bounds.pageBytes());
    List<Item> items = new ArrayList<>();
    long bytes = 0;
    Item item = first;
    while (true) {
      if (item == null) {
        source.mark();
        try {
          Payload value = source.next();
          item = value == null ? null : new Item(value, source.origin());
        } catch (ItemFailure failure) {
          if (items.isEmpty()) {
            throw failure;
          }
          // What was read is given first; the next page begins, and ends, with the failure.
          return new Read(items, bytes, null, false);
        }
        if (item == null) {
          return new Read(items, bytes, null, true);
        }
      }
      if (!items.isEmpty()
          && (items.size() >= mostItems || bytes + item.value().size() > mostBytes)) {
        return new Read(items, bytes, item, false);
      }
      items.add(item);
      bytes += item.value().size();
      item = null;
    }
  }

  private static byte[] cursor(Source source) {
    byte[] cursor = PayloadJson.MAPPER.writeValueAsBytes(source.marked());
    if (cursor.length > MAX_CURSOR) {
      throw Faults.reader("The names of the columns or objects are too long to read on from them");
    }
    return cursor;
  }

  private static JsonNode at(byte[] cursor) {
    try {
      return PayloadJson.MAPPER.readTree(cursor);
    } catch (JacksonException e) {
      throw new IllegalStateException("expected a cursor of this reader's", e);
    }
  }

  @Override
  public void close() {
    open.close();
  }
}
