package io.gradus.service.execution.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.execution.view.VisitPair.Which;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What two courses differ in. [WrittenCourse] says how they are written here.
class CourseComparisonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # the same
          +A = - ok | +A = - ok | A SAME |
          '' | '' | '' |
          +A = - +B | +A = - +B | A SAME, B SAME |
          +A = - +B | +A = - +B !Busy ~ | A SAME, B DIFFERS |
          # other outcomes
          +A = - ok | +A !No fail:No | A DIFFERS | at A/1 OUTCOME: SUCCEEDED, FAILED No
          +A !No fail:No | +A !Gone fail:Gone | A DIFFERS | at A/1 OUTCOME: FAILED No, FAILED Gone
          +A = - ok | +A stop | A DIFFERS | at A/1 OUTCOME: SUCCEEDED, ABORTED
          +A = - ok | +A late | A DIFFERS | at A/1 OUTCOME: SUCCEEDED, TIMED_OUT
          +A = - ok | +A | A DIFFERS | at A/1 OUTCOME: SUCCEEDED, RUNNING
          +A = - +B = - ok | +A !No - +C = - ok | A DIFFERS, B ONLY_LEFT, C ONLY_RIGHT | at A/1 OUTCOME: SUCCEEDED > B, CAUGHT No > C
          # the same outcome, and another way on
          +A = - +B = - ok | +A = - +C = - ok | A SAME, B ONLY_LEFT, C ONLY_RIGHT | at A/1 NEXT: SUCCEEDED > B, SUCCEEDED > C
          +A = - ok | +A = - +B = - ok | A SAME, B ONLY_RIGHT | at A/1 NEXT: SUCCEEDED, SUCCEEDED > B
          +A !No - +B = - ok | +A !No - +C = - ok | A SAME, B ONLY_LEFT, C ONLY_RIGHT | at A/1 NEXT: CAUGHT No > B, CAUGHT No > C
          # another beginning, or none
          +A = - ok | +B = - ok | A ONLY_LEFT, B ONLY_RIGHT | BEGINNING: A, B
          +A = - ok | '' | A ONLY_LEFT | BEGINNING: A, nothing
          # a retry is a difference, and no parting
          +A = - ok | +A !Busy ~ = - ok | A DIFFERS |
          # a loop
          +A = - +B = - +A = - +B = - ok | +A = - +B = - +A !No fail:No | A DIFFERS, B DIFFERS | at A/2 OUTCOME: SUCCEEDED > B, FAILED No
          # items are counted, and do not part
          +M[2 (0 +I = - ) (1 +I = - ) ] ok | +M[1 (0 +I = - ) ] ok | M DIFFERS, I DIFFERS |
          +M[2 (0 +I = - ) (1 +I = - ) ] ok | +M[2 (1 +I = - ) (0 +I = - ) ] ok | M SAME, I SAME |
          # a redrive went on where it failed
          +A !No fail:No redrive * = - ok | +A = - ok | A DIFFERS |
          """)
  void twoCoursesDifferIn(
      @Nullable String left,
      @Nullable String right,
      @Nullable String states,
      @Nullable String parting) {
    CourseComparison compared = compare(text(left), text(right));

    assertThat(states(compared)).isEqualTo(text(states));
    assertThat(parting(compared.parting())).isEqualTo(text(parting));
  }

  @Test
  void swappingTheSidesSwapsTheAnswer() {
    CourseComparison there = compare("+A = - +B = - ok", "+A !No - +C = - ok");
    CourseComparison back = compare("+A !No - +C = - ok", "+A = - +B = - ok");

    assertThat(states(back)).isEqualTo("A DIFFERS, C ONLY_LEFT, B ONLY_RIGHT");
    assertThat(parting(back.parting())).isEqualTo("at A/1 OUTCOME: CAUGHT No > C, SUCCEEDED > B");
    assertThat(left(there, "A")).isEqualTo(right(back, "A"));
  }

  @Test
  void aForkIsComparedFromWhereItBegan() {
    ExecutionCourse origin = WrittenCourse.of("+A = - +B = - +A = - +B !No fail:No");
    ExecutionCourse fork = WrittenCourse.of("+B = - ok");

    CourseComparison forked = CourseComparison.of(origin, fork, "B", null);
    CourseComparison other = CourseComparison.of(fork, origin, null, "B");

    assertThat(parting(forked.parting())).isEqualTo("at B/1 OUTCOME: FAILED No, SUCCEEDED");
    assertThat(parting(other.parting())).isEqualTo("at B/1 OUTCOME: SUCCEEDED, FAILED No");
    assertThat(states(forked)).isEqualTo("A ONLY_LEFT, B DIFFERS");
    assertThat(parting(CourseComparison.of(origin, fork, "gone", null).parting()))
        .isEqualTo("BEGINNING: A, B");
  }

  @Test
  void timeIsAddedUpWithoutWhatLayBetweenAnEndAndItsRedrive() {
    // entered 2, called 3, failed 4, ended 5, redriven 6, called 7, succeeded 8, left 9
    StateStay redriven = left(compare("+A !No fail:No redrive * = - ok", ""), "A");
    assertThat(redriven.time()).isEqualTo(Duration.ofSeconds(6));

    StateStay twice = left(compare("+A = - +A !Busy ~ = - ok", ""), "A");
    assertThat(twice.visits()).isEqualTo(2);
    assertThat(twice.time()).isEqualTo(Duration.ofSeconds(3 + 5));
    assertThat(twice.longest()).isEqualTo(Duration.ofSeconds(5));
    assertThat(twice.retries()).isEqualTo(1);
    assertThat(twice.errors()).containsOnlyKeys("Busy");
  }

  @Test
  void manyItemsAndErrorsAreCountedAndNotListed() {
    String items =
        IntStream.range(0, 3_000)
            .mapToObj(i -> "(" + i + " +I !E" + i + " ~ = - )")
            .collect(Collectors.joining(" "));

    CourseComparison compared = compare("+M[3000 " + items + " ] ok", "+M[3000 " + items + " ] ok");

    assertThat(states(compared)).isEqualTo("M SAME, I SAME");
    StateStay stay = left(compared, "I");
    assertThat(stay.visits()).isEqualTo(3_000);
    assertThat(stay.errors()).hasSize(StateStay.MOST_ERRORS);
    assertThat(stay.otherErrors()).isEqualTo(3_000 - StateStay.MOST_ERRORS);
    StateStay map = left(compared, "M");
    assertThat(map.itemCount()).isEqualTo(3_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # which, left and right of them, by their numbers among the visits of the state
          +I = - | +I = - | LAST | 0, 0
          +I = - +I = - +I = - | +I = - +I = - | FIRST | 0, 0
          +I = - +I = - +I = - | +I = - +I = - | LAST | 2, 1
          +I = - | '' | LAST | 0, none
          '' | +I = - | FIRST | none, 0
          # what went wrong on the second time, beside the second time
          +I = - +I !No fail:No | +I = - +I = - +I = - ok | WRONG | 1, 1
          +I = - +I = - +I = - ok | +I = - +I !No fail:No | WRONG | 1, 1
          # the item that went wrong, beside the same item
          +M[2 (0 +I = - ) (1 +I !No fail:No | +A = - +M[2 (1 +I = - ) (0 +I = - ) ] ok | WRONG | 1, 0
          # there is no such item: the last
          +M[2 (0 +I = - ) (1 +I !No fail:No | +M[1 (0 +I = - ) ] ok | WRONG | 1, 0
          # nothing went wrong
          +I = - +I = - | +I = - | WRONG | 1, 0
          """)
  void visitsArePutBesideEachOther(
      @Nullable String left, @Nullable String right, Which which, String expected) {
    List<Visit> lefts = visits(WrittenCourse.of(text(left)));
    List<Visit> rights = visits(WrittenCourse.of(text(right)));

    VisitPair pair = VisitPair.of(lefts, rights, which);

    assertThat(number(lefts, pair.left()) + ", " + number(rights, pair.right()))
        .isEqualTo(expected);
  }

  @Test
  void whatWentWrongTellsMost() {
    List<Visit> well = visits(WrittenCourse.of("+I = - ok"));
    List<Visit> wrong = visits(WrittenCourse.of("+I !No fail:No"));

    assertThat(VisitPair.telling(well, well)).isEqualTo(Which.LAST);
    assertThat(VisitPair.telling(well, wrong)).isEqualTo(Which.WRONG);
    assertThat(VisitPair.telling(wrong, List.of())).isEqualTo(Which.WRONG);
  }

  private static CourseComparison compare(String left, String right) {
    return CourseComparison.of(WrittenCourse.of(left), WrittenCourse.of(right));
  }

  private static String text(@Nullable String cell) {
    return cell == null ? "" : cell;
  }

  private static String states(CourseComparison compared) {
    List<String> told = new ArrayList<>();
    compared.states().forEach((name, state) -> told.add(name + " " + state.mark()));
    return String.join(", ", told);
  }

  private static String parting(@Nullable Parting parting) {
    if (parting == null) {
      return "";
    }
    if (parting.state() == null) {
      return parting.why() + ": " + next(parting.left()) + ", " + next(parting.right());
    }
    return "at %s/%d %s: %s, %s"
        .formatted(
            parting.state(),
            parting.visit(),
            parting.why(),
            way(parting.left()),
            way(parting.right()));
  }

  private static String next(Parting.Way way) {
    return way.next() == null ? "nothing" : way.next();
  }

  private static String way(Parting.Way way) {
    return way.status()
        + (way.error() == null ? "" : " " + way.error())
        + (way.next() == null ? "" : " > " + way.next());
  }

  private static List<Visit> visits(ExecutionCourse course) {
    return course.visits().stream().filter(visit -> visit.state().equals("I")).toList();
  }

  private static String number(List<Visit> visits, @Nullable Visit visit) {
    return visit == null ? "none" : String.valueOf(visits.indexOf(visit));
  }

  private static StateStay left(CourseComparison compared, String state) {
    return Objects.requireNonNull(of(compared, state).left());
  }

  private static StateStay right(CourseComparison compared, String state) {
    return Objects.requireNonNull(of(compared, state).right());
  }

  private static CourseComparison.OfState of(CourseComparison compared, String state) {
    return Objects.requireNonNull(compared.states().get(state));
  }
}
