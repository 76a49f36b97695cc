package io.gradus.integrations.mock;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradus.asl.model.StateName;
import io.gradus.engine.port.TaskOutcome;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MocksTest {
  private static final StateName CHARGE = new StateName("Charge");

  @Test
  void answersGoByAttemptAndTheLastRepeats() throws InvalidMocks {
    Mocks mocks =
        Mocks.parse(
            """
            {"Charge": [{"throw": {"error": "Busy", "cause": "later"}},
                        {"throw": {"error": "Gone"}},
                        {"return": {"paid": 1.50}}]}""");

    TaskOutcome.Failed first = failed(mocks.answer(CHARGE, 0).orElseThrow());
    assertThat(first.error().value()).isEqualTo("Busy");
    assertThat(first.cause()).isEqualTo("later");
    assertThat(failed(mocks.answer(CHARGE, 1).orElseThrow()).cause()).isNull();
    for (int retry : new int[] {2, 3, 1_000}) {
      assertThat(output(mocks.answer(CHARGE, retry).orElseThrow())).hasToString("{\"paid\":1.50}");
    }
  }

  @Test
  void oneAnswerMayStandAlone() throws InvalidMocks {
    Mocks mocks = Mocks.parse("{\"Charge\": {\"return\": null}}");

    assertThat(output(mocks.answer(CHARGE, 5).orElseThrow()).isNull()).isTrue();
    assertThat(mocks.states()).isEqualTo(Set.of(CHARGE));
  }

  @Test
  void aStateWithoutMocksIsCalled() throws InvalidMocks {
    assertThat(Mocks.parse("{}").answer(CHARGE, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense|The mocks are not valid JSON",
        "{} {}|The mocks are not valid JSON",
        "[]|The mocks must be an object with a member for each state",
        "{\"Nobody\":{\"return\":1}}|The definition has no Task named 'Nobody'",
        "{\"Charge\":[]}|The mock of 'Charge' must have 1 to 100 answers",
        "{\"Charge\":7}|Answer 0 of 'Charge' must be an object with exactly one of 'return' and 'throw'",
        "{\"Charge\":[{\"return\":1},{}]}|Answer 1 of 'Charge' must be an object with exactly one of 'return' and 'throw'",
        "{\"Charge\":{\"return\":1,\"throw\":{\"error\":\"x\"}}}|Answer 0 of 'Charge' must be an object with exactly one of 'return' and 'throw'",
        "{\"Charge\":{\"throw\":\"x\"}}|Answer 0 of 'Charge': 'throw' must be an object with the text 'error'",
        "{\"Charge\":{\"throw\":{\"error\":\"x\",\"why\":1}}}|Answer 0 of 'Charge': 'throw' has an unknown member 'why'",
        "{\"Charge\":{\"throw\":{\"error\":\"x\",\"cause\":1}}}|Answer 0 of 'Charge': 'cause' must be text"
      })
  void faultsAreSaidClearly(String mocks, String fault) {
    InvalidMocks invalid =
        catchThrowableOfType(InvalidMocks.class, () -> Mocks.parse(mocks, CHARGE::equals));

    assertThat(invalid.faults()).containsExactly(fault);
  }

  @Test
  void everyFaultIsSaid() {
    InvalidMocks invalid =
        catchThrowableOfType(
            InvalidMocks.class,
            () -> Mocks.parse("{\"A\":{\"return\":1},\"Charge\":[1,2]}", CHARGE::equals));

    assertThat(invalid.faults()).hasSize(3);
    assertThat(invalid).hasMessageContaining("'A'").hasMessageContaining("Answer 1 of 'Charge'");
  }
}
