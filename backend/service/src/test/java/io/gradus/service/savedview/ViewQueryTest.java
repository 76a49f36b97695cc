package io.gradus.service.savedview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a saved view's query may say.
class ViewQueryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|``",
        "machine=orders|machine=orders",
        "from=24h&status=failed|status=failed&from=24h",
        "status=timed_out,failed,failed|status=failed%2Ctimed_out",
        "from=today|from=today",
        "from=2026-11-28T12:00:00Z&to=2026-11-28T13:00:00.000Z"
            + "|from=2026-11-28T12%3A00%3A00Z&to=2026-11-28T13%3A00%3A00Z",
        "name=a+b%26c|name=a%20b%26c",
        "error=%C3%A4|error=%C3%A4",
        "error=ä|error=%C3%A4",
        "name=a=b|name=a%3Db"
      })
  void twoThatFilterTheSameAreTheSameText(String query, String canonical) {
    assertThat(ViewQuery.canonical(query)).isEqualTo(canonical);
    assertThat(ViewQuery.canonical(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?machine=a|not '?machine'",
        "colour=red|A query has machine, status, from, to, name, error; not 'colour'",
        "machine|The query's machine has no value",
        "machine=%20|The query's machine has no value",
        "name=a%00|The query's name has no value",
        "machine=a&machine=b|machine is there twice",
        "machine=a&|not ''",
        "status=failing|A status is running, succeeded",
        "status=failed,|not ''",
        "from=2h|The query's from is a moment such as 2026-11-28T15:00:00Z, or today, 1h, 24h",
        "to=24h|The query's to is a moment such as 2026-11-28T15:00:00Z",
        "to=+9999999-01-01T00:00:00Z|The query's to is a moment",
        "name=%zz|A query is written as in an address; '%zz' is not",
        "name=%|A query is written as in an address"
      })
  void whatNoListFiltersIsRefused(String query, String message) {
    refused(query, message);
  }

  @Test
  void itHasAnEnd() {
    assertThat(ViewQuery.canonical("name=" + "a".repeat(ViewQuery.MAX - 5))).hasSize(ViewQuery.MAX);
    refused("name=" + "a".repeat(ViewQuery.MAX - 4), "A query has at most 2,000 characters");
    refused("name=" + "ä".repeat(400), "A query has at most 2,000 characters");
  }

  private static void refused(String query, String message) {
    assertThatThrownBy(() -> ViewQuery.canonical(query))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
              assertThat(refusal.message()).contains(message);
            });
  }
}
