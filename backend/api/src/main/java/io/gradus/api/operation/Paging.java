package io.gradus.api.operation;

import org.jspecify.annotations.Nullable;

/// How many items a page has.
final class Paging {
  private Paging() {}

  /// AWS takes both nothing and zero for "as you please".
  static int limit(@Nullable Integer maxResults) {
    return maxResults == null || maxResults == 0 ? Limits.DEFAULT_PAGE : maxResults;
  }
}
