package io.gradus.engine;

import java.util.List;
import java.util.Set;

/// What [Engine#decide] concludes.
public sealed interface Decision {
  /// The command was taken.
  ///
  /// @param facts what happened, in order; folding them with [Engine#apply] gives `next`
  /// @param effects what to do once this is durable, in order
  /// @param touched the frames stored apart that changed; one that `next` no longer has was removed
  record Accepted(List<Fact> facts, List<Effect> effects, Set<FrameId> touched, Execution next)
      implements Decision {}

  record Rejected(Rejection why) implements Decision {}
}
