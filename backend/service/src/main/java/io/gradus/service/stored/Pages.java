package io.gradus.service.stored;

import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.store.Listing;
import io.gradus.store.Position;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns the store's listings into pages.
final class Pages {
  private Pages() {}

  static @Nullable Position after(Page.Request request) {
    if (request.after() == null) {
      return null;
    }
    Position position = Position.parse(request.after());
    if (position == null) {
      throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
    }
    return position;
  }

  /// A place that is a number.
  static long number(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException _) {
      throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
    }
  }

  static <S, T> Page<T> of(Listing<S> listing, Function<S, T> view) {
    Position next = listing.next();
    return new Page<>(
        listing.rows().stream().map(view).toList(), next == null ? null : next.text());
  }
}
