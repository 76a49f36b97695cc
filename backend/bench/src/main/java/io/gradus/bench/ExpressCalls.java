package io.gradus.bench;

import java.util.Map;

/// W6: StartSyncExecution of an Express machine over HTTP with SigV4, each answered with its
/// output.
final class ExpressCalls implements Workload {
  @Override
  public String name() {
    return "W6";
  }

  @Override
  public String title() {
    return "Express executions run synchronously over HTTP, signed, 32 callers";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    return Starts.run(options, "EXPRESS", "StartSyncExecution", "Call");
  }
}
