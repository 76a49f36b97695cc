package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is sent, the answer is AWS's: never a fault of ours.
class FuzzTest {
  private static final List<String> OPERATIONS =
      List.of(
          "CreateStateMachine",
          "UpdateStateMachine",
          "DeleteStateMachine",
          "DescribeStateMachine",
          "ListStateMachines",
          "ValidateStateMachineDefinition",
          "DescribeStateMachineForExecution",
          "StartExecution",
          "StartSyncExecution",
          "StopExecution",
          "DescribeExecution",
          "ListExecutions",
          "GetExecutionHistory",
          "CreateActivity",
          "DeleteActivity",
          "DescribeActivity",
          "ListActivities",
          "GetActivityTask",
          "SendTaskSuccess",
          "SendTaskFailure",
          "SendTaskHeartbeat",
          "TagResource",
          "UntagResource",
          "ListTagsForResource");
  private static final List<String> MEMBERS =
      List.of(
          "name",
          "definition",
          "roleArn",
          "type",
          "stateMachineArn",
          "executionArn",
          "activityArn",
          "resourceArn",
          "input",
          "output",
          "taskToken",
          "error",
          "cause",
          "tags",
          "tagKeys",
          "maxResults",
          "nextToken",
          "statusFilter",
          "reverseOrder",
          "loggingConfiguration",
          "tracingConfiguration",
          "encryptionConfiguration",
          "traceHeader",
          "includedData",
          "workerName",
          "publish",
          "severity");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1001",
          "1.5",
          "1e400",
          "\"\"",
          "\"x\"",
          "\"STANDARD\"",
          "\"RUNNING\"",
          "\"arn:aws:states:us-east-1:111122223333:stateMachine:real\"",
          "\"arn:aws:states:us-east-1:111122223333:stateMachine:real:1\"",
          "\"arn:aws:states:us-east-1:111122223333:execution:real:run\"",
          "\"arn:aws:states:us-east-1:111122223333:express:real:run:x\"",
          "\"arn:aws:states:us-east-1:111122223333:activity:real\"",
          "\"arn:aws:states:eu-west-9:111122223333:activity:real\"",
          "\"arn:aws:states:us-east-1:444455556666:activity:real\"",
          "\"arn:aws:iam::111122223333:role/any\"",
          "\"arn:aws:states:::::\"",
          "\"{\\\"StartAt\\\":\\\"A\\\",\\\"States\\\":{\\\"A\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}}}\"",
          "\"{\\\"StartAt\\\":1,\\\"States\\\":[]}\"",
          "\"{}\"",
          "\"[1,2\"",
          "\"\\u0000\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"é日本\"",
          "\"{\\\"a\\\":\\\"\\\\ud800\\\"}\"",
          "[]",
          "[null]",
          "[\"a\"]",
          "[{\"key\":\"k\",\"value\":\"v\"}]",
          "[{\"key\":null}]",
          "[[[]]]",
          "{}",
          "{\"level\":\"ALL\"}",
          "{\"level\":\"ALL\",\"destinations\":[{}]}",
          "{\"level\":7,\"destinations\":\"x\"}",
          "{\"enabled\":true}",
          "{\"type\":\"CUSTOMER_MANAGED_KMS_KEY\"}",
          "{\"type\":\"AWS_OWNED_KEY\",\"kmsDataKeyReusePeriodSeconds\":1}");

  @Test
  void neverAnswersWithAFaultOfOurs() {
    try (ApiServer server = new ApiServer()) {
      RawHttp http = new RawHttp(server.endpoint(), "AKIAADMIN");
      http.call("CreateActivity", "{\"name\":\"real\"}");
      http.call(
          "CreateStateMachine",
          """
          {"name":"real","roleArn":"arn:aws:iam::111122223333:role/any","definition":\
          "{\\"StartAt\\":\\"A\\",\\"States\\":{\\"A\\":{\\"Type\\":\\"Succeed\\"}}}"}""");
      String start =
          """
          {"stateMachineArn":"arn:aws:states:us-east-1:111122223333:stateMachine:real",\
          "name":"run"}""";
      assertThat(http.call("StartExecution", start).status()).isEqualTo(200);
      Random random = new Random(20261122);
      for (int i = 0; i < 4_000; i++) {
        String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
        byte[] body = body(random);

        RawHttp.Answer answer = http.call(operation, body);

        assertThat(answer.status())
            .as("%s %s", operation, new String(body, StandardCharsets.UTF_8))
            .isIn(200, 400);
        answer.json();
      }
    }
  }

  private static byte[] body(Random random) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append('"').append(MEMBERS.get(random.nextInt(MEMBERS.size()))).append("\":");
      text.append(VALUES.get(random.nextInt(VALUES.size())));
      text.append(i == 0 ? "}" : ",");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
