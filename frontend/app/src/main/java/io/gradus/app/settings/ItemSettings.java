package io.gradus.app.settings;

import io.gradus.integrations.aws.items.S3ItemReader;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What distributed Maps read and write at once on this node.
///
/// @param maxItemSize of one item as it is read; an ItemSelector may make it smaller
/// @param pageItems read at once at most
/// @param pageSize of what is read at once, about
/// @param calls pages and files under way; a quarter of them for one tenant
@ConfigurationProperties("gradus.items")
public record ItemSettings(
    @DefaultValue("8MB") DataSize maxItemSize,
    @DefaultValue("1000") int pageItems,
    @DefaultValue("4MB") DataSize pageSize,
    @DefaultValue("32") int calls) {
  private static final DataSize SMALLEST = DataSize.ofKilobytes(256);
  private static final DataSize LARGEST = DataSize.ofMegabytes(64);
  private static final int MOST_ITEMS = 10_000;
  private static final int MOST_CALLS = 1_000;

  /// Refuses what could not work.
  public ItemSettings {
    check("max-item-size", maxItemSize);
    check("page-size", pageSize);
    if (pageItems < 1 || pageItems > MOST_ITEMS || calls < 1 || calls > MOST_CALLS) {
      throw new IllegalArgumentException(
          "gradus.items.page-items must be between 1 and %d, and gradus.items.calls between 1 and %d"
              .formatted(MOST_ITEMS, MOST_CALLS));
    }
  }

  private static void check(String name, DataSize size) {
    if (size.compareTo(SMALLEST) < 0 || size.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          "gradus.items.%s must be between %dKB and %dMB"
              .formatted(name, SMALLEST.toKilobytes(), LARGEST.toMegabytes()));
    }
  }

  /// For readers and writers.
  public S3ItemReader.Bounds bounds() {
    return new S3ItemReader.Bounds(
        Math.toIntExact(maxItemSize.toBytes()),
        pageItems,
        Math.toIntExact(pageSize.toBytes()),
        calls);
  }
}
