package io.gradus.console.limits;

/// What the switch of AWS's limits means, in a sentence.
public final class LimitText {
  static final String MACHINES =
      "A state machine's settings may say otherwise for its own executions. An execution keeps the"
          + " limits that it was started under.";

  private LimitText() {}

  /// What holds where the switch stands so.
  public static String of(boolean strict) {
    return strict
        ? "Executions end where they would with AWS: a payload over 262,144 bytes is"
            + " States.DataLimitExceeded, event 25,000 is the last one, and after 14 days none is"
            + " redriven."
        : "Payloads may be as large as this installation allows (4 MiB unless it is set otherwise),"
            + " histories have no end, and redrives no time limit. What runs here may not run with"
            + " AWS.";
  }
}
