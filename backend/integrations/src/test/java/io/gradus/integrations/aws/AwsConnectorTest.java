package io.gradus.integrations.aws;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.outcome;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.CallMeter;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class AwsConnectorTest {
  private static final String SDK = "arn:aws:states:::aws-sdk:";
  private static final String SECRET = "canary-secret-key";
  private static final AwsConnection.Keys KEYS = new AwsConnection.Keys("AKIDCANARY", SECRET, null);

  private final Map<TenantId, AwsConnection> connections = new HashMap<>();
  private final AwsPeer peer = new AwsPeer();
  private final EgressClient tenants = EgressClient.heldTo(EgressPolicy.parse("", Set.of()));
  private final EgressClient operators = EgressClient.ofOperator();
  private final AwsCalls calls =
      new AwsCalls(
          tenant -> Optional.ofNullable(connections.get(tenant)),
          AwsConnectorTest.class.getClassLoader(),
          tenants,
          operators,
          CallMeter.NONE);
  private final AwsConnector aws = new AwsConnector(calls);

  {
    connections.put(Invocations.TENANT, connection("1", peer.uri(), KEYS, null, true));
  }

  private static AwsConnection connection(
      String id, URI uri, AwsConnection.@Nullable Keys keys, @Nullable String role, boolean own) {
    return new AwsConnection(id, "us-east-1", uri, Map.of(), keys, role, own);
  }

  @AfterEach
  void close() {
    calls.close();
    peer.close();
    tenants.close();
    operators.close();
  }

  private TaskOutcome called(String resource, String arguments) {
    return outcome(aws, Invocations.of(resource, arguments));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:states:::aws-sdk:dynamodb:putItem, true",
    "arn:aws:states:::aws-sdk:ecs:runTask.waitForTaskToken, true",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken, true",
    "arn:aws:states:::glue:startJobRun, true",
    "arn:aws:states:::glue:startJobRun.sync, false",
    "arn:aws:states:::lambda:invoke, false",
    "arn:aws:states:::states:startExecution, false",
    "arn:aws:states:::http:invoke, false",
    "arn:aws:lambda:us-east-1:111111111111:function:f, false"
  })
  void handlesServicesOfAws(String resource, boolean handled) {
    assertThat(aws.handles(new Resource(resource))).isEqualTo(handled);
  }

  @Test
  void anSdkIntegrationGivesTheAnswerAndNothingElse() {
    // given
    peer.reply(
        "GetItem",
        200,
        """
        {"Item":{"id":{"S":"a"},"n":{"N":"1"},"b":{"BOOL":true},"x":{"NULL":true},"l":{"L":[{"S":"q"}]},
         "set":{"SS":["p"]}}}""");

    // when
    TaskOutcome outcome =
        called(SDK + "dynamodb:getItem", "{\"TableName\":\"t\",\"Key\":{\"id\":{\"S\":\"a\"}}}");

    // then
    assertThat(output(outcome))
        .isEqualTo(
            json(
                """
                {"Item":{"id":{"S":"a"},"n":{"N":"1"},"b":{"Bool":true},"x":{"Nul":true},"l":{"L":[{"S":"q"}]},
                 "set":{"Ss":["p"]}}}"""));
    assertThat(peer.bodies("GetItem"))
        .containsExactly(json("{\"TableName\":\"t\",\"Key\":{\"id\":{\"S\":\"a\"}}}"));
    assertThat(peer.requests().getFirst().headers().get("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDCANARY/")
        .contains("/us-east-1/dynamodb/aws4_request");
  }

  @Test
  void anOptimisedIntegrationTellsOfItsHttpAndNamesAsTheServiceDoes() {
    // given
    peer.reply("GetItem", 200, "{\"Item\":{\"b\":{\"BOOL\":true},\"x\":{\"NULL\":true}}}");

    // when
    JsonNode output =
        output(
            called(
                "arn:aws:states:::dynamodb:getItem",
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"S\":\"a\"},\"z\":{\"NULL\":true}}}"));

    // then
    assertThat(output.path("Item"))
        .isEqualTo(json("{\"b\":{\"BOOL\":true},\"x\":{\"NULL\":true}}"));
    assertThat(output.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
    assertThat(output.at("/SdkResponseMetadata/RequestId").stringValue())
        .isEqualTo("11111111-2222-3333-4444-555555555555");
    assertThat(peer.bodies("GetItem").getFirst().at("/Key/z/NULL").booleanValue()).isTrue();
  }

  @Test
  void textMeantToBeJsonMayBeGivenAsJson() {
    // given
    String first = "d74af47575b5b114ff6b8eb52829dfdc";
    String second = "ac7938d40cfc2307e2bf325d28e7884e";
    for (String md5 : List.of(first, second)) {
      peer.reply("SendMessage", 200, "{\"MD5OfMessageBody\":\"" + md5 + "\",\"MessageId\":\"i\"}");
    }

    // when
    JsonNode optimised =
        output(
            called(
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "{\"QueueUrl\":\"" + peer.uri() + "/1/q\",\"MessageBody\":{\"a\":[1,true]}}"));
    JsonNode sdk =
        output(
            called(
                SDK + "sqs:sendMessage",
                "{\"QueueUrl\":\"" + peer.uri() + "/1/q\",\"MessageBody\":\"plain\"}"));

    // then
    assertThat(optimised.path("MD5OfMessageBody").asString()).isEqualTo(first);
    assertThat(sdk)
        .isEqualTo(json("{\"Md5OfMessageBody\":\"" + second + "\",\"MessageId\":\"i\"}"));
    assertThat(peer.bodies("SendMessage"))
        .extracting(body -> body.path("MessageBody").asString())
        .containsExactly("{\"a\":[1,true]}", "plain");
  }

  @Test
  void aStreamGoesAndComesAsText() {
    // given
    peer.reply("PUT /b/k", 200, "").reply("GET /b/k", 200, "grüße", "text/plain");

    // when
    TaskOutcome put =
        called(SDK + "s3:putObject", "{\"Bucket\":\"b\",\"Key\":\"k\",\"Body\":{\"a\":1}}");
    TaskOutcome got = called(SDK + "s3:getObject", "{\"Bucket\":\"b\",\"Key\":\"k\"}");

    // then
    output(put);
    assertThat(peer.requests().getFirst().body()).contains("{\"a\":1}");
    assertThat(output(got).path("Body").asString()).isEqualTo("grüße");
    assertThat(output(got).path("ContentType").asString()).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws-sdk:dynamodb:getItem | {"TableName":"t","Nonsense":1} | The field 'Nonsense' is not supported by Step Functions
          aws-sdk:dynamodb:getItem | {"TableName":"t","Key":{"id":{"Q":"a"}}} | The field 'Key.id.Q' is not supported by Step Functions
          aws-sdk:dynamodb:getItem | {"TableName":"t","Key":[]} | The value for the field 'Key' must be an OBJECT
          aws-sdk:dynamodb:scan | {"TableName":"t","Limit":"many"} | The value for the field 'Limit' must be an INTEGER
          aws-sdk:dynamodb:scan | {"TableName":"t","Limit":1e999999} | The value for the field 'Limit' must be an INTEGER
          aws-sdk:dynamodb:scan | {"TableName":"t","Limit":1.5} | The value for the field 'Limit' must be an INTEGER
          aws-sdk:dynamodb:scan | {"TableName":"t","Limit":99999999999} | The value for the field 'Limit' must be an INTEGER
          aws-sdk:dynamodb:scan | [] | The arguments of the call must be an OBJECT
          aws-sdk:dynamodb:dance | {} | The service 'dynamodb' has no action 'dance'
          aws-sdk:dynamodb:close | {} | The service 'dynamodb' has no action 'close'
          aws-sdk:nowhere:go | {} | The service 'nowhere' is not there: no AWS SDK client of that name
          """)
  void whatIsNoRequestFailsWithItsPlace(String resource, String arguments, String cause) {
    // when
    TaskOutcome.Failed failed = failed(called("arn:aws:states:::" + resource, arguments));

    // then
    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).isEqualTo(cause);
    assertThat(peer.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws-sdk:dynamodb:putItem | ResourceNotFoundException | DynamoDb.ResourceNotFoundException | Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: 11111111-2222-3333-4444-555555555555) (SDK Attempt Count: 1)
          aws-sdk:dynamodb:putItem | ValidationException | DynamoDb.DynamoDbException | Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: 11111111-2222-3333-4444-555555555555) (SDK Attempt Count: 1)
          dynamodb:putItem | ConditionalCheckFailedException | DynamoDB.ConditionalCheckFailedException | Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: 11111111-2222-3333-4444-555555555555; Proxy: null)
          dynamodb:putItem | ValidationException | DynamoDB.AmazonDynamoDBException | Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: 11111111-2222-3333-4444-555555555555; Proxy: null)
          dynamodb:putItem | ThrottlingException | DynamoDB.ThrottlingException | Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ThrottlingException; Request ID: 11111111-2222-3333-4444-555555555555; Proxy: null)
          """)
  void aServicesErrorHasAwssName(String resource, String code, String error, String cause) {
    // given
    peer.reply(
        "PutItem",
        400,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
            + code
            + "\",\"message\":\"Requested resource not found\"}");

    // when
    TaskOutcome.Failed failed =
        failed(called("arn:aws:states:::" + resource, "{\"TableName\":\"t\",\"Item\":{}}"));

    // then
    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause()).isEqualTo(cause);
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void aServiceThatIsNotThereIsSaidSo() {
    // given
    connections.put(
        Invocations.TENANT, connection("2", URI.create("http://127.0.0.1:1"), KEYS, null, true));

    // when
    TaskOutcome.Failed optimised =
        failed(
            called(
                "arn:aws:states:::sqs:sendMessage",
                "{\"QueueUrl\":\"http://127.0.0.1:1/1/q\",\"MessageBody\":\"m\"}"));
    TaskOutcome.Failed sdk = failed(called(SDK + "sqs:listQueues", "{}"));

    // then
    assertThat(optimised.error().value()).isEqualTo("SQS.SdkClientException");
    assertThat(optimised.cause()).startsWith("Unable to execute HTTP request: ");
    assertThat(sdk.error().value()).isEqualTo("Sqs.SdkClientException");
  }

  @Test
  void aQueueIsNamedByItsUrl() {
    // when
    TaskOutcome.Failed failed =
        failed(
            called(
                "arn:aws:states:::sqs:sendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"m\"}"));

    // then
    assertThat(failed.error().value()).isEqualTo("SQS.SdkClientException");
    assertThat(failed.cause())
        .isEqualTo("Unable to execute HTTP request: q: Name or service not known");
  }

  /// Whoever stands in for SQS may give its queues a host that only it can resolve, so SQS is
  /// asked.
  @ParameterizedTest
  @CsvSource({
    "http://queues.invalid/1/gone, AWS.SimpleQueueService.NonExistentQueue,"
        + " SQS.SdkClientException",
    "http://queues.invalid, QueueDoesNotExist, SQS.SdkClientException",
    "http://127.0.0.1:1/1/gone, AWS.SimpleQueueService.NonExistentQueue, SQS.AmazonSQSException",
    "http://queues.invalid/1/q, OverLimit, SQS.OverLimitException"
  })
  void aQueueThatIsNotThereMayBeAHostThatIsNotThere(String url, String code, String error) {
    // given
    peer.reply("SendMessage", 400, "{\"__type\":\"" + code + "\",\"message\":\"No.\"}");

    // when
    TaskOutcome.Failed failed =
        failed(
            called(
                "arn:aws:states:::sqs:sendMessage",
                "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"m\"}"));

    // then
    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause())
        .startsWith(
            error.equals("SQS.SdkClientException")
                ? "Unable to execute HTTP request: queues.invalid: Name or service not known"
                : "No.");
  }

  @Test
  void aTenantsOwnConnectionIsHeldToTheEgressPolicy() {
    // given
    connections.put(Invocations.TENANT, connection("3", peer.uri(), KEYS, null, false));

    // when
    TaskOutcome.Failed failed = failed(called(SDK + "dynamodb:listTables", "{}"));

    // then
    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause()).contains("egress policy").doesNotContain(SECRET);
    assertThat(peer.requests()).isEmpty();
  }

  @Test
  void withoutAConnectionNothingIsCalled() {
    // given
    connections.clear();

    // when
    TaskOutcome.Failed failed =
        failed(called("arn:aws:states:::sns:publish", "{\"Message\":\"m\"}"));

    // then
    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause()).isEqualTo("This tenant has no AWS connection to call sns by");
  }

  @Test
  void eachTenantCallsByItsOwnConnection() {
    // given
    peer.reply("ListTables", 200, "{\"TableNames\":[\"mine\"]}");
    try (AwsPeer other = new AwsPeer().reply("ListTables", 200, "{\"TableNames\":[\"theirs\"]}")) {
      TenantId stranger = new TenantId(UUID.randomUUID());
      connections.put(
          stranger,
          connection("4", other.uri(), new AwsConnection.Keys("AKOTHER", "x", null), null, true));
      TaskInvocation mine = Invocations.of(SDK + "dynamodb:listTables", "{}");
      TaskInvocation theirs = of(stranger, mine);

      // when, then
      assertThat(output(outcome(aws, mine)).toString()).contains("mine");
      assertThat(output(outcome(aws, theirs)).toString()).contains("theirs");
      assertThat(other.requests().getFirst().headers().get("Authorization")).contains("AKOTHER");
    }
  }

  @Test
  void withoutKeysRequestsGoUnsigned() {
    // given
    peer.reply("ListTables", 200, "{\"TableNames\":[]}");
    connections.put(Invocations.TENANT, connection("5", peer.uri(), null, null, true));

    // when
    output(called(SDK + "dynamodb:listTables", "{}"));

    // then
    assertThat(peer.requests().getFirst().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void aRoleIsAssumedOnceForItsCalls() {
    // given
    peer.reply(
            "POST /",
            200,
            """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>ASROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""",
            "text/xml")
        .reply("ListTables", 200, "{\"TableNames\":[]}");
    TaskInvocation plain = Invocations.of(SDK + "dynamodb:listTables", "{}");
    TaskInvocation asRole =
        new TaskInvocation(
            plain.execution(),
            plain.executionArn(),
            plain.task(),
            plain.state(),
            plain.resource(),
            plain.arguments(),
            0,
            "",
            Payload.ofText("{\"RoleArn\":\"arn:aws:iam::1:role/r\"}"),
            null,
            null);

    // when
    output(outcome(aws, asRole));
    output(outcome(aws, asRole));

    // then
    assertThat(peer.requests()).hasSize(3);
    assertThat(peer.requests().getFirst().body())
        .contains("Action=AssumeRole")
        .contains("role%2Fr");
    assertThat(peer.requests().getLast().headers().get("Authorization")).contains("ASROLE");
  }

  @Test
  void aCallThatIsMadeAgainIsKnownByItsToken() {
    // given
    peer.reply("RunTask", 200, "{\"tasks\":[],\"failures\":[]}")
        .reply("SendMessage", 200, "{\"MessageId\":\"i\"}");
    String run = "{\"TaskDefinition\":\"d\"}";
    String fifo =
        "{\"QueueUrl\":\""
            + peer.uri()
            + "/1/q.fifo\",\"MessageBody\":\"m\",\"MessageGroupId\":\"g\"}";

    // when
    called("arn:aws:states:::ecs:runTask", run);
    called("arn:aws:states:::ecs:runTask", run);
    outcome(aws, Invocations.of("arn:aws:states:::ecs:runTask", run, 9));
    called("arn:aws:states:::ecs:runTask", "{\"TaskDefinition\":\"d\",\"ClientToken\":\"own\"}");
    called("arn:aws:states:::sqs:sendMessage", fifo);
    called("arn:aws:states:::sqs:sendMessage", fifo);

    // then
    var tokens =
        peer.bodies("RunTask").stream().map(body -> body.path("clientToken").asString()).toList();
    assertThat(tokens.get(0)).isNotEmpty().isEqualTo(tokens.get(1)).isNotEqualTo(tokens.get(2));
    assertThat(tokens.get(3)).isEqualTo("own");
    assertThat(peer.bodies("SendMessage"))
        .extracting(body -> body.path("MessageDeduplicationId").asString())
        .containsOnly(tokens.getFirst());
  }

  @Test
  void eventsTellWhereTheyComeFromAndFailAsAwsSays() {
    // given
    peer.reply("PutEvents", 200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"e\"}]}")
        .reply(
            "PutEvents",
            200,
            "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"Internal\"}]}");
    String arguments =
        "{\"Entries\":[{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":{\"a\":1},\"Resources\":[\"r\"]}]}";

    // when
    output(called("arn:aws:states:::events:putEvents", arguments));
    TaskOutcome.Failed failed = failed(called("arn:aws:states:::events:putEvents", arguments));

    // then
    JsonNode entry = peer.bodies("PutEvents").getFirst().at("/Entries/0");
    assertThat(entry.path("Detail").asString()).isEqualTo("{\"a\":1}");
    assertThat(entry.path("Resources"))
        .isEqualTo(
            json(
                "[\"r\",\""
                    + Invocations.EXECUTION_ARN
                    + "\",\"arn:aws:states:us-east-1:111111111111:stateMachine:machine\"]"));
    assertThat(failed.error().value()).isEqualTo("EventBridge.FailedEntry");
  }

  @Test
  void aModelsAnswerIsJson() {
    // given
    peer.reply("POST /model/m/invoke", 200, "{\"text\":\"hi\"}", "application/json");

    // when
    JsonNode output =
        output(
            called(
                "arn:aws:states:::bedrock:invokeModel",
                "{\"ModelId\":\"m\",\"Body\":{\"prompt\":\"p\"},\"ContentType\":\"application/json\"}"));

    // then
    assertThat(output.at("/Body/text").asString()).isEqualTo("hi");
    assertThat(peer.requests().getFirst().body()).isEqualTo("{\"prompt\":\"p\"}");
  }

  @Test
  void momentsAreTextForTheSdkAndMillisecondsForOptimisedOnes() {
    // given
    peer.reply("GetJobRun", 200, "{\"JobRun\":{\"Id\":\"r\",\"StartedOn\":1591135143.5}}")
        .reply("GetJobRun", 200, "{\"JobRun\":{\"Id\":\"r\",\"StartedOn\":1591135143.5}}");
    String arguments = "{\"JobName\":\"j\",\"RunId\":\"r\"}";

    // when, then
    assertThat(output(called(SDK + "glue:getJobRun", arguments)).at("/JobRun/StartedOn").asString())
        .isEqualTo("2020-06-02T21:59:03.500Z");
    assertThat(
            output(called("arn:aws:states:::glue:getJobRun", arguments))
                .at("/JobRun/StartedOn")
                .longValue())
        .isEqualTo(1591135143500L);
  }

  @Test
  void aCallIsGivenUpWhenItsTaskIsOver() throws Exception {
    // given
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (Peer slow =
        Peer.answering(
            (_, _) -> {
              arrived.countDown();
              release.await();
              return false;
            })) {
      connections.put(Invocations.TENANT, connection("6", slow.uri(""), KEYS, null, true));
      TaskInvocation invocation = Invocations.of(SDK + "dynamodb:listTables", "{}");

      // when
      CompletableFuture<TaskOutcome> outcome = aws.invoke(invocation).toCompletableFuture();
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      aws.cancel(invocation);

      // then
      assertThat(failed(outcome.get(20, TimeUnit.SECONDS)).cause()).contains("given up");
      release.countDown();
    }
  }

  @Test
  void aSlowServiceTimesOut() throws Exception {
    var release = new CountDownLatch(1);
    try (Peer slow =
        Peer.answering(
            (_, _) -> {
              release.await();
              return false;
            })) {
      connections.put(Invocations.TENANT, connection("7", slow.uri(""), KEYS, null, true));
      TaskInvocation plain = Invocations.of(SDK + "dynamodb:listTables", "{}");
      TaskInvocation quick =
          new TaskInvocation(
              plain.execution(),
              plain.executionArn(),
              plain.task(),
              plain.state(),
              plain.resource(),
              plain.arguments(),
              0,
              "",
              null,
              Duration.ofMillis(100),
              null);

      // when, then
      TaskOutcome.Failed failed = failed(outcome(aws, quick));
      assertThat(failed.error().value()).isEqualTo("DynamoDb.SdkClientException");
      assertThat(failed.cause()).contains("did not answer within 1100 ms");
      release.countDown();
    }
  }

  @Test
  void secretsAreNowhereToBeSeen() {
    assertThat(connections.toString()).contains("AKIDCANARY").doesNotContain(SECRET);
  }

  private static TaskInvocation of(TenantId tenant, TaskInvocation like) {
    return new TaskInvocation(
        new io.gradus.engine.ExecutionKey(tenant, like.execution().id()),
        like.executionArn(),
        like.task(),
        like.state(),
        like.resource(),
        like.arguments(),
        0,
        "",
        null,
        null,
        null);
  }

  private static JsonNode json(String text) {
    return PayloadJson.MAPPER.readTree(text);
  }
}
