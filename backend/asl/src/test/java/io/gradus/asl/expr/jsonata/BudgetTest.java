package io.gradus.asl.expr.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final int MANY = 10_000;

  @Test
  void workIsCounted() {
    Budget budget = new Budget(Budget.UNITS);
    budget.spend(MANY);
    assertThat(budget.spent()).isEqualTo(MANY);

    assertThatThrownBy(() -> budget.spend(Budget.UNITS)).isInstanceOf(Breach.class);
    assertThat(budget.spent()).isEqualTo(Budget.UNITS);
  }

  /// A node without a core for it, or one that was stopped and goes on.
  @Test
  void timeThatNobodyWorkedDoesNotCount() throws Exception {
    Budget budget = new Budget(Budget.UNITS);
    budget.spend(MANY);
    TimeUnit.NANOSECONDS.sleep(Budget.NANOS + Budget.NANOS / 4);
    budget.spend(MANY);
    budget.spend(MANY);
    assertThat(budget.spent()).isEqualTo(3 * MANY);
  }

  @Test
  void onAVirtualThreadEither() {
    CompletableFuture<Long> spent = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            Budget budget = new Budget(Budget.UNITS);
            budget.spend(MANY);
            TimeUnit.NANOSECONDS.sleep(Budget.NANOS + Budget.NANOS / 4);
            budget.spend(MANY);
            spent.complete(budget.spent());
          } catch (Exception e) {
            spent.completeExceptionally(e);
          }
        });
    assertThat(spent.join()).isEqualTo(2 * MANY);
  }

  /// What costs little by the count and much in truth.
  @Test
  void workThatTheCountMisjudgesEndsAfterASecondOfIt() {
    Budget budget = new Budget(Budget.UNITS);
    long from = System.nanoTime();
    assertThatThrownBy(
            () -> {
              while (true) {
                budget.spend(MANY / 5);
                work();
              }
            })
        .isInstanceOf(Breach.class);
    assertThat(System.nanoTime() - from).isGreaterThan(Budget.NANOS);
    assertThat(budget.spent()).as("as much as any").isEqualTo(Budget.UNITS);
  }

  private static void work() {
    long until = System.nanoTime() + 1_000_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}
