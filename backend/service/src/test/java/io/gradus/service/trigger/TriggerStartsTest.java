package io.gradus.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TriggerStartsTest {
  private static final UUID ID = UUID.fromString("0192f0c4-0000-4000-8000-000000000001");

  @Test
  void anExecutionIsNamedAfterItsTriggerAndItsEvent() {
    assertThat(TriggerStarts.name("nightly", ID, "20261224T180000Z"))
        .isEqualTo("nightly-20261224T180000Z-0192f0c4");
    assertThat(TriggerStarts.name("orders", ID, "a/b c"))
        .matches("orders-[0-9a-f]{32}-0192f0c4")
        .isEqualTo(TriggerStarts.name("orders", ID, "a/b c"))
        .isNotEqualTo(TriggerStarts.name("orders", ID, "a/b d"));
  }

  @Test
  void aNameHasEightyCharactersAtMost() {
    String longest = "t".repeat(64);
    String uuid = ID.toString();
    assertThat(TriggerStarts.name(longest, ID, uuid)).hasSize(80).contains(uuid);
    assertThat(TriggerStarts.name(longest, ID, "x".repeat(300))).hasSize(80);
  }

  @Test
  void triesComeLessAndLessOften() {
    assertThat(ScheduleFiring.pause(1)).hasSeconds(1);
    assertThat(ScheduleFiring.pause(3)).hasSeconds(4);
    assertThat(ScheduleFiring.pause(7)).hasSeconds(60);
    assertThat(ScheduleFiring.pause(1_000_000)).hasSeconds(60);
  }
}
