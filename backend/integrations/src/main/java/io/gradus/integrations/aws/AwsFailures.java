package io.gradus.integrations.aws;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.aws.AwsCalls.Result;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What Step Functions makes of a service's errors. SDK integrations name and say them as the AWS
/// SDK for Java 2 does, optimised ones as its first version did.
final class AwsFailures {
  private static final String CLIENT_EXCEPTION = ".SdkClientException";

  /// What the first SDK calls a service.
  ///
  /// @param prefix of error names
  /// @param service in the sentence, and in the name of errors that have none of their own
  private record Former(String prefix, String service, String exception) {
    Former(String prefix, String service) {
      this(prefix, service, service + "Exception");
    }
  }

  /// By the name in the resource ARN.
  private static final Map<String, Former> FORMER =
      Map.ofEntries(
          Map.entry(
              "dynamodb", new Former("DynamoDB", "AmazonDynamoDBv2", "AmazonDynamoDBException")),
          Map.entry("sns", new Former("SNS", "AmazonSNS")),
          Map.entry("sqs", new Former("SQS", "AmazonSQS")),
          Map.entry("events", new Former("EventBridge", "AmazonEventBridge")),
          Map.entry("ecs", new Former("ECS", "AmazonECS")),
          Map.entry("batch", new Former("Batch", "AWSBatch")),
          Map.entry("glue", new Former("Glue", "AWSGlue")),
          Map.entry("databrew", new Former("DataBrew", "AWSGlueDataBrew")),
          Map.entry("athena", new Former("Athena", "AmazonAthena")),
          Map.entry("codebuild", new Former("CodeBuild", "AWSCodeBuild")),
          Map.entry("sagemaker", new Former("SageMaker", "AmazonSageMaker")),
          Map.entry("mediaconvert", new Former("MediaConvert", "AWSMediaConvert")),
          Map.entry("elasticmapreduce", new Former("ElasticMapReduce", "AmazonElasticMapReduce")));

  private AwsFailures() {}

  /// What the names of an optimised integration's errors begin with.
  ///
  /// @param type of the resource, as in its ARN
  static String prefix(String type) {
    return former(type, type).prefix();
  }

  /// @param type of the resource, as in its ARN
  static TaskOutcome.Failed of(Result result, String type, MemberNames names) {
    return switch (result) {
      case Result.Given _ -> throw new IllegalArgumentException("expected a failure");
      case Result.Invalid invalid -> Failures.failed(ErrorName.RUNTIME, invalid.problem());
      case Result.Unconnected _ ->
          Failures.failed(
              ErrorName.PERMISSIONS, "This tenant has no AWS connection to call " + type + " by");
      case Result.Unassumed unassumed ->
          Failures.failed(ErrorName.PERMISSIONS, unassumed.problem());
      case Result.Refused refused ->
          names == MemberNames.SDK
              ? refused(refused.serviceId(), refused.exception())
              : refusedFormerly(former(type, refused.serviceId()), refused);
      case Result.Unreached unreached -> unreached(unreached, type, names);
    };
  }

  private static TaskOutcome.Failed refused(String serviceId, AwsServiceException exception) {
    StringBuilder cause = new StringBuilder(message(exception));
    cause
        .append(" (Service: ")
        .append(serviceId)
        .append(", Status Code: ")
        .append(exception.statusCode())
        .append(", Request ID: ")
        .append(known(exception.requestId()));
    if (exception.extendedRequestId() != null) {
      cause.append(", Extended Request ID: ").append(exception.extendedRequestId());
    }
    cause.append(") (SDK Attempt Count: 1)");
    return Failures.failed(
        serviceId + "." + exception.getClass().getSimpleName(), cause.toString());
  }

  private static TaskOutcome.Failed refusedFormerly(Former former, Result.Refused refused) {
    AwsServiceException exception = refused.exception();
    String name = exception.getClass().getSimpleName();
    AwsErrorDetails details = exception.awsErrorDetails();
    return Failures.refusedByService(
        former.prefix(),
        name.equals(refused.serviceId() + "Exception") ? former.exception() : name,
        former.service(),
        exception.statusCode(),
        details == null || details.errorCode() == null ? name : details.errorCode(),
        message(exception),
        known(exception.requestId()));
  }

  private static TaskOutcome.Failed unreached(
      Result.Unreached unreached, String type, MemberNames names) {
    return switch (unreached.kind()) {
      case REFUSED -> Failures.failed(ErrorName.PERMISSIONS, unreached.problem());
      case TOO_LONG ->
          Failures.failed(
              ErrorName.DATA_LIMIT_EXCEEDED,
              "The state/task '"
                  + type
                  + "' returned a result with a size exceeding the maximum number of bytes service"
                  + " limit.");
      case UNRESOLVED, UNREACHABLE, TIMED_OUT, BROKEN, CANCELLED ->
          Failures.failed(
              prefix(unreached, type, names) + CLIENT_EXCEPTION,
              "Unable to execute HTTP request: " + unreached.problem());
      case null ->
          Failures.failed(prefix(unreached, type, names) + CLIENT_EXCEPTION, unreached.problem());
    };
  }

  private static String prefix(Result.Unreached unreached, String type, MemberNames names) {
    return names == MemberNames.SDK
        ? unreached.serviceId()
        : former(type, unreached.serviceId()).prefix();
  }

  private static Former former(String type, String serviceId) {
    Former known = FORMER.get(type);
    return known == null ? new Former(serviceId, "AWS" + serviceId) : known;
  }

  private static String message(AwsServiceException exception) {
    AwsErrorDetails details = exception.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    return message == null ? "null" : message; // as the SDK says what it was not told
  }

  private static String known(@Nullable String id) {
    return id == null ? "null" : id;
  }
}
