package io.gradus.service.execution.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseTest {
  /// Pauses from 10 to 20 and from 30 to 60.
  private static final List<Pause> PAUSES =
      List.of(new Pause(at(10), at(20), 5), new Pause(at(30), at(60), 9));

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 10", // before
    "20, 30, 10", // between
    "5, 25, 10", // around one
    "0, 70, 30", // around both
    "0, 15, 10", // into one
    "15, 25, 5", // out of one
    "40, 50, 0" // inside one
  })
  void whatTookItsTimeDidNotTakeAPause(int began, int ended, int seconds) {
    assertThat(Pause.without(PAUSES, at(began), at(ended))).isEqualTo(Duration.ofSeconds(seconds));
  }
}
