package io.gradus.asl.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.validate.DefinitionValidator.Options;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults with the words and places AWS was seen to use. In the tables `'` stands for `"`, and a
/// fault is written `CODE: message at location`, without its code where it is
/// SCHEMA_VALIDATION_FAILED.
class DefinitionValidatorTest {
  private static final String TASK =
      "'Type':'Task','Resource':'arn:aws:states:::sns:publish'," + "'Parameters':{'Message':'m'},";
  private static final String INNER = "{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}}";

  @ParameterizedTest
  @MethodSource({"structure", "transitions", "fields", "numbers", "paths"})
  void standardDefinition(String definition, List<String> faults) {
    assertThat(errors(definition, Options.STANDARD)).isEqualTo(faults);
  }

  static Stream<Arguments> structure() {
    return Stream.of(
        fault("{'Comment':'c','StartAt':'A'}", "These fields are required: [States] at /"),
        fault("{}", "These fields are required: [States, StartAt] at /"),
        fault("[]", "Definition must be a valid JSON object at /"),
        fault("{'StartAt':'A','States':{}}", "Value cannot be empty at /States"),
        fault(
            "{'StartAt':'A','States':{'A':{'Type':'None','End':true}}}",
            "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail,"
                + " Choice, Parallel, Map] at /States/A/Type"),
        fault(one("'Type':'Pass'"), onlyNextOrEnd("/States/A")),
        fault(
            "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B','End':true},"
                + "'B':{'Type':'Succeed'}}}",
            "There should only be one of the following fields: [Next, End] at /States/A"),
        fault(
            "{'StartAt':'A','Version':'2.0','Startat':'x','States':{'A':{'Type':'Succeed'}}}",
            "Field 'Startat' is not supported at /",
            "Value should be one of the following: [1.0] at /Version"),
        fault(
            one("'Type':'Parallel','Branches':[],'End':true"),
            "Value cannot be empty at" + " /States/A/Branches"),
        fault(one("'Type':'Choice','Choices':[]"), "Value cannot be empty at /States/A/Choices"),
        fault(
            one("'Type':'Map','End':true"),
            "This object should have only one of the following fields: [ItemProcessor, Iterator]"
                + " at /States/A"),
        fault(
            one("'Type':'Parallel','End':true,'Branches':[{'StartAt':'x'}]"),
            "These fields are required: [States] at /States/A/Branches[0]"),
        fault(
            one("'Type':'Parallel','End':true,'Branches':[" + INNER + "," + INNER + "]"),
            "DUPLICATE_STATE_NAME: Duplicate State name: I at /States/A/Branches[1]/States/I"),
        fault(
            "{'StartAt':'"
                + "n".repeat(81)
                + "','States':{'"
                + "n".repeat(81)
                + "':{'Type':'Succeed'}}}",
            "INVALID_STATE_NAME: The state name '"
                + "n".repeat(81)
                + "' exceeds the 80-character limit allowed by the service at /States/"
                + "n".repeat(81)));
  }

  static Stream<Arguments> transitions() {
    String loop = "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Next':'A'}";
    return Stream.of(
        fault(states(loop), "MISSING_END_STATE: Workflow has no terminal state at "),
        fault(
            states(loop + ",'Unused':{'Type':'Pass','Next':'A'}"),
            "MISSING_END_STATE: Workflow has no terminal state at "),
        fault(
            states(loop + ",'C':{'Type':'Pass','End':true}"),
            "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C"),
        fault(
            one("'Type':'Pass','Next':'NOPE'"),
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
            "MISSING_END_STATE: Workflow has no terminal state at "),
        fault(
            "{'StartAt':'pass1','States':{'pass1':{'Type':'Pass','Next':'pass3'},"
                + "'pass2':{'Type':'Pass','End':true}}}",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next",
            "MISSING_TRANSITION_TARGET: State \"pass2\" is not reachable. at /States/pass2"),
        fault(
            "{'StartAt':'Nope','States':{'A':{'Type':'Pass','End':true}}}",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /StartAt",
            "MISSING_TRANSITION_TARGET: State \"A\" is not reachable. at /States/A"),
        fault(
            states(
                "'A':{'Type':'Choice','Choices':[{'Variable':'$.x','IsPresent':true,"
                    + "'Next':'G'}],'Default':'H'},'Z':{'Type':'Pass','End':true}"),
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: G at /States/A/Choices[0]/Next",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: H at /States/A/Default",
            "MISSING_TRANSITION_TARGET: State \"Z\" is not reachable. at /States/Z"),
        fault(
            one(TASK + "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'G'}],'End':true"),
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: G at /States/A/Catch[0]/Next"),
        fault(
            one(
                "'Type':'Map','End':true,'ItemProcessor':{'StartAt':'W','States':{"
                    + "'W':{'Type':'Pass','End':true},'G':{'Type':'Pass','End':true}}}"),
            "MISSING_TRANSITION_TARGET: State \"G\" is not reachable. at"
                + " /States/A/ItemProcessor/States/G"),
        // A loop inside a Map is AWS's to accept.
        fault(
            one(
                "'Type':'Map','End':true,'ItemProcessor':{'StartAt':'X','States':{"
                    + "'X':{'Type':'Pass','Next':'Y'},'Y':{'Type':'Pass','Next':'X'}}}")));
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        fault(
            one("'Type':'Map','TimeoutSeconds':5,'ItemProcessor':" + INNER + ",'End':true"),
            "Field 'TimeoutSeconds' is not supported at /States/A"),
        fault(
            one("'Type':'Pass','End':true,'Catch':[{'ErrorEquals':['States.ALL'],'Next':'A'}]"),
            "Field 'Catch' is not supported at /States/A"),
        fault(
            one("'Type':'Pass','Output':{},'End':true"),
            "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the"
                + " 'JSONata' QueryLanguage at /States/A"),
        fault(
            one("'Type':'Pass','QueryLanguage':'jsonata','Output':{},'InputPath':'$.a','End':true"),
            "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for"
                + " the 'JSONPath' QueryLanguage at /States/A",
            "Value should be one of the following: [JSONPath, JSONata] at"
                + " /States/A/QueryLanguage"),
        fault(
            "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass',"
                + "'QueryLanguage':'JSONPath','Output':{},'End':true}}}",
            "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at"
                + " /States/A"),
        fault(
            "{'QueryLanguage':5,'StartAt':'A','States':{'A':{'Type':'Succeed'}}}",
            "Expected value of type [STRING] at /QueryLanguage"),
        // The Map's own language is not that of the states inside it.
        fault(
            one(
                "'Type':'Map','QueryLanguage':'JSONata','End':true,'ItemProcessor':{'StartAt':'P',"
                    + "'States':{'P':{'Type':'Pass','Output':1,'End':true}}}"),
            "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the"
                + " 'JSONata' QueryLanguage at /States/A/ItemProcessor/States/P"),
        fault(
            one(
                "'Type':'Map','End':true,'Iterator':{'QueryLanguage':'JSONata','StartAt':'I',"
                    + "'States':{'I':{'Type':'Pass','End':true}}}"),
            "Field 'QueryLanguage' is not supported at /States/A/Iterator"),
        fault(
            one(
                "'Type':'Task','Resource':'arn:aws:states:::sns:publish','Parameters':"
                    + "{'Message':'m'},'Credentials':{'x':1},'End':true"),
            "The field 'RoleArn' is required but was missing at /States/A/Credentials"),
        fault(
            one(
                "'Type':'Choice','Choices':[{'Not':{'Variable':'$.a','IsNull':true,'Next':'A'},"
                    + "'Next':'B'}]},'B':{'Type':'Succeed'"),
            "Field 'Next' is not supported at /States/A/Choices[0]/Not"),
        fault(
            one(
                "'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true}],'Default':'B'},"
                    + "'B':{'Type':'Succeed'"),
            "These fields are required: [Next] at /States/A/Choices[0]"),
        fault(
            one("'Type':'Choice','Choices':[{'Next':'B'}]},'B':{'Type':'Succeed'"),
            "The object must have only one of the following fields, [And, Or, Not, Variable,"
                + " Condition] at /States/A/Choices[0]"),
        fault(
            one(
                TASK
                    + "'End':true,'Retry':[{'ErrorEquals':['States.ALL']},"
                    + "{'ErrorEquals':['X','States.ALL']},{'ErrorEquals':[]},{'JitterStrategy':'x'}]"),
            "States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals[0]",
            "States.ALL must appear alone and at end of list at /States/A/Retry[1]/ErrorEquals[1]",
            "Value cannot be empty at /States/A/Retry[2]/ErrorEquals",
            "These fields are required: [ErrorEquals] at /States/A/Retry[3]",
            "Value should be one of the following: [NONE, FULL] at"
                + " /States/A/Retry[3]/JitterStrategy"),
        fault(
            one("'Type':'Wait','Seconds':1,'SecondsPath':'$.s','End':true"),
            "There should only be one of the following fields: [SecondsPath, Seconds,"
                + " TimestampPath, Timestamp] at /States/A"),
        fault(
            one("'Type':'Wait','Timestamp':'2016-13-05T21:29:29Z','End':true"),
            "String does not match RFC3339 timestamp at /States/A/Timestamp"),
        fault(
            one("'Type':'Map','End':true,'Label':'a b','ItemProcessor':" + INNER),
            "INVALID_LABEL_NAME: Label contains invalid character: ' ' at /States/A/Label"),
        fault(
            one(
                "'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':"
                    + "{'Mode':'DISTRIBUTED'},'StartAt':'I','States':{'I':{'Type':'Succeed'}}}"),
            "These fields are required: [ExecutionType] at"
                + " /States/A/ItemProcessor/ProcessorConfig"));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        fault(
            one(TASK + "'TimeoutSeconds':0,'HeartbeatSeconds':'5','End':true"),
            "Minimum value is 1 at /States/A/TimeoutSeconds",
            "Expected value of type Integer at /States/A/HeartbeatSeconds"),
        fault(
            one(TASK + "'TimeoutSeconds':100000000,'TimeoutSecondsPath':'$.t','End':true"),
            "There should only be one of the following fields: [TimeoutSeconds,"
                + " TimeoutSecondsPath] at /States/A"),
        fault(
            one(TASK + "'TimeoutSeconds':5,'HeartbeatSeconds':5,'End':true"),
            "HeartbeatSeconds must be smaller than TimeoutSeconds at /States/A/HeartbeatSeconds"),
        fault(
            one(
                "'Type':'Map','End':true,'MaxConcurrency':-1,'ToleratedFailurePercentage':100.5,"
                    + "'ItemProcessor':"
                    + INNER),
            "Minimum value is 0 at /States/A/MaxConcurrency",
            "Maximum value is 100.0 at /States/A/ToleratedFailurePercentage"),
        fault(
            one(
                TASK
                    + "'End':true,'Retry':[{'ErrorEquals':['X'],'IntervalSeconds':-1,"
                    + "'MaxAttempts':100000000,'BackoffRate':0.5,'MaxDelaySeconds':31622401}]"),
            "Minimum value is 0 at /States/A/Retry[0]/IntervalSeconds",
            "Maximum value is 99999999 at /States/A/Retry[0]/MaxAttempts",
            "Minimum value is 1.0 at /States/A/Retry[0]/BackoffRate",
            "Maximum value is 31622400 at /States/A/Retry[0]/MaxDelaySeconds"),
        fault(
            one("'Type':'Wait','Seconds':1.5,'End':true"),
            "Expected value of type Integer at" + " /States/A/Seconds"));
  }

  static Stream<Arguments> paths() {
    return Stream.of(
        fault(
            one("'Type':'Pass','OutputPath':'Test','End':true"),
            "Value must be a valid JSONPath. at /States/A/OutputPath"),
        fault(
            one("'Type':'Pass','ResultPath':'$.a[*]','End':true"),
            "Value is not a Reference Path at /States/A/ResultPath"),
        fault(
            one(
                "'Type':'Choice','Choices':[{'Variable':'States.ArrayLength($.a)',"
                    + "'NumericEquals':0,'Next':'B'}]},'B':{'Type':'Succeed'"),
            "Value is not a Reference Path: Reference path didn't start with '$' at"
                + " /States/A/Choices[0]/Variable"),
        fault(
            one(
                "'Type':'Map','End':true,'MaxConcurrencyPath':'$$.Execution.Input.n',"
                    + "'ItemProcessor':"
                    + INNER),
            "Value is not a Reference Path at /States/A/MaxConcurrencyPath"),
        fault(
            one("'Type':'Pass','Parameters':{'a.$':'ipsum','b.$':3},'End':true"),
            "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function"
                + " call at /States/A/Parameters",
            "The value for the field 'b.$' must be a STRING that contains a JSONPath but was an"
                + " NUMBER at /States/A/Parameters"),
        // Spaces around a path are AWS's to accept.
        fault(
            one(
                "'Type':'Choice','Choices':[{'Variable':'$.a ','IsNull':true,'Next':'B'}]},"
                    + "'B':{'Type':'Succeed'")));
  }

  @ParameterizedTest
  @MethodSource
  void jsonata(String output, List<String> faults) {
    String definition =
        "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','Output':"
            + output
            + ",'End':true}}}";
    assertThat(errors(definition, Options.STANDARD)).isEqualTo(faults);
  }

  static Stream<Arguments> jsonata() {
    String unsupported = "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '";
    return Stream.of(
        fault(
            "{'a':{'b':['{% phone %}']}}",
            unsupported + "phone' at the top level is not supported. at /States/A/Output/a/b[0]"),
        fault(
            "{'v':'{% aaa + bbb %}'}",
            unsupported + "aaa' at the top level is not supported. at /States/A/Output/v",
            unsupported + "bbb' at the top level is not supported. at /States/A/Output/v"),
        fault(
            "'{% $.phone %}'",
            unsupported + "$' at the top level is not supported. at /States/A/Output"),
        fault("'{% $$ %}'", unsupported + "$$' is not supported. at /States/A/Output"),
        fault(
            "'{% $states.errorOutput %}'",
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at"
                + " /States/A/Output"),
        fault(
            "'{% $states.result %}'",
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at"
                + " /States/A/Output"),
        fault(
            "'{% phone[1,2) %}'",
            "INVALID_JSONATA_EXPRESSION: Expected \"]\", got \",\" at /States/A/Output"),
        fault("'{% 1 +'", "JSONata string must start with {% and end with %} at /States/A/Output"),
        fault("'{% $states.input.items[phone > 3] %}'"),
        fault("'{% $map($states.input.a, function($x){ $x.phone }) %}'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Output':'{% $states.errorOutput %}'",
        "'Assign':{'e':'{% $states.errorOutput.Cause %}'}"
      })
  void errorOutputIsThereInACatcher(String field) {
    String definition =
        "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Task','End':true,"
            + "'Resource':'arn:aws:states:::sns:publish','Arguments':{'Message':'m'},"
            + "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'B',"
            + field
            + "}]},'B':{'Type':'Succeed'}}}";
    assertThat(errors(definition, Options.STANDARD)).isEmpty();
  }

  @Test
  void resultIsThereInAStateThatHasStatesWithin() {
    String definition =
        "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Parallel','End':true,"
            + "'Branches':[{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}],"
            + "'Output':'{% $states.result[0] %}','Assign':{'r':'{% $states.result %}'},"
            + "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'B',"
            + "'Output':'{% $states.result %}'}]},'B':{'Type':'Succeed'}}}";
    assertThat(errors(definition, Options.STANDARD)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void readerConfig(String reader, List<String> faults) {
    String map =
        "'Type':'Map','ItemReader':{'Resource':'arn:aws:states:::s3:"
            + reader
            + "}},'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':"
            + "'STANDARD'},'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}},'End':true";
    assertThat(errors(one(map), Options.STANDARD)).isEqualTo(faults);
  }

  static Stream<Arguments> readerConfig() {
    String at = " at /States/A/ItemReader/ReaderConfig";
    return Stream.of(
        fault("getObject','ReaderConfig':{'InputType':'JSON','ItemsPointer':'/data/items'"),
        fault(
            "getObject','ReaderConfig':{'InputType':'JSON','ItemsPointer':'data/items'",
            "Invalid input: JSON Pointer expression must start with '/': \"data/items\""
                + at
                + "/ItemsPointer"),
        fault(
            "getObject','ReaderConfig':{'InputType':'JSON','ManifestType':'ATHENA_DATA'",
            "Field 'ManifestType' is not supported" + at),
        fault("getObject','ReaderConfig':{'InputType':'JSONL','ManifestType':'ATHENA_DATA'"),
        fault(
            "listObjectsV2','ReaderConfig':{'Transformation':'LOAD_AND_FLATTEN'",
            "The field 'InputType' is required" + at),
        fault(
            "getObject','ReaderConfig':{'InputType':'JSONL','CSVHeaders':['id']",
            "Field 'CSVHeaders' is not supported" + at));
  }

  @ParameterizedTest
  @MethodSource
  void resource(String state, List<String> faults) {
    assertThat(errors(one(state + ",'End':true"), Options.STANDARD)).isEqualTo(faults);
  }

  static Stream<Arguments> resource() {
    return Stream.of(
        fault(
            "'Type':'Task','Resource':'createToken'",
            "Value is not a valid resource ARN at" + " /States/A/Resource"),
        fault(
            "'Type':'Task','Resource':'${Function}'",
            "The placeholder ${Function} is not filled in at /States/A/Resource"),
        fault(
            "'Type':'Task','Resource':'arn:${AWS::Partition}:states:::sns:publish',"
                + "'Parameters':{'Message':'m'},'TimeoutSeconds':'${Timeout}'",
            "The placeholder ${Timeout} is not filled in at /States/A/TimeoutSeconds",
            "The placeholder ${AWS::Partition} is not filled in at /States/A/Resource"),
        // A text may hold one.
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::sns:publish','Parameters':{'Message':'${m}'}"),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:us-east-1:111111111111:aws-sdk:s3:putObject',"
                + "'Parameters':{}"),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:us-east-1:111111111111:stateMachine:m'",
            notRecognized("arn:aws:states:us-east-1:111111111111:stateMachine:m")),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::dynamodb:query','Parameters':{}",
            notRecognized("arn:aws:states:::dynamodb:query")),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke.sync','Parameters':{}",
            notRecognized("arn:aws:states:::lambda:invoke.sync")),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::sns:publish'",
            "Parameters field is required for resource ARN: arn:aws:states:::sns:publish at"
                + " /States/A"),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'x':1}",
            "The field 'FunctionName' is required but was missing at /States/A/Parameters"),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::sql:query','Parameters':{'Statement.$':'$.q'}",
            "The statement of sql:query must be written out, with a ? for each value of Parameters"
                + " at /States/A/Parameters/Statement.$"),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::sql:query','QueryLanguage':'JSONata',"
                + "'Arguments':{'Statement':'{% $q %}'}",
            "The statement of sql:query must be written out, with a ? for each value of Parameters"
                + " at /States/A/Arguments/Statement"),
        fault(
            "'Type':'Task','Resource':'arn:aws:states:::sql:query','Parameters':{'Statement':'select 1'}"),
        fault("'Type':'Task','Resource':'arn:aws:states:::aws-sdk:s3:listBuckets','Parameters':{}"),
        fault("'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:f'"),
        fault("'Type':'Task','Resource':'arn:aws:states:us-east-1:123456789012:activity:a'"));
  }

  @ParameterizedTest
  @MethodSource
  void express(String definition, List<String> faults) {
    assertThat(errors(definition, Options.EXPRESS)).isEqualTo(faults);
  }

  static Stream<Arguments> express() {
    String arn =
        "'Type':'Task','End':true,'Parameters':{'StateMachineArn':'x'},'Resource':'arn:aws";
    return Stream.of(
        fault(
            one(arn + ":states:::states:startExecution.sync'"),
            "Express state machine does not support '.sync' service integration at"
                + " /States/A/Resource"),
        fault(
            one(arn + ":states:::states:startExecution.waitForTaskToken'"),
            "Express state machine does not support '.waitForTaskToken' service integration  at"
                + " /States/A/Resource"),
        fault(
            one(arn + ":states:us-east-1:123456789012:activity:a'"),
            "Express state machine does not support Activity ARN at /States/A/Resource"),
        fault(
            one(
                "'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
                    + "'ExecutionType':'EXPRESS'},'StartAt':'I','States':{'I':{'Type':'Succeed'}}}"),
            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state"
                + " machines at /States/A/ItemProcessor/ProcessorConfig/Mode"));
  }

  @ParameterizedTest
  @MethodSource
  void variables(String definition, List<String> faults) {
    assertThat(errors(definition, Options.STANDARD)).isEqualTo(faults);
  }

  static Stream<Arguments> variables() {
    String inner =
        "'Type':'Parallel','End':true,'Branches':[{'StartAt':'I','States':{'I':"
            + "{'Type':'Pass','Assign':{'x':1},'End':true}}}]";
    return Stream.of(
        fault(
            one("'Type':'Pass','Assign':{'states':1,'1x':2,'a-b.$':'$'},'End':true"),
            "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at"
                + " /States/A/Assign/states",
            "INVALID_VARIABLE_NAME: Invalid variable name '1x': the variable name contains invalid"
                + " characters. at /States/A/Assign/1x",
            "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains"
                + " invalid characters. at /States/A/Assign/a-b.$"),
        fault(
            states("'A':{'Type':'Pass','Assign':{'x':1},'Next':'B'},'B':{" + inner + "}"),
            "INVALID_VARIABLE_NAME: Invalid variable name 'x': the variable is assigned in an outer"
                + " scope. at /States/B/Branches[0]/States/I/Assign/x"),
        // What is only assigned afterwards is free inside; so AWS was recorded.
        fault(one(inner.replace("'End':true,'B", "'Assign':{'x':2},'End':true,'B"))));
  }

  @Test
  @DisplayName("a text that looks like an expression where none is evaluated is warned of")
  void warnings() {
    // given
    String definition =
        states(
            "'A':{'Type':'Pass','Result':{'a':'$.b'},'Parameters':{'c':'$.d','e':'States.UUID()',"
                + "'f':'$LATEST'},'Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$.x',"
                + "'StringEquals':'$.y','Next':'C'}]},'C':{'Type':'Succeed'}");

    // when
    List<Diagnostic> found = DefinitionValidator.validate(json(definition), Options.STANDARD);

    // then
    assertThat(found).allMatch(each -> each.severity() == Severity.WARNING);
    assertThat(found)
        .extracting(each -> each.code() + " " + each.location())
        .containsExactly(
            "NO_DOLLAR /States/A/Parameters/c",
            "NO_DOLLAR /States/A/Parameters/e",
            "PASS_RESULT_IS_STATIC /States/A/Result",
            "NO_PATH /States/B/Choices[0]/StringEquals");
    assertThat(DefinitionValidator.check(json(definition), Options.STANDARD).definition())
        .isNotNull();
  }

  @Test
  @DisplayName("the exception names every error and its place, as AWS writes it")
  void exceptionMessage() {
    assertThat(
            InvalidDefinitionMessage.of(
                DefinitionValidator.validate(
                    json(one("'Type':'Pass','Next':'NOPE'")), Options.STANDARD)))
        .isEqualTo(
            "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target:"
                + " NOPE at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at"
                + " null'");
  }

  private static List<String> errors(String definition, Options options) {
    return DefinitionValidator.validate(json(definition), options).stream()
        .filter(each -> each.severity() == Severity.ERROR)
        .map(
            each ->
                (each.code() == Diagnostic.Code.SCHEMA_VALIDATION_FAILED ? "" : each.code() + ": ")
                    + each.message()
                    + " at "
                    + each.location())
        .toList();
  }

  private static Arguments fault(String definition, String... faults) {
    return arguments(definition, List.of(faults));
  }

  private static String one(String state) {
    return states("'A':{" + state + "}");
  }

  private static String states(String states) {
    return "{'StartAt':'A','States':{" + states + "}}";
  }

  private static String onlyNextOrEnd(String at) {
    return "This object should have only one of the following fields: [Next, End] at " + at;
  }

  private static String notRecognized(String arn) {
    return "The resource provided %s is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/A/Resource"
        .formatted(arn);
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }
}
