package io.gradus.runtime.task;

import io.gradus.asl.expr.RandomSource;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.time.Instant;

/// A call that a mock answers.
///
/// @param visit how often the state was entered so far, this time included; from 1
/// @param retry how often the state was retried since it was entered
/// @param input the state's input
/// @param arguments what the task is called with
/// @param now what `$now()` gives
public record MockedCall(
    int visit, int retry, Payload input, Payload arguments, Instant now, RandomSource random) {

  /// What a mock's expressions see.
  Scope scope() {
    return new Scope(
        input.json(),
        PayloadJson.MAPPER::createObjectNode,
        name -> name.equals("arguments") ? arguments.json() : null,
        now,
        random,
        StageTrace.NONE);
  }
}
