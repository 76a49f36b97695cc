package io.gradus.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskTokensTest {
  private final TaskTokens tokens = new TaskTokens(new byte[32]);
  private final ExecutionKey execution =
      new ExecutionKey(new TenantId(new UUID(1, 2)), new UUID(3, 4));
  private final TaskId task = new TaskId(new FrameId("r/3:1/9!77"), 42);

  @Test
  void aTokenNamesItsTaskAndIsTheSameEachTime() {
    String token = tokens.token(execution, task);
    assertThat(token).isEqualTo(tokens.token(execution, task)).hasSizeLessThan(2_048);
    assertThat(tokens.read(token)).contains(new TaskTokens.Named(execution, task));
  }

  @Test
  void nobodyElseCanMakeOneOrChangeOne() {
    String token = tokens.token(execution, task);
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new TaskTokens(other).read(token)).isEmpty();
    for (int i = 0; i < token.length(); i++) {
      char changed = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + changed + token.substring(i + 1);
      assertThat(tokens.read(forged))
          .as("changed at " + i)
          .satisfiesAnyOf(
              read -> assertThat(read).isEmpty(),
              // The last character has bits that base64 does not use.
              read -> assertThat(read).contains(new TaskTokens.Named(execution, task)));
    }
  }

  @Test
  void whatIsNoTokenIsRefused() {
    assertThat(tokens.read("")).isEmpty();
    assertThat(tokens.read("not a token!")).isEmpty();
    assertThat(tokens.read("A".repeat(3_000))).isEmpty();
    assertThat(tokens.read("AQ")).isEmpty();
  }
}
