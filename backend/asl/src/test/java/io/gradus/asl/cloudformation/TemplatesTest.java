package io.gradus.asl.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.cloudformation.TemplateMachine.Fault;
import io.gradus.asl.cloudformation.TemplateMachine.Found;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.validate.DefinitionValidator;
import io.gradus.asl.validate.DefinitionValidator.Options;
import io.gradus.asl.validate.MachineType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {
  private static final Home HOME = new Home("eu-north-1", "000000000007");

  private static final String SAM =
      """
      AWSTemplateFormatVersion: 2010-09-09
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Patience:
          Type: Number
          Default: 30
        Image:
          Type: AWS::SSM::Parameter::Value<String>
          Default: /shop/image
      Resources:
        Orders:
          Type: AWS::Serverless::StateMachine
          Properties:
            Name: !Sub orders-${AWS::Region}
            Type: EXPRESS
            Tags:
              team: shop
              stack: !Ref AWS::StackName
            Definition:
              StartAt: Check
              States:
                Check:
                  Type: Task
                  Resource: !GetAtt CheckStock.Arn
                  Next: Keep
                Keep:
                  Type: Task
                  Resource: !Sub arn:${AWS::Partition}:states:::dynamodb:putItem
                  Parameters:
                    TableName: ${Table}
                    Item:
                      id: {S.$: $.id}
                  Next: Ship
                Ship:
                  Type: Task
                  Resource: arn:aws:states:::states:startExecution
                  Parameters:
                    StateMachineArn: ${ShipArn}
                    Input: {to: "${Mail}"}
                  End: true
            DefinitionSubstitutions:
              Table: !Ref Stock
              ShipArn: !Ref Shipping
              Mail: !ImportValue shop-mail
        Shipping:
          Type: AWS::StepFunctions::StateMachine
          Properties:
            StateMachineName: ship
            StateMachineType: STANDARD
            RoleArn: !GetAtt Role.Arn
            Tags:
              - Key: team
                Value: shop
            DefinitionString: !Sub
              - |
                {
                  "StartAt": "Wait",
                  "States": {
                    "Wait": {"Type": "Wait", "Seconds": ${Patience}, "Next": "Tell"},
                    "Tell": {
                      "Type": "Task",
                      "Resource": "arn:aws:states:::sns:publish",
                      "Parameters": {"TopicArn": "${Told}", "Message": "${!Kept} ${Image}"},
                      "End": true
                    }
                  }
                }
              - Told: !Ref Topic
        Returns:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: statemachine/returns.asl.yaml
            DefinitionSubstitutions:
              Queue: !GetAtt Parcels.Arn
        CheckStock:
          Type: AWS::Serverless::Function
          Properties:
            Handler: app.handler
        Stock:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: stock
        Topic:
          Type: AWS::SNS::Topic
        Parcels:
          Type: AWS::SQS::Queue
        Role:
          Type: AWS::IAM::Role
      Outputs:
        Arn:
          Value: !Ref Orders
          Condition: !Condition Wanted
      """;

  private static Found found(String text) {
    return (Found) Templates.read(text, HOME);
  }

  /// What is proposed, by the placeholders' names; empty where nothing is.
  private static Map<String, String> proposals(Found found, TemplateMachine machine) {
    Map<String, String> proposals = new HashMap<>();
    for (Asked each : found.lookup().asked(machine)) {
      proposals.put(each.name(), Objects.requireNonNullElse(each.proposal(), ""));
    }
    return proposals;
  }

  private static String filled(Found found, TemplateMachine machine) {
    Map<String, String> values = proposals(found, machine);
    values.values().removeIf(String::isEmpty);
    return Objects.requireNonNull(found.lookup().filled(machine, values));
  }

  private static long errors(String definition) {
    return DefinitionValidator.validate(definition, Options.STANDARD).stream()
        .filter(each -> each.severity() == Severity.ERROR)
        .count();
  }

  @Test
  void findsTheStateMachinesOfATemplate() {
    Found found = found(SAM);

    assertThat(found.inTemplate()).isTrue();
    assertThat(found.machines())
        .extracting(TemplateMachine::logicalId, TemplateMachine::name, TemplateMachine::type)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Orders", "orders-eu-north-1", MachineType.EXPRESS),
            org.assertj.core.groups.Tuple.tuple("Shipping", "ship", MachineType.STANDARD),
            org.assertj.core.groups.Tuple.tuple("Returns", "Returns", MachineType.STANDARD));
    // The name of a stack is not known, and no tag is made of it.
    assertThat(found.machines().get(0).tags()).isEqualTo(Map.of("team", "shop"));
    assertThat(found.machines().get(1).tags()).isEqualTo(Map.of("team", "shop"));
    assertThat(found.machines().get(2).file()).isEqualTo("statemachine/returns.asl.yaml");
  }

  @Test
  void proposesWhatIsKnownAndSaysWhereTheRestComesFrom() {
    Found found = found(SAM);
    TemplateMachine orders = found.machines().getFirst();

    assertThat(found.lookup().asked(orders))
        .containsExactly(
            new Asked(
                "CheckStock.Arn",
                "${CheckStock.Arn}",
                "AWS::Serverless::Function",
                "arn:aws:lambda:eu-north-1:000000000007:function:CheckStock",
                "CheckStock"),
            new Asked("Table", "${Stock}", "AWS::DynamoDB::Table", "stock", null),
            new Asked(
                "ShipArn",
                "${Shipping}",
                "AWS::StepFunctions::StateMachine",
                "arn:aws:states:eu-north-1:000000000007:stateMachine:ship",
                null),
            new Asked("Mail", "{\"Fn::ImportValue\":\"shop-mail\"}", "", null, null));
    assertThat(proposals(found, found.machines().get(1)))
        .isEqualTo(
            Map.of(
                "Patience", "30",
                "Topic", "arn:aws:sns:eu-north-1:000000000007:Topic",
                "Kept", "",
                "Image", ""));
  }

  @Test
  void whatIsFilledInIsSound() {
    Found found = found(SAM);

    String orders = filled(found, found.machines().get(0));
    String shipping = filled(found, found.machines().get(1));

    assertThat(orders).contains("\"arn:aws:states:::dynamodb:putItem\"").contains("${Mail}");
    assertThat(shipping).contains("\"Seconds\": 30,").contains("\"${Kept} ${Image}\"");
    assertThat(errors(orders)).isZero();
    assertThat(errors(shipping)).isZero();
  }

  @Test
  void aDefinitionInAFileOfItsOwnIsAskedForAndRead() {
    Found found = found(SAM);
    String file =
        """
        StartAt: Send
        States:
          Send:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage
            TimeoutSeconds: ${Patience}
            Parameters: {QueueUrl: "${Queue}", MessageBody: "parcel ${Unknown}"}
            End: true
        """;
    TemplateMachine returns = found.machines().get(2);
    assertThat(found.lookup().asked(returns)).isEmpty();
    assertThat(found.lookup().filled(returns, Map.of())).isNull();

    Found whole = (Found) Templates.withFile(found, returns, file);
    TemplateMachine read = whole.machines().getFirst();

    assertThat(proposals(whole, read))
        .isEqualTo(
            Map.of(
                "Patience", "30",
                "Queue", "arn:aws:sqs:eu-north-1:000000000007:Parcels",
                "Unknown", ""));
    assertThat(filled(whole, read)).contains("\"TimeoutSeconds\": 30,").contains("${Unknown}");
    assertThat(errors(filled(whole, read))).isZero();
    assertThat(Templates.withFile(found, returns, "a: [1")).isInstanceOf(Fault.class);
  }

  @Test
  void readsJsonThatOtherToolsWrote() {
    Found found =
        found(
            """
            {"Resources": {
              "Flow1A2B": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
                "DefinitionString": {"Fn::Join": ["", [
                  "{\\"StartAt\\":\\"A\\",\\"States\\":{\\"A\\":{\\"Type\\":\\"Task\\",\\"End\\":true,",
                  "\\"Resource\\":\\"arn:", {"Ref": "AWS::Partition"},
                  ":states:::lambda:invoke\\",\\"Parameters\\":{\\"FunctionName\\":\\"",
                  {"Fn::GetAtt": ["Work3C", "Arn"]}, "\\"}}}}"]]}}},
              "Work3C": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "work"}}
            }}
            """);
    TemplateMachine flow = found.machines().getFirst();

    assertThat(filled(found, flow))
        .contains("arn:aws:states:::lambda:invoke")
        .contains("arn:aws:lambda:eu-north-1:000000000007:function:work");
    assertThat(errors(filled(found, flow))).isZero();
  }

  @Test
  void anIncludedDefinitionIsInAFile() {
    Found found =
        found(
            """
            Resources:
              A:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Definition:
                    Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.asl.yaml}}
              B:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  DefinitionS3Location: {Bucket: !Ref Code, Key: b.json}
              C:
                Type: AWS::StepFunctions::StateMachine
            """);

    assertThat(found.machines())
        .extracting(TemplateMachine::file)
        .containsExactly("a.asl.yaml", "s3://${Code}/b.json", "");
  }

  @Test
  void aDefinitionAloneHasPlaceholdersToo() {
    Found found =
        found(
            "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": ${Seconds},"
                + " \"Comment\": \"${AWS::Region}\", \"End\": true}}}");
    TemplateMachine only = found.machines().getFirst();

    assertThat(found.inTemplate()).isFalse();
    assertThat(found.lookup().asked(only))
        .containsExactly(new Asked("Seconds", "", "", null, null));
    assertThat(found.lookup().filled(only, Map.of("Seconds", "7")))
        .contains("\"Seconds\": 7,")
        .contains("\"eu-north-1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:${part}:states:::sns:publish, aws",
    "${AWSRegion}, eu-north-1",
    "${account_id}, 000000000007",
    "${Topic}, ''",
  })
  void guessesWhatANameOrItsPlaceGivesAway(String text, String guess) {
    Found found = found("{\"States\": {}, \"Comment\": \"" + text + "\"}");

    assertThat(proposals(found, found.machines().getFirst()).values()).containsExactly(guess);
  }

  @Test
  void aDefinitionAloneMayHaveTags() {
    Found found =
        found("StartAt: A\nStates:\n  A: {Type: Task, Resource: !GetAtt Fn.Arn, End: true}\n");

    assertThat(found.machines().getFirst().definition()).contains("\"${Fn.Arn}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Resources:;  A: &x 1;                              | 2 |  6 | Anchors
          Resources:;  A: *x;                                | 2 |  6 | Aliases
          Resources:;  A: !Evil x;                           | 2 |  6 | Tags (!Evil)
          Resources:;  A: [1;                                | 3 |  1 | Invalid YAML
          Resources:;  A: 1;  A: 2;                          | 3 |  3 | Duplicate key 'A'
          {"Resources": {; "A": 1,;}}                        | 3 |  1 | Invalid JSON
          {"Resources": {; "A": 1, "A": 2}}                  | 2 | 13 | Invalid JSON
          AWSTemplateFormatVersion: 1;Resources:;  A: {Type: AWS::S3::Bucket} | 2 | 1 | no state machine
          AWSTemplateFormatVersion: '2010-09-09';            | 1 |  1 | no state machine
          a: [1                                              | 1 |  6 | Invalid YAML
          """)
  void saysWhyThereIsNoneAndWhere(String text, int line, int column, String message) {
    assertThat(Templates.read(text.replace(';', '\n'), HOME))
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.message()).contains(message);
              assertThat(fault.line()).isEqualTo(line);
              assertThat(fault.column()).isEqualTo(column);
            });
  }

  @Test
  void namesThatAreNotGoodBecomeGood() {
    Found found =
        found(
            """
            Resources:
              "<b>&/x":
                Type: AWS::Serverless::StateMachine
                Properties: {Name: "a b", Definition: {StartAt: A, "${": {Ref: "}\\"{"}}}
            """);

    TemplateMachine only = found.machines().getFirst();
    assertThat(only.name()).isEqualTo("-b-x");
    assertThat(only.definition()).contains("${Ref.-}");
  }

  @Test
  @Timeout(60)
  void whatCouldGrowIsBounded() {
    StringBuilder nested = new StringBuilder("x");
    for (int i = 0; i < 40; i++) {
      nested.insert(0, "{\"Fn::Sub\": [\"${A}${A}${A}${A}\", {\"A\": ");
    }
    nested.setLength(nested.length() - 1);
    nested.append("\"abcd\"").append("}]}".repeat(40));
    String bomb = machine("{\"Fn::Join\": [\"\", [" + nested + "]]}");
    String deep = machine("[".repeat(10_000) + "]".repeat(10_000));
    String many =
        machine("{\"Fn::Join\": [\"\", [" + "{\"Fn::If\": [1]},".repeat(20_000) + "\"\"]]}");

    assertThat(Templates.read(bomb, HOME))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.message()).contains("writes more than"));
    assertThat(Templates.read(deep, HOME)).isInstanceOf(Fault.class);
    assertThat(Templates.read(many, HOME)).isInstanceOf(Found.class);
    assertThat(Templates.read(" ".repeat(Templates.MAX_LENGTH + 1), HOME))
        .isEqualTo(new Fault("This is longer than 1 MB", 1, 1));
  }

  private static String machine(String definition) {
    return """
    {"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine",
      "Properties": {"DefinitionString": %s}}}}
    """
        .formatted(definition);
  }
}
