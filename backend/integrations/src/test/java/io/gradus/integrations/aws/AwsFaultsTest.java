package io.gradus.integrations.aws;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Peer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that answer badly, and requests that are none: always a failed task, never a broken
/// connector.
@Timeout(60)
class AwsFaultsTest {
  private static TaskOutcome answered(
      int status, String type, String body, String resource, String arguments) {
    try (Peer peer =
            Peer.answering(status, body, "Content-Type: " + type, "x-amzn-RequestId: rid");
        AwsTasks tasks = new AwsTasks(peer.uri(""))) {
      return tasks.call(resource, arguments);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | application/x-amz-json-1.0 | <html>hi</html>
          200 | application/x-amz-json-1.0 | {"TableNames":[
          200 | application/x-amz-json-1.0 | {"TableNames":5}
          200 | application/x-amz-json-1.0 | [1]
          200 | application/x-amz-json-1.0 | null
          """)
  void anAnswerThatIsNoneIsTheClientsFailure(int status, String type, String body) {
    TaskOutcome.Failed failed =
        failed(answered(status, type, body, "aws-sdk:dynamodb:listTables", "{}"));

    assertThat(failed.error().value()).isEqualTo("DynamoDb.SdkClientException");
    assertThat(failed.cause()).startsWith("Unable to unmarshall response");
  }

  @Test
  void anAnswerNestedWithoutEndIsTheClientsFailure() {
    String deep = "{\"a\":{\"M\":".repeat(3_000) + "{}" + "}}".repeat(3_000);

    TaskOutcome.Failed failed =
        failed(
            answered(
                200,
                "application/x-amz-json-1.0",
                "{\"Item\":" + deep + "}",
                "aws-sdk:dynamodb:getItem",
                "{\"TableName\":\"t\"}"));

    assertThat(failed.error().value()).isEqualTo("DynamoDb.SdkClientException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | <html>x</html> | aws-sdk:dynamodb:listTables | DynamoDb.DynamoDbException
          502 | <html>x</html> | dynamodb:getItem | DynamoDB.AmazonDynamoDBException
          404 | <ErrorResponse><Error><Code>NotFound</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse> | sns:publish | SNS.NotFoundException
          400 | <ErrorResponse><Error><Code>Odd</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse> | sns:publish | SNS.AmazonSNSException
          404 | <Error><Code>NoSuchKey</Code><Message>no</Message></Error> | aws-sdk:s3:getObject | S3.NoSuchKeyException
          301 | <Error><Code>PermanentRedirect</Code><Message>go</Message></Error> | aws-sdk:s3:getObject | S3.S3Exception
          503 | <Error><Code>SlowDown</Code><Message>slow</Message></Error> | aws-sdk:s3:getObject | S3.S3Exception
          """)
  void whatAServiceSaysHasItsName(int status, String body, String resource, String error) {
    String arguments =
        switch (resource) {
          case "aws-sdk:s3:getObject" -> "{\"Bucket\":\"b\",\"Key\":\"k\"}";
          case "sns:publish" -> "{\"Message\":\"m\"}";
          default -> "{}";
        };

    TaskOutcome.Failed failed =
        failed(answered(status, "application/xml", body, resource, arguments));

    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause()).contains(Integer.toString(status)).doesNotContain(AwsTasks.SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws-sdk:s3:getObject | {"Key":"k"} | S3.SdkClientException
          aws-sdk:s3:getObject | {"Bucket":"","Key":"k"} | S3.SdkClientException
          aws-sdk:s3:getObject | {"Bucket":"arn:aws:s3:us-west-2:1:accesspoint/x","Key":"k"} | S3.SdkClientException
          bedrock:invokeModel | {"Body":{}} | BedrockRuntime.SdkClientException
          """)
  void aRequestThatTheSdkWillNotSendFails(String resource, String arguments, String error) {
    assertThat(failed(answered(200, "text/plain", "", resource, arguments)).error().value())
        .isEqualTo(error);
  }

  @Test
  void anAnswerTooLongIsTooMuchData() {
    TaskOutcome.Failed failed =
        failed(
            answered(
                200,
                "text/plain",
                "x".repeat(EgressHttpClient.MAX_ANSWER + 1),
                "aws-sdk:s3:getObject",
                "{\"Bucket\":\"b\",\"Key\":\"k\"}"));

    assertThat(failed.error().value()).isEqualTo("States.DataLimitExceeded");
    assertThat(failed.cause()).startsWith("The state/task 'aws-sdk:s3' returned a result with");
  }

  @Test
  void aHeaderOfARequestCannotBringAnother() {
    try (Peer peer = Peer.answering(200, "");
        AwsTasks tasks = new AwsTasks(peer.uri(""))) {
      tasks.call(
          "aws-sdk:s3:putObject",
          "{\"Bucket\":\"b\",\"Key\":\"k\",\"Metadata\":{\"a\":\"x\\r\\nInjected: 1\"}}");

      assertThat(peer.requests())
          .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Injected"));
    }
  }

  @Test
  void aRoleThatIsNotGivenIsAMatterOfPermission() {
    try (Peer peer =
            Peer.answering(
                403,
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not yours</Message></Error>"
                    + "<RequestId>r</RequestId></ErrorResponse>",
                "Content-Type: text/xml");
        AwsTasks tasks = new AwsTasks(peer.uri(""))) {
      TaskOutcome.Failed failed =
          failed(
              tasks.call(
                  "aws-sdk:dynamodb:listTables", "{}", "{\"RoleArn\":\"arn:aws:iam::1:role/r\"}"));

      assertThat(failed.error().value()).isEqualTo("States.Permissions");
      assertThat(failed.cause())
          .startsWith("The role of this call could not be assumed: not yours (Service: Sts")
          .doesNotContain(AwsTasks.SECRET)
          .doesNotContain("canary-session-token");
      assertThat(peer.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"RoleArn\":5}", "{\"RoleArn\":null}", "{}", "[]"})
  void credentialsWithoutARoleAreNotPassedOver(String credentials) {
    try (Peer peer = Peer.answering(200, "{\"TableNames\":[]}");
        AwsTasks tasks = new AwsTasks(peer.uri(""))) {
      TaskOutcome.Failed failed =
          failed(tasks.call("aws-sdk:dynamodb:listTables", "{}", credentials));

      assertThat(failed.error().value()).isEqualTo("States.Runtime");
      assertThat(peer.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:4566", "ftp://localhost", "http://u:p@localhost"})
  void aConnectionGoesOverHttp(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AwsConnection(
                    "1", "us-east-1", null, Map.of("s3", URI.create(endpoint)), null, null, false))
        .withMessageStartingWith("The URL");
  }

  @Test
  void onlyWhatKeepsOrderIsGivenADeduplicationToken() {
    String sent = "{\"MessageId\":\"i\",\"MD5OfMessageBody\":\"6f8f57715090da2632453988d9a1501b\"}";
    try (AwsPeer peer = new AwsPeer().reply("SendMessage", 200, sent);
        AwsTasks tasks = new AwsTasks(peer.uri())) {
      String message =
          "{\"QueueUrl\":\"http://q/1/%s\",\"MessageBody\":\"m\",\"MessageGroupId\":\"g\"}";

      output(tasks.call("sqs:sendMessage", message.formatted("fair")));
      output(tasks.call("sqs:sendMessage", message.formatted("q.fifo")));

      assertThat(peer.bodies("SendMessage"))
          .extracting(body -> body.has("MessageDeduplicationId"))
          .containsExactly(false, true);
    }
  }
}
