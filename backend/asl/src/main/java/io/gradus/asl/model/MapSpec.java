package io.gradus.asl.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a Map runs over, and how.
///
/// @param mode where iterations run
/// @param items `ItemsPath` or JSONata `Items`; null means the effective input itself
/// @param itemSelector what each iteration gets (`ItemSelector`, or the legacy `Parameters`)
/// @param maxConcurrency null or 0 means no limit of its own
/// @param itemReader the `ItemReader` object as written, null where absent
/// @param itemBatcher the `ItemBatcher` object as written, null where absent
/// @param resultWriter the `ResultWriter` object as written, null where absent
/// @param source what of `itemReader` is evaluated, null where absent
/// @param batcher what of `itemBatcher` is evaluated, null where absent
/// @param sink what of `resultWriter` is evaluated, null where absent
public record MapSpec(
    Mode mode,
    @Nullable Expr items,
    @Nullable Expr itemSelector,
    @Nullable Expr maxConcurrency,
    @Nullable Expr toleratedFailureCount,
    @Nullable Expr toleratedFailurePercentage,
    @Nullable String label,
    @Nullable JsonNode itemReader,
    @Nullable JsonNode itemBatcher,
    @Nullable JsonNode resultWriter,
    @Nullable Source source,
    @Nullable Batcher batcher,
    @Nullable Sink sink) {
  /// Where items are read from.
  ///
  /// @param config the `ReaderConfig` without `MaxItems`, null where absent
  /// @param maxItems null means all
  /// @param arguments `Parameters` or `Arguments`, null where absent
  public record Source(
      Resource resource,
      @Nullable Expr config,
      @Nullable Expr maxItems,
      @Nullable Expr arguments) {}

  /// How items are put together; null means no bound of that kind.
  ///
  /// @param input what every batch is given besides its items
  public record Batcher(
      @Nullable Expr maxItems, @Nullable Expr maxInputBytes, @Nullable Expr input) {}

  /// Where results are written to.
  ///
  /// @param resource null where they only change their form
  /// @param arguments `Parameters` or `Arguments`, null where absent
  /// @param config the `WriterConfig` as written, null where absent
  public record Sink(
      @Nullable Resource resource, @Nullable Expr arguments, @Nullable JsonNode config) {}

  /// The same, but its iterations run in the execution itself.
  public MapSpec inline() {
    return new MapSpec(
        Mode.INLINE,
        items,
        itemSelector,
        maxConcurrency,
        toleratedFailureCount,
        toleratedFailurePercentage,
        label,
        itemReader,
        itemBatcher,
        resultWriter,
        source,
        batcher,
        sink);
  }

  public enum Mode {
    INLINE,
    DISTRIBUTED_STANDARD,
    DISTRIBUTED_EXPRESS
  }
}
