package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What AWS JSON 1.0 says of requests that no SDK sends.
class ProtocolTest {
  private static ApiServer server;
  private static RawHttp http;

  @BeforeAll
  static void startServer() {
    server = new ApiServer();
    http = new RawHttp(server.endpoint(), "AKIAADMIN");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void answersWithTheProtocolsHeaders() {
    RawHttp.Answer answer = http.call("ListActivities", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/x-amz-json-1.0");
    assertThat(answer.headers().get("x-amzn-requestid")).hasSize(36);
    assertThat(answer.text()).startsWith("{\"activities\":[");
  }

  @Test
  void takesAnEmptyBodyForNoMembers() {
    assertThat(http.call("ListActivities", "").status()).isEqualTo(200);
  }

  @Test
  void writesTimesInSecondsWithMilliseconds() {
    String answer = http.call("CreateActivity", "{\"name\":\"timed\"}").text();

    assertThat(answer).containsPattern("\"creationDate\":\\d{10}\\.\\d{3}}");
  }

  @Test
  void passesOverMembersItDoesNotKnow() {
    assertThat(http.call("ListActivities", "{\"colour\":{\"a\":[1]},\"maxResults\":null}").status())
        .isEqualTo(200);
  }

  @Test
  void namesAnOperationItDoesNotKnow() {
    RawHttp.Answer answer = http.call("MakeCoffee", "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "not json",
        "[]",
        "\"text\"",
        "{} {}",
        "{\"maxResults\":1,\"maxResults\":2}",
        "{\"maxResults\":\"5\"}",
        "{\"maxResults\":true}",
        "{\"maxResults\":{}}",
        "{\"maxResults\":[]}",
        "{\"maxResults\":1e99}",
        "{\"maxResults\":1e999999999}",
        "{\"maxResults\":-123456789012345678901234567890}",
        "{\"nextToken\":5}",
        "{\"nextToken\":false}",
        "{\"nextToken\":[\"a\"]}",
        "{\"nextToken\":{\"a\":1}}",
        "{\"nextToken\":\"\\ud800\"}",
        "{\"nextToken\":\"raw \u0001 control\"}",
        "{'maxResults':1}",
      })
  void refusesWhatIsNoRequestOfTheModel(String body) {
    RawHttp.Answer answer = http.call("ListActivities", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("com.amazon.coral.service#SerializationException");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};
    byte[] cut = {'{', '"', 'a', '"', ':', '"', (byte) 0xE6, (byte) 0x97, '"', '}'};

    assertThat(http.call("ListActivities", overlong).type()).endsWith("#SerializationException");
    assertThat(http.call("ListActivities", cut).type()).endsWith("#SerializationException");
  }

  @Test
  void boundsTheDepthOfARequest() {
    String deep = "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";

    assertThat(http.call("ListActivities", deep).type()).endsWith("#SerializationException");
  }

  @Test
  void refusesABodyThatIsLongerThanAnyMayBe() {
    RawHttp.Answer answer = http.call("ListActivities", new byte[7 * 1024 * 1024]);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.type()).endsWith("#RequestEntityTooLargeException");
  }

  @Test
  void aRequestThatThereIsNoRoomForIsToldToComeBack() {
    byte[] body = (" ".repeat(200_000) + "{}").getBytes(StandardCharsets.UTF_8);
    try (RequestRoom.Place others = server.room.place()) {
      others.take((int) (server.room.bytes() - server.room.taken()) - 100_000);
      RawHttp.Answer answer = http.call("ListActivities", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.type()).isEqualTo("com.amazon.coral.availability#ThrottlingException");
      assertThat(http.call("ListActivities", "{}").status()).isEqualTo(200);
    }
    assertThat(http.call("ListActivities", body).status()).isEqualTo(200);
    assertThat(server.room.taken()).isZero();
    assertThat(server.room.refused()).isOne();
  }

  @Test
  void takesADefinitionOfAMebibyteWithEscapes() {
    String comment = "\\u65e5".repeat(900_000);
    String body =
        """
        {"definition":"{\\"Comment\\":\\"%s\\",\\"StartAt\\":\\"A\\",\\"States\\":\
        {\\"A\\":{\\"Type\\":\\"Succeed\\"}}}"}"""
            .formatted(comment);

    RawHttp.Answer answer = http.call("ValidateStateMachineDefinition", body);

    assertThat(answer.text()).startsWith("{\"result\":\"OK\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ListStateMachines|{\"maxResults\":1001}|1 validation error detected: Value '1001' at"
            + " 'maxResults' failed to satisfy constraint: Member must have value less than or"
            + " equal to 1000",
        "ListStateMachines|{\"maxResults\":-1}|1 validation error detected: Value '-1' at"
            + " 'maxResults' failed to satisfy constraint: Member must have value greater than or"
            + " equal to 0",
        "ListExecutions|{\"stateMachineArn\":\"arn:aws:states\",\"statusFilter\":\"succeeded\"}|1"
            + " validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT,"
            + " PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
        "DescribeActivity|{}|1 validation error detected: Value null at 'activityArn' failed to"
            + " satisfy constraint: Member must not be null",
        "DescribeActivity|{\"activityArn\":\"\"}|1 validation error detected: Value '' at"
            + " 'activityArn' failed to satisfy constraint: Member must have length greater than"
            + " or equal to 1",
        "TagResource|{\"resourceArn\":\"a\",\"tags\":[{\"key\":\"k\"},{\"key\":\"\"}]}|1 validation"
            + " error detected: Value '' at 'tags.2.member.key' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1",
        "StartExecution|{\"stateMachineArn\":\"a\",\"traceHeader\":\"é\"}|1 validation error"
            + " detected: Value 'é' at 'traceHeader' failed to satisfy constraint: Member must"
            + " satisfy regular expression pattern: \\p{ASCII}*",
        "CreateStateMachine|{\"name\":\"\",\"definition\":\"\"}|3 validation errors detected:"
            + " Value '' at 'name' failed to satisfy constraint: Member must have length greater"
            + " than or equal to 1; Value at 'definition' failed to satisfy constraint: Member"
            + " must have length greater than or equal to 1; Value null at 'roleArn' failed to"
            + " satisfy constraint: Member must not be null",
      })
  void tellsBrokenConstraintsInAwsWords(String operation, String body, String expected) {
    RawHttp.Answer answer = http.call(operation, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("com.amazon.coral.validate#ValidationException");
    assertThat(answer.message()).isEqualTo(expected);
  }

  @Test
  void neverRepeatsWhatIsSensitive() {
    String secret = "s3cret".repeat(60_000);

    RawHttp.Answer answer =
        http.call("StartExecution", "{\"stateMachineArn\":\"a\",\"input\":\"" + secret + "\"}");

    assertThat(answer.message())
        .isEqualTo(
            "1 validation error detected: Value at 'input' failed to satisfy constraint: Member"
                + " must have length less than or equal to 262144");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activity~name",
        "activity name",
        "activity\\u001f",
        "activity\\u007f",
        "a<b",
        "a:b",
        "a/b",
        "a\\u0000",
        "a\\ufffe",
        "\\u00a0",
      })
  void refusesNamesThatAwsRefuses(String name) {
    RawHttp.Answer answer = http.call("CreateActivity", "{\"name\":\"" + name + "\"}");

    assertThat(answer.type()).isEqualTo("com.amazonaws.swf.service.v2.model#InvalidName");
    assertThat(answer.message()).startsWith("Invalid Name: '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no_an_activity_arn|Invalid Arn: 'Invalid ARN prefix: no_an_activity_arn'",
        "arn:aws:states:us-east-1:111122223333:stateMachine:m|Invalid Arn: 'Resource type not"
            + " valid in this context: stateMachine'",
        "arn:aws:states:us-east-1:111122223333:activity:|Invalid Arn: 'Invalid ARN:"
            + " arn:aws:states:us-east-1:111122223333:activity:'",
        "arn:aws:sqs:us-east-1:111122223333:q|Invalid Arn: 'ARN is not for the service states:"
            + " arn:aws:sqs:us-east-1:111122223333:q'",
      })
  void refusesArnsThatNameNothing(String arn, String expected) {
    RawHttp.Answer answer = http.call("DescribeActivity", "{\"activityArn\":\"" + arn + "\"}");

    assertThat(answer.type()).isEqualTo("com.amazonaws.swf.service.v2.model#InvalidArn");
    assertThat(answer.message()).isEqualTo(expected);
  }

  @Test
  void refusesARequestWithoutASignature() {
    RawHttp.Answer answer =
        http.unsigned("POST", "/", "{}", Map.of("X-Amz-Target", "AWSStepFunctions.ListActivities"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                + "\"message\":\"Missing Authentication Token\"}");
  }

  @Test
  void mayBeTriedAgainWhereNobodyCanTellWhoseKeyItIs() {
    var unknown = new RawHttp(server.endpoint(), MemoryAccessKeys.UNREADABLE);

    RawHttp.Answer answer = unknown.call("ListActivities", "{}");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.type())
        .isEqualTo("com.amazon.coral.availability#ServiceUnavailableException");

    RawHttp.Answer managed = unknown.send("GET", "/api/v1/functions", new byte[0], Map.of());
    assertThat(managed.status()).isEqualTo(503);
    assertThat(managed.type()).isEqualTo("ServiceUnavailableException");
  }

  @Test
  void leavesEverythingElseToTheConsole() {
    assertThat(http.unsigned("GET", "/", "", Map.of()).status()).isEqualTo(405);
    assertThat(http.unsigned("POST", "/", "a=b", Map.of()).headers().get("content-type"))
        .contains("text/html");
  }

  @Test
  void keepsSignedPayloadsOfOtherEncodings() {
    String name = IntStream.range(0, 80).mapToObj(i -> "é").collect(Collectors.joining());

    RawHttp.Answer answer =
        http.call(
            "CreateActivity", ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8));

    assertThat(answer.json().get("activityArn").stringValue()).endsWith(":activity:" + name);
  }
}
