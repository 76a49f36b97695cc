package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
  private static final long BIG = 60_000;

  @Test
  void oneOwnersFloodWaitsBehindItself() {
    var queue = new TurnQueue<String, String>();
    for (int i = 0; i < 100; i++) {
      queue.add("flood", "f" + i, BIG);
    }
    queue.add("quiet", "q", BIG);

    List<String> first = queue.take(3, Long.MAX_VALUE);

    assertThat(first).contains("q");
    assertThat(queue.size()).isEqualTo(98);
  }

  @Test
  void keepsEachOwnersOrderAndLosesNothing() {
    var queue = new TurnQueue<String, Integer>();
    for (int i = 0; i < 50; i++) {
      queue.add(i % 2 == 0 ? "even" : "odd", i, 1_000 + 977L * i);
    }
    List<Integer> all = new ArrayList<>();
    while (!queue.isEmpty()) {
      all.addAll(queue.take(7, 40_000));
    }
    assertThat(all).hasSize(50).doesNotHaveDuplicates();
    assertThat(all.stream().filter(i -> i % 2 == 0)).isSorted();
    assertThat(all.stream().filter(i -> i % 2 == 1)).isSorted();
    assertThat(queue.weight()).isZero();
  }

  @Test
  void tellsFloodsFromOwnersThatHaveLittle() {
    var queue = new TurnQueue<String, String>();
    for (int i = 0; i < 100; i++) {
      queue.add("flood", "f" + i, 1_000);
    }
    assertThat(queue.isMixed()).isFalse();
    assertThat(queue.hasLittle(Set.of())).isFalse();
    queue.add("quiet", "q", 1_000);
    queue.add("other", "o", 1_000);
    queue.add("large", "l", 70_000);
    assertThat(queue.floods()).isEqualTo(2);
    assertThat(queue.isMixed()).isTrue();
    assertThat(queue.isLittle("quiet")).isTrue();
    assertThat(queue.isLittle("large")).isFalse();
    assertThat(queue.isLittle("absent")).isFalse();
    assertThat(queue.hasLittle(Set.of("quiet"))).isTrue();
    assertThat(queue.hasLittle(Set.of("quiet", "other"))).isFalse();

    assertThat(queue.takeLittle(10, Long.MAX_VALUE, Set.of("other"))).containsExactly("q");
    assertThat(queue.takeFloods(1_000, Long.MAX_VALUE)).hasSize(101).contains("l", "f99");
    assertThat(queue.floods()).isZero();
    assertThat(queue.take(10, Long.MAX_VALUE)).containsExactly("o");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void anOwnerWhoseFloodWasTakenHasLittle() {
    var queue = new TurnQueue<String, Integer>();
    for (int i = 0; i < 40; i++) {
      queue.add("flood", i, 10);
    }
    assertThat(queue.floods()).isEqualTo(1);
    assertThat(queue.takeFloods(10, Long.MAX_VALUE)).hasSize(10);
    assertThat(queue.floods()).isZero();
    assertThat(queue.takeFloods(10, Long.MAX_VALUE)).isEmpty();
    assertThat(queue.takeLittle(10, Long.MAX_VALUE, Set.of())).hasSize(10).isSorted();
  }

  @Test
  void takesOneThatIsLargerThanTheLimitAlone() {
    var queue = new TurnQueue<String, String>();
    queue.add("a", "huge", 10_000_000);
    queue.add("a", "small", 1);
    assertThat(queue.take(10, 4_000_000)).containsExactly("huge");
    assertThat(queue.take(10, 4_000_000)).containsExactly("small");
  }
}
