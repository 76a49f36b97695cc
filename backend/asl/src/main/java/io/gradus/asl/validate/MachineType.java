package io.gradus.asl.validate;

/// The two kinds of state machine.
public enum MachineType {
  STANDARD,
  EXPRESS
}
