package io.gradus.asl.graph;

import io.gradus.asl.model.Expr;
import io.gradus.asl.model.Resource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a node says below its name.
final class Captions {
  static final String DEFAULT = "Default";
  static final String DISTRIBUTED = "Distributed";
  private static final int LONGEST = 80;

  /// How AWS writes its services; others are written with a capital.
  private static final Map<String, String> SERVICES =
      Map.ofEntries(
          Map.entry("apigateway", "API Gateway"),
          Map.entry("athena", "Athena"),
          Map.entry("batch", "Batch"),
          Map.entry("bedrock", "Bedrock"),
          Map.entry("bedrockruntime", "Bedrock"),
          Map.entry("cloudformation", "CloudFormation"),
          Map.entry("cloudwatch", "CloudWatch"),
          Map.entry("codebuild", "CodeBuild"),
          Map.entry("dynamodb", "DynamoDB"),
          Map.entry("ec2", "EC2"),
          Map.entry("ecs", "ECS"),
          Map.entry("sql", "SQL"),
          Map.entry("eks", "EKS"),
          Map.entry("elasticmapreduce", "EMR"),
          Map.entry("emr-containers", "EMR on EKS"),
          Map.entry("emr-serverless", "EMR Serverless"),
          Map.entry("eventbridge", "EventBridge"),
          Map.entry("events", "EventBridge"),
          Map.entry("http", "HTTP"),
          Map.entry("iam", "IAM"),
          Map.entry("kms", "KMS"),
          Map.entry("mediaconvert", "MediaConvert"),
          Map.entry("mediapackagevod", "MediaPackage"),
          Map.entry("rds", "RDS"),
          Map.entry("rdsdata", "RDS Data"),
          Map.entry("redshiftdata", "Redshift Data"),
          Map.entry("s3", "S3"),
          Map.entry("sagemaker", "SageMaker"),
          Map.entry("secretsmanager", "Secrets Manager"),
          Map.entry("ses", "SES"),
          Map.entry("sesv2", "SES"),
          Map.entry("sfn", "Step Functions"),
          Map.entry("sns", "SNS"),
          Map.entry("sqs", "SQS"),
          Map.entry("ssm", "SSM"),
          Map.entry("states", "Step Functions"),
          Map.entry("sts", "STS"));

  private Captions() {}

  /// What a Task calls: `Lambda · resize`, `DynamoDB · PutItem`, `Approval`.
  ///
  /// @param argument the text of a named argument; null where it is not there or computed
  static String task(Resource resource, Function<String, @Nullable String> argument) {
    String arn = resource.arn();
    if (arn.isBlank()) {
      return "";
    }
    if (resource.isLambdaFunction()) {
      return "Lambda · " + function(arn);
    }
    if (resource.isActivity()) {
      return bounded("Activity · " + arn.split(":", 7)[6]);
    }
    if (!arn.startsWith("arn:")) {
      return bounded(arn);
    }
    String type = resource.resourceType();
    String action = resource.action();
    int pattern = action.indexOf('.');
    String call = pattern < 0 ? action : action.substring(0, pattern);
    if (call.equals("invoke") && (type.equals("lambda") || type.equals("aws-sdk:lambda"))) {
      String name = argument.apply("FunctionName");
      return name == null ? "Lambda · Invoke" : "Lambda · " + bounded(function(name));
    }
    if (type.equals("approval")) {
      return "Approval";
    }
    if (type.equals("http")) {
      String method = argument.apply("Method");
      return method == null ? "HTTP" : bounded("HTTP · " + method);
    }
    return bounded(service(type) + " · " + capital(call));
  }

  private static String service(String type) {
    String service = type.substring(type.lastIndexOf(':') + 1);
    return SERVICES.getOrDefault(service.toLowerCase(Locale.ROOT), capital(service));
  }

  /// The name in a function's ARN (with its version), or what is no ARN as it is.
  private static String function(String name) {
    int at = name.indexOf(":function:");
    return bounded(at < 0 ? name : name.substring(at + ":function:".length()));
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  static String counted(int count, String noun) {
    String plural = noun.endsWith("ch") ? noun + "es" : noun + "s";
    return count + " " + (count == 1 ? noun : plural);
  }

  /// A time as people write it: `90 s` is `1 min 30 s`.
  static String seconds(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + rest(seconds % 60, " s");
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h" + rest(seconds % 3600 / 60, " min");
    }
    return seconds / 86_400 + " d" + rest(seconds % 86_400 / 3600, " h");
  }

  private static String rest(long value, String unit) {
    return value == 0 ? "" : " " + value + unit;
  }

  static String until(String moment) {
    String bare =
        moment.length() > 1 && moment.startsWith("\"") && moment.endsWith("\"")
            ? moment.substring(1, moment.length() - 1)
            : moment;
    return bounded("until " + bare);
  }

  static String error(Expr error) {
    return error instanceof Expr.Literal(var value) && value.isString()
        ? bounded(value.stringValue())
        : bounded(ConditionText.operand(error));
  }

  static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
