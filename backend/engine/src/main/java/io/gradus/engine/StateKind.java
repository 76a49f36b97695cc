package io.gradus.engine;

import io.gradus.asl.model.State;

/// The `Type` of a state, as event names and definitions spell it.
public enum StateKind {
  PASS("Pass"),
  TASK("Task"),
  CHOICE("Choice"),
  WAIT("Wait"),
  SUCCEED("Succeed"),
  FAIL("Fail"),
  PARALLEL("Parallel"),
  MAP("Map");

  private final String wireName;

  StateKind(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static StateKind of(State state) {
    return switch (state) {
      case State.Pass _ -> PASS;
      case State.Task _ -> TASK;
      case State.Choice _ -> CHOICE;
      case State.Wait _ -> WAIT;
      case State.Succeed _ -> SUCCEED;
      case State.Fail _ -> FAIL;
      case State.Parallel _ -> PARALLEL;
      case State.MapState _ -> MAP;
    };
  }
}
