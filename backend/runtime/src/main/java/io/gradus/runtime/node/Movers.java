package io.gradus.runtime.node;

import java.util.List;

/// The nodes that move executions, and which of them gets which child of a Map Run. They are given
/// children by turns, a few at a time: so a node loads them together, and a Map with few items
/// stays where it is.
///
/// @param alive their incarnations, in order
record Movers(List<Integer> alive) {
  static final Movers NONE = new Movers(List.of());

  /// Children that follow one another and go to the same node.
  static final int TURN = 32;

  /// Copies.
  Movers {
    alive = List.copyOf(alive);
  }

  /// @param self the incarnation that has the Map Run: the first turn is its own
  /// @param index of the child
  int forChild(int self, long index) {
    int first = alive.indexOf(self);
    if (first < 0 || alive.size() == 1) {
      return self;
    }
    return alive.get((int) ((first + index / TURN) % alive.size()));
  }
}
