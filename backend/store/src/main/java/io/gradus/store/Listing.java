package io.gradus.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some rows of a list.
///
/// @param next the place after which the following rows come; null when these are the last
public record Listing<T>(List<T> rows, @Nullable Position next) {
  public Listing {
    rows = List.copyOf(rows);
  }

  /// @param rows one more than the limit where there are more
  static <T> Listing<T> of(List<T> rows, int limit, Function<T, Position> position) {
    if (rows.size() <= limit) {
      return new Listing<>(rows, null);
    }
    List<T> page = rows.subList(0, limit);
    return new Listing<>(page, position.apply(page.getLast()));
  }
}
