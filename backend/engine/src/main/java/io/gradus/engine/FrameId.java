package io.gradus.engine;

import org.jspecify.annotations.Nullable;

/// The name of a frame: its path from the root. A child is named by the event that started its
/// parent's fan-out and its index there, so names are unique over an execution's life and the same
/// in every replay. `!` in place of `:` says that the frame is stored as a row of its own.
public record FrameId(String value) {
  public static final FrameId ROOT = new FrameId("r");

  /// Beyond this many branches or items, each child is a row of its own.
  public static final int MAX_INLINE_BRANCHES = 16;

  /// The name of a branch or item.
  ///
  /// @param startedEventId the `ParallelStateStarted` or `MapStateStarted` event
  /// @param total how many branches or items there are in all
  public FrameId child(long startedEventId, int index, int total) {
    char mark = total > MAX_INLINE_BRANCHES ? '!' : ':';
    return new FrameId(value + '/' + startedEventId + mark + index);
  }

  /// Null for the root.
  public @Nullable FrameId parent() {
    int slash = value.lastIndexOf('/');
    return slash < 0 ? null : new FrameId(value.substring(0, slash));
  }

  /// The branch or item this frame runs; 0 for the root.
  public int index() {
    int mark = Math.max(value.lastIndexOf(':'), value.lastIndexOf('!'));
    return mark < 0 ? 0 : Integer.parseInt(value, mark + 1, value.length(), 10);
  }

  public boolean isRoot() {
    return value.equals("r");
  }

  /// Whether it, or a frame around it, is one of more than [#MAX_INLINE_BRANCHES].
  public boolean isStoredApart() {
    return value.indexOf('!') >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
