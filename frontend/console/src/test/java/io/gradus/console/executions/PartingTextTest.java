package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.execution.view.Parting;
import io.gradus.service.execution.view.Parting.Way;
import io.gradus.service.execution.view.Parting.Why;
import io.gradus.service.execution.view.VisitStatus;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The sentence about where two executions part; names of states stand in brackets here.
class PartingTextTest {
  static Stream<Arguments> partings() {
    return Stream.of(
        row(
            new Parting(
                "Charge",
                1,
                Why.OUTCOME,
                way(VisitStatus.FAILED, "Card.Declined", null),
                way(VisitStatus.SUCCEEDED, null, "Ship")),
            "They part at [Charge]: in A it failed with Card.Declined, in B it succeeded and led to"
                + " [Ship]."),
        row(
            new Parting(
                "Charge",
                12,
                Why.OUTCOME,
                way(VisitStatus.CAUGHT, "Busy", "Mend"),
                way(VisitStatus.SUCCEEDED, "Busy", "Ship")),
            "They part at [Charge] (visit 12): in A it failed with Busy, was caught and led to"
                + " [Mend], in B it succeeded after Busy was retried and led to [Ship]."),
        row(
            new Parting(
                "Ask",
                1,
                Why.OUTCOME,
                way(VisitStatus.CALLBACK, null, null),
                way(VisitStatus.TIMED_OUT, null, null)),
            "They part at [Ask]: in A it still waits, in B it ran when the time was over."),
        row(
            new Parting(
                "Ask",
                1,
                Why.OUTCOME,
                way(VisitStatus.ABORTED, null, null),
                way(VisitStatus.FAILED, null, null)),
            "They part at [Ask]: in A it was stopped, in B it failed."),
        row(
            new Parting(
                "Check",
                1,
                Why.NEXT,
                way(VisitStatus.SUCCEEDED, null, "Ship"),
                way(VisitStatus.SUCCEEDED, null, "Refuse")),
            "They part after [Check]: A went on to [Ship], B went on to [Refuse]."),
        row(
            new Parting(
                "Check",
                2,
                Why.NEXT,
                way(VisitStatus.SUCCEEDED, null, null),
                way(VisitStatus.SUCCEEDED, null, "Refuse")),
            "They part after [Check] (visit 2): A ended there, B went on to [Refuse]."),
        row(
            new Parting(null, 0, Why.BEGINNING, way(null, null, "One"), way(null, null, "Two")),
            "They begin with different states: A with [One], B with [Two]."),
        row(
            new Parting(null, 0, Why.BEGINNING, way(null, null, "One"), way(null, null, null)),
            "B has not entered any state; A began with [One]."),
        row(
            new Parting(null, 0, Why.BEGINNING, way(null, null, null), way(null, null, "Two")),
            "A has not entered any state; B began with [Two]."));
  }

  @ParameterizedTest
  @MethodSource("partings")
  void aPartingIsSaidInASentence(Parting parting, String expected) {
    String said =
        PartingText.of(parting).stream()
            .map(piece -> piece.state() ? "[" + piece.text() + "]" : piece.text())
            .collect(Collectors.joining());

    assertThat(said).isEqualTo(expected);
  }

  private static Arguments row(Parting parting, String expected) {
    return Arguments.of(parting, expected);
  }

  private static Way way(
      @Nullable VisitStatus status, @Nullable String error, @Nullable String next) {
    return new Way(status, error, next);
  }
}
