package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.ViewQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which executions a list shows, as its address says it.
class ListQueryTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

  @Test
  void anAddressSaysWhatItWasMadeOf() {
    for (ListQuery query :
        List.of(
            ListQuery.ALL,
            new ListQuery(
                "orders",
                Set.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT),
                "24h",
                null,
                null,
                "SO-",
                "Payment.Declined"),
            ListQuery.ALL.withSince("today"),
            ListQuery.ALL.withName("a&b=c+d% e").withError("ä\n\"'"),
            new ListQuery(null, Set.of(), null, NOON, NOON.plusSeconds(60), null, null))) {
      assertThat(ListQuery.of(query.query())).isEqualTo(query);
      assertThat(ListQuery.of(saved(query.text()))).isEqualTo(query);
      assertThat(ViewQuery.canonical(query.text())).isEqualTo(query.text());
    }
  }

  @Test
  void whatAnAddressSaysWronglyFiltersNothing() {
    ListQuery query =
        ListQuery.of(
            QueryParameters.simple(
                Map.of(
                    "status",
                    "failing,",
                    "from",
                    "long ago",
                    "to",
                    Instant.MAX.toString(),
                    "name",
                    " ",
                    "error",
                    "\0")));

    assertThat(query.isAll()).isTrue();
  }

  private static SavedView saved(String query) {
    return new SavedView("id", "user/ann", "name", query, false, NOON, NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "1h, 2026-11-28T11:00:00Z",
    "24h, 2026-11-27T12:00:00Z",
    "7d, 2026-11-21T12:00:00Z",
    "30d, 2026-10-29T12:00:00Z",
    "today, 2026-11-27T22:00:00Z"
  })
  void backFromNowIsCountedWhenItIsAsked(String since, Instant begin) {
    ListQuery query = ListQuery.of(QueryParameters.of("from", since));

    assertThat(query.wanted(NOON, HELSINKI).startedFrom()).isEqualTo(begin);
    assertThat(query.wanted(NOON, HELSINKI).startedBefore()).isNull();
    Instant tomorrow = NOON.plus(Duration.ofDays(1));
    assertThat(query.wanted(tomorrow, HELSINKI).startedFrom())
        .isEqualTo(begin.plus(Duration.ofDays(1)));
  }

  @Test
  void todayBeginsWhenTheReadersDayDoes() {
    ListQuery today = ListQuery.ALL.withSince("today");
    ZoneId azores = ZoneId.of("Atlantic/Azores");

    // One at night in Helsinki is still yesterday in the Azores.
    Instant night = Instant.parse("2026-11-27T23:00:00Z");
    assertThat(today.wanted(night, HELSINKI).startedFrom())
        .isEqualTo(Instant.parse("2026-11-27T22:00:00Z"));
    assertThat(today.wanted(night, azores).startedFrom())
        .isEqualTo(Instant.parse("2026-11-27T01:00:00Z"));
    // There, no clock shows midnight on the day on which summer time begins.
    assertThat(today.wanted(Instant.parse("2026-03-29T12:00:00Z"), azores).startedFrom())
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
  }

  @Test
  void filtersAreTakenAwayFromTheLastToTheFirst() {
    ListQuery query =
        new ListQuery("orders", Set.of(ExecutionStatus.RUNNING), "1h", null, null, "SO-", "E");
    List<String> taken = new ArrayList<>();
    while (!query.isAll()) {
      taken.add(query.last());
      query = query.withoutLast();
    }

    assertThat(taken)
        .containsExactly("the error", "the name", "the time", "the status", "the state machine");
  }
}
