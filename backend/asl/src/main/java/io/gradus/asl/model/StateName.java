package io.gradus.asl.model;

/// The name of a state: 1 to 80 characters, unique in the whole definition.
public record StateName(String value) {
  @Override
  public String toString() {
    return value;
  }
}
