package io.gradus.bench.chaos.simulation;

/// What could be wrong with a node. Each breaks an invariant, and the checker must see it.
public enum PlantedFault {
  NONE("nothing is wrong"),
  LOST_ACK("a start is acknowledged before it is stored"),
  LOST_TAKE_OVER("nobody takes over what a dead node had"),
  LOST_DISPATCH("what a dead node had called is not called again"),
  GAP_IN_IDS("a state is stored without the events that led to it"),
  TERMINAL_NOT_ABSORBING("a stop changes an execution that is over"),
  NO_VERSION_CHECK("a transition is stored whatever version it was decided on"),
  ANY_ATTEMPT("an answer is taken for whichever attempt is open"),
  DISPATCH_BEFORE_COMMIT("a task is called before its schedule is stored"),
  STALE_LEASE("a node whose lease has run out goes on calling"),
  DOUBLE_COMPLETION("a token that is closed is closed again"),
  LOST_COMPLETION("a completion is acknowledged before it is stored"),
  UNKNOWN_IS_REFUSED("a commit whose answer was lost is taken for one that failed"),
  STOP_BEFORE_COMPLETION("a stop that nobody was told of goes before an acknowledged completion"),
  EARLY_TIMER("a node believes its own clock, which is fast"),
  LOST_TIMER("timers of a dead node are not armed again"),
  NAME_NOT_UNIQUE("two executions can have one name"),
  NAME_TAKES_ANY_INPUT("a start with another input is told that it is the same"),
  TENANT_MIX_UP("a token of another tenant is taken");

  private final String meaning;

  PlantedFault(String meaning) {
    this.meaning = meaning;
  }

  /// In words.
  public String meaning() {
    return meaning;
  }
}
