package io.gradus.asl.cloudformation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `Ref` and `Fn::GetAtt` give of the resources that definitions name most.
///
/// @param nameProperty the property that names the resource
/// @param ref what `Ref` gives, with %r, %a and %n for region, account and name
/// @param attributes the same of `Fn::GetAtt`, by attribute
record ResourceKind(String nameProperty, String ref, Map<String, String> attributes) {
  private static final String FUNCTION = "arn:aws:lambda:%r:%a:function:%n";
  private static final String MACHINE = "arn:aws:states:%r:%a:stateMachine:%n";
  private static final String ACTIVITY = "arn:aws:states:%r:%a:activity:%n";
  private static final String TOPIC = "arn:aws:sns:%r:%a:%n";
  private static final String QUEUE_URL = "https://sqs.%r.amazonaws.com/%a/%n";

  private static final ResourceKind LAMBDA =
      new ResourceKind("FunctionName", "%n", Map.of("Arn", FUNCTION));
  private static final ResourceKind TABLE =
      new ResourceKind("TableName", "%n", Map.of("Arn", "arn:aws:dynamodb:%r:%a:table/%n"));

  private static final Map<String, ResourceKind> KINDS =
      Map.ofEntries(
          Map.entry("AWS::Lambda::Function", LAMBDA),
          Map.entry("AWS::Serverless::Function", LAMBDA),
          Map.entry(
              "AWS::StepFunctions::StateMachine",
              new ResourceKind("StateMachineName", MACHINE, Map.of("Arn", MACHINE, "Name", "%n"))),
          Map.entry(
              "AWS::Serverless::StateMachine",
              new ResourceKind("Name", MACHINE, Map.of("Arn", MACHINE, "Name", "%n"))),
          Map.entry(
              "AWS::StepFunctions::Activity",
              new ResourceKind("Name", ACTIVITY, Map.of("Arn", ACTIVITY, "Name", "%n"))),
          Map.entry("AWS::DynamoDB::Table", TABLE),
          Map.entry("AWS::Serverless::SimpleTable", TABLE),
          Map.entry(
              "AWS::SNS::Topic",
              new ResourceKind("TopicName", TOPIC, Map.of("TopicArn", TOPIC, "TopicName", "%n"))),
          Map.entry(
              "AWS::SQS::Queue",
              new ResourceKind(
                  "QueueName",
                  QUEUE_URL,
                  Map.of("Arn", "arn:aws:sqs:%r:%a:%n", "QueueName", "%n", "QueueUrl", QUEUE_URL))),
          Map.entry(
              "AWS::S3::Bucket",
              new ResourceKind("BucketName", "%n", Map.of("Arn", "arn:aws:s3:::%n"))),
          Map.entry(
              "AWS::Events::EventBus",
              new ResourceKind(
                  "Name", "%n", Map.of("Arn", "arn:aws:events:%r:%a:event-bus/%n", "Name", "%n"))),
          Map.entry(
              "AWS::IAM::Role",
              new ResourceKind("RoleName", "%n", Map.of("Arn", "arn:aws:iam::%a:role/%n"))));

  /// Null for types that are not known here.
  static @Nullable ResourceKind of(String type) {
    return KINDS.get(type);
  }

  /// Whether it is one that the tenant's function registry answers for.
  boolean isFunction() {
    return equals(LAMBDA);
  }

  /// @param attribute empty for `Ref`
  /// @return null where the attribute is not known here
  @Nullable String value(String attribute, String name, Home home) {
    String pattern = attribute.isEmpty() ? ref : attributes.get(attribute);
    if (pattern == null) {
      return null;
    }
    // The name last, so that nothing in it is taken for one of the others.
    return pattern.replace("%r", home.region()).replace("%a", home.account()).replace("%n", name);
  }
}
