package io.gradus.api.operation;

/// The service model's sizes, as its shapes are called there.
final class Limits {
  static final int ARN = 256;
  static final int LONG_ARN = 2_000;
  static final int NAME = 80;
  static final int DEFINITION = 1_048_576;
  static final int DATA = 262_144;
  static final int ERROR = 256;
  static final int CAUSE = 32_768;
  static final int TOKEN = 2_048;
  static final int TRACE_HEADER = 256;
  static final int PAGE = 1_000;
  static final int PAGE_TOKEN = 1_024;
  static final int EXECUTIONS_PAGE_TOKEN = 3_096;
  static final int DESCRIPTION = 256;
  static final int TAG_KEY = 128;
  static final int TAG_VALUE = 256;

  /// How many items a page has when the request does not say.
  static final int DEFAULT_PAGE = 100;

  static final String ASCII = "\\p{ASCII}*";

  private Limits() {}
}
