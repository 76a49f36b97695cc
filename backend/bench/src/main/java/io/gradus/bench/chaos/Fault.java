package io.gradus.bench.chaos;

/// What the adversary can do.
enum Fault {
  KILL_NODE(5),
  KILL_ALL_NODES(1),
  /// Past the lease, so that the others take over what it still believes to hold.
  FREEZE_NODE(3),
  KILL_DATABASE(2),
  CUT_BEFORE_COMMIT(5),
  CUT_AFTER_COMMIT(6),
  /// Half-open: nothing comes through, and nobody is told.
  SILENCE(2),
  DISCONNECT(2),
  SLOW(2),
  EXHAUST_CONNECTIONS(1),
  /// A node's wall clock is set, by minutes or by an hour, forth or back.
  SET_CLOCK(2);

  private final int weight;

  Fault(int weight) {
    this.weight = weight;
  }

  /// How often it comes beside the others.
  int weight() {
    return weight;
  }
}
