package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The address of the page that compares two executions.
class CompareQueryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "state=Charge",
        "state=Charge%20%26%20ship&tab=output&visit=wrong",
        "state=A&visit=first",
        "only=differences&order=time",
        "pane=graph",
        "state=A&tab=definition&visit=last&only=differences&order=time&pane=data"
      })
  void whatAnAddressSaysIsWrittenAgain(String query) {
    QueryParameters said = QueryParameters.fromString(query);

    assertThat(CompareQuery.of(said).query().getParameters()).isEqualTo(said.getParameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"state=&tab=none&visit=7&only=all&order=name&pane=x", "tab=INPUT", "else=1"})
  void whatIsNotUnderstoodSelectsNothing(String query) {
    assertThat(CompareQuery.of(QueryParameters.fromString(query))).isEqualTo(CompareQuery.ALL);
  }

  @Test
  void anotherStateBeginsWithWhatTellsMost() {
    CompareQuery query =
        CompareQuery.of(
            QueryParameters.fromString(
                "state=A&tab=output&visit=first&only=differences&pane=data"));

    assertThat(query.withState("B"))
        .isEqualTo(CompareQuery.ALL.withOnlyDifferences(true).withState("B"));
  }
}
