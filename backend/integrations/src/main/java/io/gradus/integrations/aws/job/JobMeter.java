package io.gradus.integrations.aws.job;

/// Is told what is done about jobs, for metrics.
public interface JobMeter {
  /// Tells nobody.
  JobMeter NONE =
      new JobMeter() {
        @Override
        public void looked(String kind) {}

        @Override
        public void ended(String kind, String how) {}
      };

  /// A service was asked how a job stands.
  ///
  /// @param kind the call that began it (`ecs:runTask`)
  void looked(String kind);

  /// A job has ended.
  ///
  /// @param how `succeeded`, `failed`, or `stopped` because its task was over
  void ended(String kind, String how);
}
