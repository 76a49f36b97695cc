package io.gradus.service.testcase.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `./gradus testcases` is asked for.
///
/// @param name of the state machine: what it is called in ARNs, and whose cases of a mock
///   configuration are meant; null for the definition's file name
/// @param only the one case to run; null for all
/// @param input for cases that have none of their own; null for `{}`
/// @param junit where to write a report; null for nowhere
/// @param record where to write the cases, expecting what came of them; null for nowhere
record TestCaseOptions(
    Path definition,
    Path cases,
    @Nullable String name,
    @Nullable String only,
    @Nullable Path input,
    @Nullable Path junit,
    @Nullable Path record) {
  static final String USAGE =
      """
      usage: ./gradus testcases --definition FILE --cases FILE [--name NAME] [--case NAME]
                                [--input FILE] [--junit FILE] [--record FILE]

        --definition FILE  the state machine in Amazon States Language, JSON or YAML
        --cases FILE       test cases, or a mock configuration of Step Functions Local
        --name NAME        the state machine's name; in a mock configuration, whose cases are meant
        --case NAME        run this case only
        --input FILE       input for cases of a mock configuration, which have none; {} without it
        --junit FILE       write a report in JUnit's XML
        --record FILE      write the cases, each expecting what came of it now
      """;

  private static final Set<String> KNOWN =
      Set.of("--definition", "--cases", "--name", "--case", "--input", "--junit", "--record");

  /// A wrong command line.
  static final class Misuse extends Exception {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
      super(message);
    }
  }

  static TestCaseOptions parse(String[] args) throws Misuse {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String option = equals < 0 ? args[i] : args[i].substring(0, equals);
      if (!KNOWN.contains(option)) {
        throw new Misuse("there is no option '" + option + "'");
      }
      if (equals < 0 && i + 1 == args.length) {
        throw new Misuse(option + " needs a value");
      }
      if (given.put(option, equals < 0 ? args[++i] : args[i].substring(equals + 1)) != null) {
        throw new Misuse(option + " is given twice");
      }
    }
    return new TestCaseOptions(
        required(given, "--definition"),
        required(given, "--cases"),
        given.get("--name"),
        given.get("--case"),
        path(given, "--input"),
        path(given, "--junit"),
        path(given, "--record"));
  }

  private static Path required(Map<String, String> given, String option) throws Misuse {
    Path path = path(given, option);
    if (path == null) {
      throw new Misuse(option + " FILE is needed");
    }
    return path;
  }

  private static @Nullable Path path(Map<String, String> given, String option) {
    String value = given.get(option);
    return value == null ? null : Path.of(value);
  }

  /// The state machine's name, from the definition's file where it is not said.
  String machine() {
    if (name != null) {
      return name;
    }
    Path file = definition.getFileName();
    String bare = String.valueOf(file).replaceFirst("(\\.asl)?\\.(json|ya?ml|asl)$", "");
    String good = bare.replaceAll("[^\\w.-]+", "-");
    return good.isEmpty() ? "state-machine" : good;
  }
}
