package io.gradus.asl.model;

/// The language a state's expressions are written in.
public enum QueryLanguage {
  JSONPATH("JSONPath"),
  JSONATA("JSONata");

  private final String wireName;

  QueryLanguage(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
