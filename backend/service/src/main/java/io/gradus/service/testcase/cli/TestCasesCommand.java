package io.gradus.service.testcase.cli;

import io.gradus.asl.text.JsonLayout;
import io.gradus.asl.text.Yaml;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.PayloadJson;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.definition.Definitions;
import io.gradus.service.testcase.run.CaseFile;
import io.gradus.service.testcase.run.CaseResult;
import io.gradus.service.testcase.run.CaseRunner;
import io.gradus.service.testcase.run.JsonDifference;
import io.gradus.service.testcase.run.TestCase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `./gradus testcases`: runs the test cases of a file on the definition of another one, without a
/// server and without calling anything. Ends with 0 where all passed, 1 where not all did or a file
/// is not as it should be, 2 where the command line is not.
public final class TestCasesCommand {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  /// So many differences are printed of a case.
  private static final int SHOWN = 20;

  private static final String REGION = "us-east-1";
  private static final String ACCOUNT = "000000000000";

  private final PrintStream out;
  private final PrintStream err;

  private TestCasesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// A case that ran.
  record Ran(TestCase testCase, CaseResult result) {}

  /// Runs it and ends the program.
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(args, out, new PrintStream(System.err, true, StandardCharsets.UTF_8)));
  }

  /// Runs it.
  ///
  /// @return the program's exit code
  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length > 0 && (args[0].equals("--help") || args[0].equals("-h"))) {
      out.print(TestCaseOptions.USAGE);
      return PASSED;
    }
    TestCasesCommand command = new TestCasesCommand(out, err);
    try {
      return command.run(TestCaseOptions.parse(args));
    } catch (TestCaseOptions.Misuse misuse) {
      err.println("gradus: " + misuse.getMessage());
      err.print(TestCaseOptions.USAGE);
      return MISUSED;
    } catch (Refusal refusal) {
      err.println("gradus: " + refusal.message());
      return FAILED;
    } catch (NoSuchFileException e) {
      err.println("gradus: there is no file " + e.getMessage());
      return FAILED;
    } catch (CharacterCodingException e) {
      err.println("gradus: a file is not UTF-8 text");
      return FAILED;
    } catch (IOException e) {
      err.println("gradus: a file cannot be read or written: " + e.getMessage());
      return FAILED;
    }
  }

  private int run(TestCaseOptions options) throws IOException {
    CaseRunner runner =
        new CaseRunner(
            Definitions.sound(definition(options.definition())),
            REGION,
            ACCOUNT,
            options.machine(),
            ExecutionInfo.Limits.AWS);
    List<TestCase> cases = cases(options);
    List<Ran> ran = new ArrayList<>();
    for (TestCase each : cases) {
      long until = System.nanoTime() + LIMIT.toNanos();
      Ran one = new Ran(each, runner.run(each, () -> System.nanoTime() - until > 0));
      ran.add(one);
      print(one);
    }
    long passed = ran.stream().filter(one -> one.result().passed()).count();
    out.printf(
        Locale.ROOT,
        "%n%s: %d passed, %d failed%n",
        counted(ran.size(), "test case"),
        passed,
        ran.size() - passed);
    if (options.junit() != null) {
      Files.writeString(options.junit(), JunitReport.of(options.machine(), ran));
    }
    if (options.record() != null) {
      record(options.record(), ran);
    }
    return passed == ran.size() ? PASSED : FAILED;
  }

  private static String text(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    return Files.readString(file);
  }

  private static String definition(Path file) throws IOException {
    String text = text(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      return text;
    }
    return switch (Yaml.toJson(text)) {
      case Yaml.Json json -> json.text();
      case Yaml.Fault fault ->
          throw new Refusal(
              ErrorCode.INVALID_DEFINITION,
              "%s, line %d, column %d: %s"
                  .formatted(file, fault.line(), fault.column(), fault.message()));
    };
  }

  private static List<TestCase> cases(TestCaseOptions options) throws IOException {
    CaseFile file = CaseFile.read(text(options.cases()), options.name(), options.machine());
    List<TestCase> cases = new ArrayList<>();
    JsonNode input = options.input() == null ? null : input(options.input());
    for (TestCase each : file.testCases()) {
      if (options.only() == null || options.only().equals(each.name())) {
        cases.add(file.mocksOnly() && input != null ? each.withInput(input) : each);
      }
    }
    if (cases.isEmpty()) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          options.only() == null
              ? "the file has no test cases"
              : "the file has no test case '" + options.only() + "'");
    }
    return cases;
  }

  private static JsonNode input(Path file) throws IOException {
    try {
      return PayloadJson.MAPPER.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new Refusal(ErrorCode.VALIDATION, file + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private void print(Ran one) {
    CaseResult result = one.result();
    out.printf(
        Locale.ROOT,
        "%s  %s  (%s, %s, %d ms)%n",
        result.passed() ? "PASS" : "FAIL",
        one.testCase().name(),
        counted(result.stepCount(), "state"),
        counted(result.eventCount(), "event"),
        result.took().toMillis());
    if (!result.passed()) {
      explanation(result).forEach(line -> out.println("      " + line));
    }
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /// Why a case failed, line by line.
  static List<String> explanation(CaseResult result) {
    List<String> lines = new ArrayList<>(result.problems());
    result.differences().stream()
        .limit(SHOWN)
        .map(JsonDifference::sentence)
        .forEach(line -> lines.add("  " + line));
    if (result.differences().size() > SHOWN) {
      lines.add("  … and at " + (result.differences().size() - SHOWN) + " more places");
    }
    if (!result.steps().isEmpty()) {
      lines.add("path: " + path(result));
    }
    return lines;
  }

  private static String path(CaseResult result) {
    List<String> words = new ArrayList<>();
    for (CaseResult.Step step : result.steps().stream().limit(SHOWN * 2L).toList()) {
      String place = step.place().isEmpty() ? "" : " (" + step.place() + ")";
      boolean plain = step.status().equals("SUCCEEDED");
      words.add(step.state() + place + (plain ? "" : " " + step.status()));
    }
    if (result.stepCount() > words.size()) {
      words.add("…");
    }
    return String.join(" > ", words);
  }

  private void record(Path file, List<Ran> ran) throws IOException {
    List<TestCase> recorded = new ArrayList<>();
    for (Ran one : ran) {
      if (one.result().status().equals(CaseResult.BROKEN_OFF)) {
        err.println(
            "gradus: '"
                + one.testCase().name()
                + "' did not come to an end; it is recorded without an expectation");
        recorded.add(one.testCase().expecting(TestCase.Expected.SUCCESS));
      } else {
        recorded.add(
            one.testCase()
                .expecting(
                    CaseRunner.asExpected(one.result(), one.testCase().expected().ignore())));
      }
    }
    String json = CaseFile.write(recorded).toString();
    String laidOut = JsonLayout.indented(json);
    Files.writeString(file, (laidOut == null ? json : laidOut) + "\n");
  }
}
