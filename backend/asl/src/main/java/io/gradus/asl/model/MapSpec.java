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
    @Nullable JsonNode resultWriter) {
  public enum Mode {
    INLINE,
    DISTRIBUTED_STANDARD,
    DISTRIBUTED_EXPRESS
  }
}
