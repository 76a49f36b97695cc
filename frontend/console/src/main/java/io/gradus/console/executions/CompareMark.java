package io.gradus.console.executions;

import com.vaadin.flow.component.html.Span;
import io.gradus.console.graph.NodeComparison;
import io.gradus.console.part.Glyph;
import io.gradus.service.execution.view.CourseComparison.OfState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In which of two executions a state was visited, and whether it went alike: one colour, one shape
/// and one word each.
enum CompareMark {
  LEFT("Only in A", Glyph.Name.STATUS_LEFT, NodeComparison.Mark.LEFT),
  RIGHT("Only in B", Glyph.Name.STATUS_RIGHT, NodeComparison.Mark.RIGHT),
  DIFFERS("Differs", Glyph.Name.STATUS_DIFFERS, NodeComparison.Mark.DIFFERS),
  SAME("Same", Glyph.Name.STATUS_SAME, NodeComparison.Mark.SAME),
  NEITHER("In neither", Glyph.Name.STATUS_IDLE, null);

  private final String word;
  private final Glyph.Name shape;
  private final NodeComparison.@Nullable Mark onNode;

  CompareMark(String word, Glyph.Name shape, NodeComparison.@Nullable Mark onNode) {
    this.word = word;
    this.shape = shape;
    this.onNode = onNode;
  }

  /// @param both null where neither visited it
  static CompareMark of(@Nullable OfState both) {
    return both == null
        ? NEITHER
        : switch (both.mark()) {
          case ONLY_LEFT -> LEFT;
          case ONLY_RIGHT -> RIGHT;
          case DIFFERS -> DIFFERS;
          case SAME -> SAME;
        };
  }

  String word() {
    return word;
  }

  /// Null where the graph shows none.
  NodeComparison.@Nullable Mark onNode() {
    return onNode;
  }

  /// Whether it is a difference.
  boolean isDifference() {
    return this == LEFT || this == RIGHT || this == DIFFERS;
  }

  /// Its shape and its word.
  Span sign() {
    Span sign = new Span(shape.glyph(), new Span(word));
    sign.addClassNames("g-status", "g-compared-" + name().toLowerCase(Locale.ROOT));
    return sign;
  }
}
