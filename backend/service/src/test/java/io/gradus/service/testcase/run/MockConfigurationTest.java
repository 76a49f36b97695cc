package io.gradus.service.testcase.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Step Functions Local's file, read and written.
class MockConfigurationTest {
  private static final String FILE =
      """
      {
        "StateMachines": {
          "orders": {"TestCases": {
            "Happy": {"Charge": "Paid"},
            "Retried": {"Charge": "BusyTwice", "Tell": "Paid"}}},
          "other": {"TestCases": {}}
        },
        "MockedResponses": {
          "Paid": {"0": {"Return": {"StatusCode": 200}}},
          "BusyTwice": {"0-1": {"Throw": {"Error": "Busy", "Cause": "later"}}, "2": {"Return": {"StatusCode": 200}}}
        }
      }""";

  @Test
  void aFileIsReadForTheMachineOfTheNameOrTheOneThatIsSaid() {
    CaseFile file = CaseFile.read(FILE, null, "orders");

    assertThat(file.mocksOnly()).isTrue();
    assertThat(file.testCases()).extracting(TestCase::name).containsExactly("Happy", "Retried");
    assertThat(file.testCases().getLast().mocks().toString())
        .isEqualTo(
            "{\"Charge\":{\"0-1\":{\"Throw\":{\"Error\":\"Busy\",\"Cause\":\"later\"}},"
                + "\"2\":{\"Return\":{\"StatusCode\":200}}},\"Tell\":{\"0\":{\"Return\":"
                + "{\"StatusCode\":200}}}}");
    assertThat(CaseFile.read(FILE, "other", "orders").testCases()).isEmpty();
  }

  @Test
  void whatIsWrittenReadsBackAsTheSame() {
    List<TestCase> cases = CaseFile.read(FILE, "orders", null).testCases();
    String written = MockConfiguration.write("orders", cases).toString();

    assertThat(CaseFile.read(written, null, "orders").testCases()).isEqualTo(cases);
    assertThat(written).contains("\"Mocked Charge 2\"").doesNotContain("Mocked Tell");
    assertThat(CaseFile.read(CaseFile.write(cases).toString(), null, null).testCases())
        .isEqualTo(cases);
  }

  @Test
  void mocksThatItHasNoFormForAreNotWritten() {
    TestCase listed = Cases.read("{\"mocks\":{\"A\":[{\"return\":1}]}}");
    TestCase slow = Cases.read("{\"mocks\":{\"A\":{\"0\":{\"Return\":1,\"DelaySeconds\":1}}}}");

    for (TestCase each : List.of(listed, slow)) {
      assertThatThrownBy(() -> MockConfiguration.write("m", List.of(each)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("'case' mocks the state 'A'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | not JSON",
        "[] | must be a JSON object",
        "{} | neither 'testCases' nor",
        "{\"testCases\":{\"a/b\":{}}} | Test case 'a/b': Invalid Name",
        "{\"testCases\":{\"a\":{\"x\":1}}} | Test case 'a': A test case has no 'x'",
        "{\"StateMachines\":{}} | 'MockedResponses' must be",
        "{\"StateMachines\":{},\"MockedResponses\":{}} | no state machines",
        "{\"StateMachines\":{\"a\":{},\"b\":{}},\"MockedResponses\":{}} | 'a', 'b': say which",
        "{\"StateMachines\":{\"a\":{}},\"MockedResponses\":{}} | 'TestCases' of 'a' must be",
        "{\"StateMachines\":{\"a\":{\"TestCases\":{\"c\":{\"S\":1}}}},\"MockedResponses\":{}} | must name a mocked response for the state 'S'",
        "{\"StateMachines\":{\"a\":{\"TestCases\":{\"c\":{\"S\":\"R\"}}}},\"MockedResponses\":{}} | 'R', which is not there",
        "{\"StateMachines\":{\"a\":{\"TestCases\":{\"c\":{\"S\":\"R\"}}}},\"MockedResponses\":{\"R\":{\"0\":{}}}} | response 'R': call 0 must have exactly one of 'Return' and 'Throw'",
      })
  void whatIsWrongWithAFileIsSaid(String file, String why) {
    assertThatThrownBy(() -> CaseFile.read(file, null, "m"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
  }
}
