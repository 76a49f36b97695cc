package io.gradus.console.executions;

import io.gradus.service.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a list that is paged by position as a grid wants it, by offset. It keeps where each page
/// begins, and the rows of the page that was read last.
final class KeysetPages<T> {
  /// Rows a page.
  static final int SIZE = 100;

  private final Function<Page.Request, Page<T>> read;
  private final List<@Nullable String> begins = new ArrayList<>();
  private boolean whole;
  private int lastNumber = -1;
  private List<T> last = List.of();

  KeysetPages(Function<Page.Request, Page<T>> read) {
    this.read = read;
    begins.add(null);
  }

  /// Rows from an offset on; fewer where the list ends.
  List<T> rows(int offset, int limit) {
    int first = offset / SIZE;
    while (begins.size() <= first && !whole) {
      page(begins.size() - 1);
    }
    List<T> found = new ArrayList<>(limit);
    for (int page = first; found.size() < limit && page < begins.size(); page++) {
      List<T> rows = page(page);
      for (int i = Math.max(0, offset - page * SIZE); i < rows.size(); i++) {
        if (found.size() < limit) {
          found.add(rows.get(i));
        }
      }
    }
    return found;
  }

  private List<T> page(int number) {
    if (number == lastNumber) {
      return last;
    }
    Page<T> page = read.apply(new Page.Request(SIZE, begins.get(number)));
    if (number == begins.size() - 1) {
      if (page.next() == null) {
        whole = true;
      } else {
        begins.add(page.next());
      }
    }
    lastNumber = number;
    last = page.items();
    return last;
  }
}
