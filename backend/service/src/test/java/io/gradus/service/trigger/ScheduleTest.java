package io.gradus.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Schedule expressions as tables: what they mean, and what is said of those that mean nothing.
class ScheduleTest {
  private static final Instant ANCHOR = Instant.parse("2026-11-28T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate(5 minutes)                   | UTC             | 2026-11-28T12:00:00Z | 2026-11-28T12:00:00Z 2026-11-28T12:05:00Z 2026-11-28T12:10:00Z
          rate(1 minute)                    | UTC             | 2026-11-28T12:00:01Z | 2026-11-28T12:01:00Z 2026-11-28T12:02:00Z
          rate(2 hours)                     | Europe/Helsinki | 2026-11-28T13:59:59Z | 2026-11-28T14:00:00Z 2026-11-28T16:00:00Z
          rate(1 day)                       | Europe/Helsinki | 2027-03-27T12:00:01Z | 2027-03-28T12:00:00Z 2027-03-29T12:00:00Z
          rate(7  days)                     | UTC             | 2026-11-28T12:00:00.000001Z | 2026-12-05T12:00:00Z
          rate(5 minutes)                   | UTC             | 2020-01-01T00:00:00Z | 2026-11-28T12:00:00Z
          at(2026-12-24T18:00:00)           | UTC             | 2026-11-28T12:00:00Z | 2026-12-24T18:00:00Z
          at(2026-12-24T18:00:00)           | Europe/Helsinki | 2026-11-28T12:00:00Z | 2026-12-24T16:00:00Z
          at(2026-12-24T18:00:00)           | UTC             | 2026-12-24T18:00:00Z | 2026-12-24T18:00:00Z
          at(2026-12-24T18:00:00)           | UTC             | 2026-12-24T18:00:01Z |
          at(2027-10-31T03:30:00)           | Europe/Helsinki | 2026-11-28T12:00:00Z | 2027-10-31T00:30:00Z
          cron(0 9 ? * MON-FRI *)           | UTC             | 2026-11-27T09:00:01Z | 2026-11-30T09:00:00Z 2026-12-01T09:00:00Z
          cron(0 9 ? * MON-FRI *)           | Europe/Helsinki | 2026-11-28T12:00:00Z | 2026-11-30T07:00:00Z 2026-12-01T07:00:00Z
          cron(0 10 * * ? *)                | UTC             | 2026-11-28T10:00:00Z | 2026-11-28T10:00:00Z 2026-11-29T10:00:00Z
          cron(15 12 * * ? *)               | UTC             | 2026-11-28T12:00:00Z | 2026-11-28T12:15:00Z
          cron(0/15 * * * ? *)              | UTC             | 2026-11-28T12:31:00Z | 2026-11-28T12:45:00Z 2026-11-28T13:00:00Z
          cron(*/20 8-10 ? * 2-6 *)         | UTC             | 2026-11-30T10:41:00Z | 2026-12-01T08:00:00Z 2026-12-01T08:20:00Z
          cron(0 8 1 * ? *)                 | UTC             | 2026-11-28T12:00:00Z | 2026-12-01T08:00:00Z 2027-01-01T08:00:00Z
          cron(0 18 L * ? *)                | UTC             | 2026-11-28T12:00:00Z | 2026-11-30T18:00:00Z 2026-12-31T18:00:00Z
          cron(0 18 L-2 * ? *)              | UTC             | 2026-11-28T12:00:00Z | 2026-11-28T18:00:00Z 2026-12-29T18:00:00Z
          cron(0 6 15W * ? *)               | UTC             | 2026-11-01T00:00:00Z | 2026-11-16T06:00:00Z 2026-12-15T06:00:00Z
          cron(0 6 1W * ? *)                | UTC             | 2026-10-31T12:00:00Z | 2026-11-02T06:00:00Z
          cron(0 6 31W * ? *)               | UTC             | 2026-11-01T00:00:00Z | 2026-12-31T06:00:00Z
          cron(0 6 LW * ? *)                | UTC             | 2027-01-01T12:00:00Z | 2027-01-29T06:00:00Z
          cron(0 6 ? * 6L *)                | UTC             | 2026-11-01T00:00:00Z | 2026-11-27T06:00:00Z 2026-12-25T06:00:00Z
          cron(0 6 ? * FRI#2 *)             | UTC             | 2026-11-01T00:00:00Z | 2026-11-13T06:00:00Z 2026-12-11T06:00:00Z
          cron(0 6 ? * L *)                 | UTC             | 2026-11-28T12:00:00Z | 2026-12-05T06:00:00Z
          cron(0 6 ? * FRI-MON *)           | UTC             | 2026-11-30T06:00:01Z | 2026-12-04T06:00:00Z 2026-12-05T06:00:00Z
          cron(0 6 1,15 jan,Jul ? *)        | UTC             | 2026-11-28T12:00:00Z | 2027-01-01T06:00:00Z 2027-01-15T06:00:00Z 2027-07-01T06:00:00Z
          cron(0 0 29 2 ? *)                | UTC             | 2026-11-28T12:00:00Z | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z
          cron(0 0 1 1 ? 2030-2031)         | UTC             | 2026-11-28T12:00:00Z | 2030-01-01T00:00:00Z 2031-01-01T00:00:00Z
          cron(0 0 31 2 ? *)                | UTC             | 2026-11-28T12:00:00Z |
          cron(0 0 1 1 ? 2025)              | UTC             | 2026-11-28T12:00:00Z |
          cron(30 3 * * ? *)                | Europe/Helsinki | 2027-03-27T12:00:00Z | 2027-03-29T00:30:00Z
          cron(30 3 * * ? *)                | Europe/Helsinki | 2027-10-30T12:00:00Z | 2027-10-31T00:30:00Z 2027-11-01T01:30:00Z
          cron(30 * * * ? *)                | Europe/Helsinki | 2027-10-31T00:00:00Z | 2027-10-31T00:30:00Z 2027-10-31T01:30:00Z 2027-10-31T02:30:00Z
          cron(30 * * * ? *)                | Europe/Helsinki | 2027-03-28T00:00:00Z | 2027-03-28T00:30:00Z 2027-03-28T01:30:00Z
          """)
  void anExpressionNamesItsMoments(
      String expression, String zone, Instant from, @Nullable String moments) {
    List<Instant> expected =
        moments == null
            ? List.of()
            : Arrays.stream(moments.split(" ")).map(Instant::parse).toList();
    var schedule =
        new Schedule(ScheduleExpression.parse(expression), ZoneId.of(zone), ANCHOR, null, null);
    assertThat(schedule.next(from, Math.max(1, expected.size()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          every day                     | must be rate(value unit)
          rate(5 minutes                | must be rate(value unit)
          rate(5 minutes))              | must be rate(value unit)
          rate(0 minutes)               | must have a number of 1 or more
          rate(-5 minutes)              | must be a number and minutes, hours or days
          rate(5 seconds)               | must be a number and minutes, hours or days
          rate(five minutes)            | must be a number and minutes, hours or days
          rate(5)                       | must be a number and minutes, hours or days
          rate(99999999 days)           | must be a number and minutes, hours or days
          at(2026-12-24)                | must be a day and a time
          at(2026-12-24T18:00:00Z)      | must be a day and a time
          at(2026-02-30T18:00:00)       | names a day or a time that there is not
          at(2026-12-24T25:00:00)       | names a day or a time that there is not
          cron()                        | has 0 fields: it takes six
          cron(0 9 * * *)               | has 5 fields: it takes six
          cron(0 0 9 ? * MON *)         | has 7 fields: it takes six
          cron(0 9 * * * *)             | must have ? in exactly one
          cron(0 9 ? * ? *)             | must have ? in exactly one
          cron(60 9 ? * MON *)          | has '60' for minutes, which takes 0 to 59
          cron(0 24 ? * MON *)          | has '24' for hours, which takes 0 to 23
          cron(0 9 32 * ? *)            | has '32' for day-of-month, which takes 1 to 31
          cron(0 9 0 * ? *)             | has '0' for day-of-month, which takes 1 to 31
          cron(0 9 1 13 ? *)            | has '13' for month, which takes 1 to 12 or JAN to DEC
          cron(0 9 1 MAYO ? *)          | has 'MAYO' for month
          cron(0 9 ? * 8 *)             | has '8' for day-of-week, which takes 1 to 7 or SUN to SAT
          cron(0 9 ? * 0 *)             | has '0' for day-of-week
          cron(0 9 ? * MON#6 *)         | has 'MON#6' for day-of-week
          cron(0 9 ? * MON 1969)        | has '1969' for year, which takes 1970 to 2199
          cron(0 9 ? * MON 2031-2030)   | has '2031-2030' for year
          cron(0/0 9 ? * MON *)         | has '0/0' for minutes
          cron(1,,2 9 ? * MON *)        | has '1,,2' for minutes
          cron(*-5 9 ? * MON *)         | has '*-5' for minutes
          cron(? 9 ? * MON *)           | has '?' for minutes
          cron(99999999999 9 ? * MON *) | has '99999999999' for minutes
          """)
  void aBadExpressionIsToldWhatIsWrongWithIt(String expression, String sentence) {
    assertThatThrownBy(() -> ScheduleExpression.parse(expression))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
              assertThat(refusal.message()).contains(sentence);
            });
  }

  @Test
  void aLongExpressionIsRefusedUnread() {
    assertThatThrownBy(() -> ScheduleExpression.parse("cron(" + "1,".repeat(200) + "1 * * * ? *)"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void nothingIsBeforeTheStartOrAfterTheEnd() {
    var schedule =
        new Schedule(
            ScheduleExpression.parse("rate(1 hour)"),
            ZoneId.of("UTC"),
            ANCHOR,
            ANCHOR.plus(Duration.ofMinutes(90)),
            ANCHOR.plus(Duration.ofHours(3)));
    assertThat(schedule.next(ANCHOR, 5))
        .containsExactly(ANCHOR.plus(Duration.ofHours(2)), ANCHOR.plus(Duration.ofHours(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate(5 minutes)         | 2026-11-28T12:00:00Z | 2026-11-28T13:02:00Z | 2026-11-28T13:00:00Z
          cron(0 9 ? * MON-FRI *) | 2026-11-30T09:00:00Z | 2027-11-28T13:02:00Z | 2027-11-26T09:00:00Z
          cron(0 0 1 1 ? *)       | 2027-01-01T00:00:00Z | 2040-06-01T00:00:00Z | 2040-01-01T00:00:00Z
          cron(* * * * ? *)       | 2026-11-28T12:00:00Z | 2030-11-28T12:00:30Z | 2030-11-28T12:00:00Z
          at(2026-12-24T18:00:00) | 2026-12-24T18:00:00Z | 2027-01-01T00:00:00Z | 2026-12-24T18:00:00Z
          """)
  void theLatestOfManyMissedMomentsIsFound(
      String expression, Instant known, Instant now, Instant latest) {
    var schedule =
        new Schedule(ScheduleExpression.parse(expression), ZoneId.of("UTC"), ANCHOR, null, null);
    assertThat(schedule.latest(known, now)).isEqualTo(latest);
  }

  @Test
  void aTimeZoneIsOneThatThereIs() {
    assertThat(Schedule.zone("Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThatThrownBy(() -> Schedule.zone("Europe/Atlantis"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("There is no time zone 'Europe/Atlantis'");
  }
}
