package io.gradus.engine.interpret;

import io.gradus.asl.expr.StageTrace;
import io.gradus.asl.model.ErrorName;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Is told what becomes of a state that runs on its own, outside any execution. Decisions about
/// executions have [#NONE].
interface Inspector {
  Inspector NONE = new Inspector() {};

  /// Hears every stage of the state's data flow.
  default StageTrace trace() {
    return StageTrace.NONE;
  }

  /// Whether there is no history that a sentence could point into.
  default boolean isAlone() {
    return false;
  }

  /// The context object that expressions see.
  ///
  /// @param built makes the one an execution would have
  default JsonNode context(Supplier<ObjectNode> built) {
    return built.get();
  }

  /// The state failed; the last word counts.
  default void failed(@Nullable ErrorName error, @Nullable String cause) {}

  /// The error is one that this retrier answers for, whether or not it has attempts left.
  default void retrying(int retrier) {}

  /// The error goes to this catcher.
  default void caught(int catcher) {}
}
