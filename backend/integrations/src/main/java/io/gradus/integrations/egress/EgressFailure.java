package io.gradus.integrations.egress;

/// A call that got no answer. Its message names host and port and no more of the request, so it can
/// be shown to whoever made it.
public final class EgressFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /// What went wrong.
  public enum Kind {
    /// The policy does not let this host be reached.
    REFUSED,
    /// The host's name has no address.
    UNRESOLVED,
    /// No connection could be made.
    UNREACHABLE,
    /// The time was over before the answer was.
    TIMED_OUT,
    /// The connection broke, or what came was not HTTP.
    BROKEN,
    /// The answer was longer than the request allows.
    TOO_LONG,
    /// The caller gave the call up.
    CANCELLED
  }

  private final Kind kind;
  private final String problem;

  EgressFailure(Kind kind, String problem) {
    super(problem);
    this.kind = kind;
    this.problem = problem;
  }

  /// The message.
  public String problem() {
    return problem;
  }

  public Kind kind() {
    return kind;
  }
}
