package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which executions a list shows, as its address says it.
class ListQueryTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

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
            new ListQuery(null, Set.of(), null, NOON, NOON.plusSeconds(60), null, null))) {
      assertThat(ListQuery.of(query.query())).isEqualTo(query);
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

  @Test
  void backFromNowIsCountedWhenItIsAsked() {
    ListQuery query = ListQuery.of(QueryParameters.of("from", "7d"));

    assertThat(query.wanted(NOON).startedFrom()).isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));
    assertThat(query.wanted(NOON).startedBefore()).isNull();
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
