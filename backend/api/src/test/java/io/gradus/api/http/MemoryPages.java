package io.gradus.api.http;

import io.gradus.service.Page;
import java.util.List;

/// Pages of lists in memory; a cursor is a number.
final class MemoryPages {
  private MemoryPages() {}

  static <T> Page<T> of(List<T> all, Page.Request request) {
    int from = request.after() == null ? 0 : Integer.parseInt(request.after());
    int to = Math.min(all.size(), from + request.limit());
    return new Page<>(
        all.subList(Math.min(from, to), to), to < all.size() ? String.valueOf(to) : null);
  }
}
