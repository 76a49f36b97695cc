package io.gradus.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of a list's items, and where the next ones begin.
///
/// @param items in the list's order
/// @param next what to hand in for the page after this one, null on the last page; opaque to
///   everyone but the list that made it
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /// What is asked for of a list.
  ///
  /// @param limit how many items at most, at least 1
  /// @param after [Page#next] of the page before, null for the first
  public record Request(int limit, @Nullable String after) {}
}
