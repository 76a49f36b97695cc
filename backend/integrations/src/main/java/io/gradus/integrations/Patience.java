package io.gradus.integrations;

import io.gradus.engine.port.TaskInvocation;
import java.time.Duration;

/// How long a call of a task may take.
public final class Patience {
  private Patience() {}

  /// A little more than the state waits, so that the state's own timer decides; never more than the
  /// longest that such a call may take.
  public static Duration of(TaskInvocation invocation, Duration longest) {
    Duration asked = invocation.timeout();
    return asked == null || asked.compareTo(longest) >= 0 ? longest : asked.plusSeconds(1);
  }
}
