package io.gradus.service.testcase.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/// Test cases from the command line.
class TestCasesCommandTest {
  private static final String DEFINITION =
      """
      {"StartAt": "Charge", "States": {"Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "charge", "Payload.$": "$"}, "OutputPath": "$.Payload", "End": true}}}""";

  private static final String CASES =
      """
      {"testCases": {
        "paid": {"mocks": {"Charge": [{"return": {"Payload": {"paid": true}}}]}, "expected": {"output": {"paid": true}}},
        "not <paid>": {"mocks": {"Charge": [{"return": {"Payload": {"paid": false}}}]}, "expected": {"output": {"paid": true}}}}}""";

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("orders.asl.json"), DEFINITION);
    Files.writeString(directory.resolve("cases.json"), CASES);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return TestCasesCommand.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void eachCaseIsToldAndOneThatFailsFailsAll() {
    int code = run("--definition", file("orders.asl.json"), "--cases", file("cases.json"));

    assertThat(code).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("PASS  paid  (1 state, ")
        .contains("FAIL  not <paid>")
        .contains("/paid: expected true, found false")
        .contains("path: Charge")
        .contains("2 test cases: 1 passed, 1 failed");
    assertThat(
            run(
                "--definition",
                file("orders.asl.json"),
                "--cases=" + file("cases.json"),
                "--case",
                "paid"))
        .isZero();
  }

  @Test
  void theExampleOfTheDocumentationPasses() {
    Path examples = Path.of("../../examples/testing").toAbsolutePath();
    String definition = examples.resolve("orders.asl.json").toString();

    int code =
        run(
            "--definition",
            definition,
            "--cases",
            examples.resolve("orders.testcases.json").toString());

    assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(
            run(
                "--definition",
                definition,
                "--cases",
                examples.resolve("MockConfigFile.json").toString()))
        .as(out.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  @Test
  void aReportSaysTheSameInJunitsXml() throws Exception {
    run(
        "--definition",
        file("orders.asl.json"),
        "--cases",
        file("cases.json"),
        "--junit",
        file("report.xml"));
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(directory.resolve("report.xml"))))
            .getDocumentElement();

    assertThat(suite.getAttribute("name")).isEqualTo("orders");
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failed = (Element) suite.getElementsByTagName("testcase").item(1);
    assertThat(failed.getAttribute("name")).isEqualTo("not <paid>");
    assertThat(failed.getElementsByTagName("failure").item(0).getTextContent())
        .contains("/paid: expected true, found false");
  }

  @Test
  void aMockConfigurationIsRunAndRecorded() throws IOException {
    Files.writeString(
        directory.resolve("MockConfigFile.json"),
        """
        {"StateMachines": {"orders": {"TestCases": {"Happy": {"Charge": "Paid"}, "Sad": {"Charge": "Refused"}}}},
         "MockedResponses": {"Paid": {"0": {"Return": {"Payload": 1}}}, "Refused": {"0": {"Throw": {"Error": "No"}}}}}""");
    String[] args = {
      "--definition",
      file("orders.asl.json"),
      "--cases",
      file("MockConfigFile.json"),
      "--record",
      file("recorded.json")
    };

    assertThat(run(args)).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("The execution failed with 'No'. The case does not expect an error.");
    assertThat(run("--definition", file("orders.asl.json"), "--cases", file("recorded.json")))
        .as(out.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  @Test
  void whatIsMissingOrUnknownIsSaid() throws IOException {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: ./gradus testcases");
    assertThat(run("--definition", directory.toString(), "--cases", "x")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(directory + " is a directory");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--definition FILE is needed");
    assertThat(run("--what", "x")).isEqualTo(2);
    assertThat(run("--definition", "nowhere.json", "--cases", "nowhere.json")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no file nowhere.json");
    Files.writeString(directory.resolve("bad.json"), "{\"StartAt\": \"A\", \"States\": {}}");
    assertThat(run("--definition", file("bad.json"), "--cases", file("cases.json"))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("gradus: ");
    Files.writeString(
        directory.resolve("orders.yaml"),
        "StartAt: Charge\nStates:\n  Charge: {\"Type\": \"Pass\", \"End\": true}\n");
    assertThat(run("--definition", file("orders.yaml"), "--cases", file("cases.json")))
        .isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("which is a Pass");
  }
}
