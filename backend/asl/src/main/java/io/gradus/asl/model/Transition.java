package io.gradus.asl.model;

/// Where a state goes when it is done.
public sealed interface Transition {
  record Next(StateName to) implements Transition {}

  enum End implements Transition {
    END
  }
}
