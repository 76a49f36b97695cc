package io.gradus.integrations.aws;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static io.gradus.integrations.aws.AwsTasks.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.peers.Dynalite;
import io.gradus.peers.ElasticMq;
import io.gradus.peers.S3Mock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The binder against programs that others wrote to speak AWS's APIs: what they take, what they
/// answer, and what they call their errors.
@Timeout(120)
class RealPeersTest {
  private static S3Mock s3;
  private static ElasticMq sqs;
  private static AwsTasks aws;
  private static String whyNoDynamo = "";
  private static AutoCloseable dynamo = () -> {};

  @BeforeAll
  static void start() {
    CompletableFuture<S3Mock> bucket = CompletableFuture.supplyAsync(S3Mock::start);
    CompletableFuture<ElasticMq> queue = CompletableFuture.supplyAsync(ElasticMq::start);
    URI tables = URI.create("http://127.0.0.1:1");
    try {
      Dynalite started = Dynalite.start();
      dynamo = started;
      tables = started.uri();
    } catch (IllegalStateException e) {
      whyNoDynamo = String.valueOf(e.getMessage());
    }
    s3 = bucket.join();
    sqs = queue.join();
    aws = new AwsTasks(null, Map.of("s3", s3.uri(), "sqs", sqs.uri(), "dynamodb", tables));
  }

  @AfterAll
  static void stop() throws Exception {
    aws.close();
    sqs.close();
    s3.close();
    dynamo.close();
  }

  private static JsonNode called(String resource, String arguments) {
    return output(aws.call(resource, arguments));
  }

  private static String table(String name) {
    if (!whyNoDynamo.isEmpty()) {
      System.err.println("SKIPPED: DynamoDB's calls on Dynalite: " + whyNoDynamo);
      abort(whyNoDynamo);
    }
    called(
        "aws-sdk:dynamodb:createTable",
        """
        {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}"""
            .formatted(name));
    return name;
  }

  @Test
  void anItemIsPutReadChangedAndDeleted() {
    String table = table("videos");
    String key = "\"TableName\": \"" + table + "\", \"Key\": {\"id\": {\"S\": \"v1\"}}";

    JsonNode put =
        called(
            "dynamodb:putItem",
            """
            {"TableName": "videos", "ConditionExpression": "attribute_not_exists(id)",
             "Item": {"id": {"S": "v1"}, "seconds": {"N": "3.5"}, "live": {"BOOL": false},
                      "none": {"NULL": true}, "tags": {"SS": ["a", "b"]},
                      "sizes": {"L": [{"N": "1"}, {"M": {"w": {"N": "320"}}}]}}}""");
    JsonNode got = called("dynamodb:getItem", "{" + key + ", \"ConsistentRead\": true}");
    JsonNode bySdk = called("aws-sdk:dynamodb:getItem", "{" + key + "}");
    JsonNode updated =
        called(
            "dynamodb:updateItem",
            "{"
                + key
                + """
                , "UpdateExpression": "SET #s = :s ADD parts :one", "ReturnValues": "ALL_NEW",
                "ExpressionAttributeNames": {"#s": "status"},
                "ExpressionAttributeValues": {":s": {"S": "PUBLISHED"}, ":one": {"N": "1"}}}""");
    JsonNode deleted =
        called("dynamodb:deleteItem", "{" + key + ", \"ReturnValues\": \"ALL_OLD\"}");
    JsonNode gone = called("dynamodb:getItem", "{" + key + "}");

    assertThat(put.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
    assertThat(got.path("Item"))
        .isEqualTo(
            json(
                """
                {"id": {"S": "v1"}, "seconds": {"N": "3.5"}, "live": {"BOOL": false},
                 "none": {"NULL": true}, "tags": {"SS": ["a", "b"]},
                 "sizes": {"L": [{"N": "1"}, {"M": {"w": {"N": "320"}}}]}}"""));
    assertThat(bySdk.at("/Item/none")).isEqualTo(json("{\"Nul\": true}"));
    assertThat(updated.at("/Attributes/status/S").asString()).isEqualTo("PUBLISHED");
    assertThat(updated.at("/Attributes/parts/N").asString()).isEqualTo("1");
    assertThat(deleted.at("/Attributes/status/S").asString()).isEqualTo("PUBLISHED");
    assertThat(gone.has("Item")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dynamodb:putItem     | {"TableName": "faults", "Item": {"id": {"S": "v"}}, "ConditionExpression": "attribute_exists(id)"} | DynamoDB.ConditionalCheckFailedException | The conditional request failed
          dynamodb:updateItem  | {"TableName": "faults", "Key": {"id": {"S": "v"}}, "UpdateExpression": "SET a = b"} | DynamoDB.AmazonDynamoDBException | does not exist in the item
          dynamodb:deleteItem  | {"TableName": "faults", "Key": {"id": {"S": "v"}}, "ConditionExpression": "attribute_exists(id)"} | DynamoDB.ConditionalCheckFailedException | The conditional request failed
          dynamodb:getItem     | {"TableName": "elsewhere", "Key": {"id": {"S": "v"}}} | DynamoDB.ResourceNotFoundException | resource not found
          dynamodb:getItem     | {"TableName": "faults", "Key": {"other": {"S": "v"}}} | DynamoDB.AmazonDynamoDBException | does not match the schema
          aws-sdk:dynamodb:putItem | {"TableName": "faults", "Item": {"id": {"S": "v"}}, "ConditionExpression": "attribute_exists(id)"} | DynamoDb.ConditionalCheckFailedException | The conditional request failed
          aws-sdk:dynamodb:describeTable | {"TableName": "elsewhere"} | DynamoDb.ResourceNotFoundException | not found
          """)
  void dynamosErrorsHaveAwssNames(String resource, String arguments, String error, String cause) {
    if (aws.call("aws-sdk:dynamodb:describeTable", "{\"TableName\": \"faults\"}")
        instanceof TaskOutcome.Failed) {
      table("faults");
    }

    TaskOutcome.Failed failed = failed(aws.call(resource, arguments));

    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause()).contains(cause).doesNotContain(AwsTasks.SECRET);
  }

  @Test
  void aMessageIsSentReceivedAndDeleted() {
    String queue =
        called("aws-sdk:sqs:createQueue", "{\"QueueName\": \"published\"}")
            .path("QueueUrl")
            .stringValue();

    JsonNode sent =
        called(
            "sqs:sendMessage",
            """
            {"QueueUrl": "%s", "MessageBody": {"video": "v1"}, "MessageAttributes":
              {"kind": {"DataType": "String", "StringValue": "published"}}}"""
                .formatted(queue));
    JsonNode received =
        called(
            "aws-sdk:sqs:receiveMessage",
            "{\"QueueUrl\": \"" + queue + "\", \"MessageAttributeNames\": [\"All\"]}");
    JsonNode message = received.at("/Messages/0");
    called(
        "aws-sdk:sqs:deleteMessage",
        "{\"QueueUrl\": \""
            + queue
            + "\", \"ReceiptHandle\": \""
            + message.path("ReceiptHandle").stringValue()
            + "\"}");
    JsonNode left =
        called(
            "aws-sdk:sqs:getQueueAttributes",
            "{\"QueueUrl\": \"" + queue + "\", \"AttributeNames\": [\"All\"]}");

    assertThat(sent.path("MessageId")).isEqualTo(message.path("MessageId"));
    assertThat(sent.path("MD5OfMessageBody").asString()).hasSize(32);
    assertThat(json(message.path("Body").stringValue())).isEqualTo(json("{\"video\": \"v1\"}"));
    assertThat(message.at("/MessageAttributes/kind/StringValue").asString()).isEqualTo("published");
    assertThat(left.at("/Attributes/ApproximateNumberOfMessages").asString()).isEqualTo("0");
    assertThat(left.at("/Attributes/ApproximateNumberOfMessagesNotVisible").asString())
        .isEqualTo("0");
  }

  /// A call that a dead node made is made again, and a FIFO queue is given the same name for it.
  @Test
  void aMessageThatIsSentAgainAfterACrashIsOne() {
    String queue =
        called(
                "aws-sdk:sqs:createQueue",
                "{\"QueueName\": \"orders.fifo\", \"Attributes\": {\"FifoQueue\": \"true\"}}")
            .path("QueueUrl")
            .stringValue();
    String message =
        "{\"QueueUrl\": \"%s\", \"MessageBody\": \"once\", \"MessageGroupId\": \"g\"}"
            .formatted(queue);

    JsonNode first = called("sqs:sendMessage", message);
    JsonNode again = called("sqs:sendMessage", message);

    assertThat(again.path("MessageId")).isEqualTo(first.path("MessageId"));
    assertThat(
            called(
                    "aws-sdk:sqs:getQueueAttributes",
                    "{\"QueueUrl\": \"" + queue + "\", \"AttributeNames\": [\"All\"]}")
                .at("/Attributes/ApproximateNumberOfMessages")
                .asString())
        .isEqualTo("1");
  }

  @Test
  void aQueueThatIsNotThereIsNamedAsAwsDoes() {
    String message =
        "{\"QueueUrl\": \"" + sqs.uri() + "/000000000000/none\", \"MessageBody\": \"m\"}";

    assertThat(failed(aws.call("aws-sdk:sqs:sendMessage", message)).error().value())
        .isEqualTo("Sqs.QueueDoesNotExistException");
    assertThat(failed(aws.call("sqs:sendMessage", message)).error().value()).startsWith("SQS.");
  }

  @Test
  void anObjectIsPutReadCopiedTaggedAndListed() {
    called("aws-sdk:s3:createBucket", "{\"Bucket\": \"media\"}");
    byte[] pixels = {(byte) 0xff, (byte) 0xd8, 0, 1, 2, (byte) 0xfe};

    JsonNode put =
        called(
            "aws-sdk:s3:putObject",
            """
            {"Bucket": "media", "Key": "in/a b+c.json", "Body": {"frames": [1, 2]},
             "ContentType": "application/json", "Tagging": "stage=new", "Metadata": {"who": "ann"}}""");
    JsonNode got =
        called("aws-sdk:s3:getObject", "{\"Bucket\": \"media\", \"Key\": \"in/a b+c.json\"}");
    called(
        "aws-sdk:s3:putObject",
        "{\"Bucket\": \"media\", \"Key\": \"in/p.jpg\", \"Body\": \""
            + Base64.getEncoder().encodeToString(pixels)
            + "\"}");
    JsonNode copied =
        called(
            "aws-sdk:s3:copyObject",
            "{\"Bucket\": \"media\", \"Key\": \"out/c.json\", \"CopySource\": \"media/in/a%20b%2Bc.json\"}");
    called(
        "aws-sdk:s3:putObjectTagging",
        """
        {"Bucket": "media", "Key": "out/c.json",
         "Tagging": {"TagSet": [{"Key": "archive", "Value": "GLACIER"}]}}""");
    JsonNode tags =
        called("aws-sdk:s3:getObjectTagging", "{\"Bucket\": \"media\", \"Key\": \"out/c.json\"}");
    JsonNode head =
        called("aws-sdk:s3:headObject", "{\"Bucket\": \"media\", \"Key\": \"in/a b+c.json\"}");
    JsonNode listed =
        called("aws-sdk:s3:listObjectsV2", "{\"Bucket\": \"media\", \"Prefix\": \"in/\"}");
    called("aws-sdk:s3:deleteObject", "{\"Bucket\": \"media\", \"Key\": \"in/p.jpg\"}");

    assertThat(got.path("ETag")).isEqualTo(put.path("ETag"));
    assertThat(json(got.path("Body").stringValue())).isEqualTo(json("{\"frames\": [1, 2]}"));
    assertThat(got.path("ContentType").asString()).isEqualTo("application/json");
    assertThat(copied.at("/CopyObjectResult/ETag")).isEqualTo(put.path("ETag"));
    assertThat(tags.path("TagSet"))
        .isEqualTo(json("[{\"Key\": \"archive\", \"Value\": \"GLACIER\"}]"));
    assertThat(head.path("ContentLength").intValue())
        .isEqualTo("{\"frames\":[1,2]}".getBytes(StandardCharsets.UTF_8).length);
    assertThat(head.at("/Metadata/who").asString()).isEqualTo("ann");
    assertThat(listed.path("Contents").findValuesAsString("Key"))
        .containsExactly("in/a b+c.json", "in/p.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          getObject        | {"Bucket": "faults", "Key": "none"} | S3.NoSuchKeyException
          getObject        | {"Bucket": "elsewhere", "Key": "none"} | S3.NoSuchBucketException
          putObject        | {"Bucket": "elsewhere", "Key": "none", "Body": "x"} | S3.NoSuchBucketException
          copyObject       | {"Bucket": "faults", "Key": "c", "CopySource": "faults/none"} | S3.NoSuchKeyException
          getObjectTagging | {"Bucket": "faults", "Key": "none"} | S3.NoSuchKeyException
          headObject       | {"Bucket": "faults", "Key": "none"} | S3.NoSuchKeyException
          createBucket     | {"Bucket": "faults"} | S3.BucketAlreadyOwnedByYouException
          """)
  void s3sErrorsHaveAwssNames(String action, String arguments, String error) {
    aws.call("aws-sdk:s3:createBucket", "{\"Bucket\": \"faults\"}");

    assertThat(failed(aws.call("aws-sdk:s3:" + action, arguments)).error().value())
        .isEqualTo(error);
  }
}
