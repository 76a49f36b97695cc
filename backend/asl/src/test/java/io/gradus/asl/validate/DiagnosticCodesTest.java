package io.gradus.asl.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.validate.DefinitionValidator.Options;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every code of ValidateStateMachineDefinition, with the place it is told at. In the table `'`
/// stands for `"`.
class DiagnosticCodesTest {
  /// AWS's list.
  private static final Set<Code> AWS =
      EnumSet.complementOf(
          EnumSet.of(
              Code.INVALID_JSONATA_EXPRESSION,
              Code.UNSUPPORTED_JSONATA_EXPRESSION,
              Code.INVALID_VARIABLE_NAME,
              Code.RESERVED_VARIABLE_NAME));

  /// What is said of a machine's name, of which ValidateStateMachineDefinition is told nothing.
  private static final Set<Code> NAMES =
      EnumSet.of(
          Code.STATE_MACHINE_NAME_EMPTY,
          Code.STATE_MACHINE_NAME_INVALID,
          Code.STATE_MACHINE_NAME_TOO_LONG,
          Code.STATE_MACHINE_NAME_ALREADY_EXISTS);

  static Stream<Arguments> codes() {
    String end = "'Type':'Pass','End':true";
    String inner = "{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}}";
    String label = "'Type':'Map','Label':'L','ItemProcessor':";
    return Stream.of(
        arguments(
            "INVALID_JSON_DESCRIPTION",
            "{'StartAt':",
            "[Source: (String)\"{\"StartAt\":\"; line: 1, column: 12]"),
        arguments("MISSING_DESCRIPTION", " ", ""),
        arguments("SCHEMA_VALIDATION_FAILED", "{'States':{'A':{" + end + "}}}", "/"),
        arguments(
            "INVALID_RESOURCE",
            one("'Type':'Task','Resource':'arn:aws:lambda:::function:f','End':true"),
            "/States/A/Resource"),
        arguments("MISSING_END_STATE", one("'Type':'Pass','Next':'A'"), ""),
        arguments(
            "DUPLICATE_STATE_NAME",
            one("'Type':'Parallel','End':true,'Branches':[" + inner.replace("'I'", "'A'") + "]"),
            "/States/A/Branches[0]/States/A"),
        arguments("INVALID_STATE_NAME", one(end).replace("'A'", "'A\\n'"), "/States/A\n"),
        arguments(
            "DUPLICATE_LABEL_NAME",
            states(
                "'A':{"
                    + label
                    + inner
                    + ",'Next':'B'},'B':{"
                    + label
                    + inner.replace("'I'", "'J'")
                    + ",'End':true}"),
            "/States/B/Label"),
        arguments(
            "INVALID_LABEL_NAME",
            one(label.replace("'L'", "'a b'") + inner + ",'End':true"),
            "/States/A/Label"),
        arguments(
            "MISSING_TRANSITION_TARGET",
            states(
                "'A':{'Type':'Choice','Choices':[{'Variable':'$.x','IsNull':true,'Next':'G'}],"
                    + "'Default':'B'},'B':{"
                    + end
                    + "}"),
            "/States/A/Choices[0]/Next"),
        arguments("TOO_DEEPLY_NESTED", nested(), ""),
        arguments("NO_DOLLAR", one("'Parameters':{'x':'$.a'}," + end), "/States/A/Parameters/x"),
        arguments(
            "NO_PATH",
            states(
                "'A':{'Type':'Choice','Choices':[{'Variable':'$.x','StringEquals':'$.y',"
                    + "'Next':'B'}]},'B':{"
                    + end
                    + "}"),
            "/States/A/Choices[0]/StringEquals"),
        arguments("PASS_RESULT_IS_STATIC", one("'Result':'$.a'," + end), "/States/A/Result"));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void everyCodeIsTold(Code code, String definition, String place) {
    List<Diagnostic> found =
        DefinitionValidator.validate(definition.replace('\'', '"'), Options.STANDARD);

    assertThat(found).extracting(Diagnostic::code).containsOnly(code);
    Diagnostic told = found.getFirst();
    if (code == Code.TOO_DEEPLY_NESTED) {
      assertThat(told.location()).startsWith("/States/S0/Branches[0]/States/S1/").endsWith("[0]");
    } else {
      assertThat(told.location()).isEqualTo(place);
    }
    assertThat(told.severity())
        .isEqualTo(
            EnumSet.of(Code.NO_DOLLAR, Code.NO_PATH, Code.PASS_RESULT_IS_STATIC).contains(code)
                ? Severity.WARNING
                : Severity.ERROR);
  }

  static Stream<Arguments> names() {
    return Stream.of(
        arguments("", Code.STATE_MACHINE_NAME_EMPTY),
        arguments("n".repeat(81), Code.STATE_MACHINE_NAME_TOO_LONG),
        arguments("a b", Code.STATE_MACHINE_NAME_INVALID),
        arguments("a:b", Code.STATE_MACHINE_NAME_INVALID));
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAreToldApart(String name, Code code) {
    assertThat(StateMachineNames.fault(name)).extracting("code").isEqualTo(code);
    assertThat(StateMachineNames.fault("n".repeat(80))).isNull();
  }

  @Test
  void theTableHasThemAll() {
    Set<Code> told =
        codes()
            .map(row -> Code.valueOf((String) Objects.requireNonNull(row.get()[0])))
            .collect(Collectors.toSet());
    told.addAll(NAMES);

    assertThat(AWS).hasSize(18).isEqualTo(told);
  }

  private static String one(String state) {
    return states("'A':{" + state + "}");
  }

  private static String states(String states) {
    return "{'StartAt':'A','States':{" + states + "}}";
  }

  /// One Parallel more within another than there may be.
  private static String nested() {
    String machine = "{'StartAt':'E','States':{'E':{'Type':'Pass','End':true}}}";
    for (int depth = 50; depth >= 0; depth--) {
      String name = "S" + depth;
      machine =
          "{'StartAt':'"
              + name
              + "','States':{'"
              + name
              + "':{'Type':'Parallel','End':true,'Branches':["
              + machine
              + "]}}}";
    }
    return machine;
  }
}
