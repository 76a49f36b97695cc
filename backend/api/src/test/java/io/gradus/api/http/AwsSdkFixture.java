package io.gradus.api.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.SfnClient;

/// What the tests of the AWS SDK for Java have in common: a server, and a client of its
/// administrator.
abstract class AwsSdkFixture {
  static final String ROLE = "arn:aws:iam::111122223333:role/any";
  static final String PASS =
      """
      {"StartAt":"Say","States":{"Say":{"Type":"Pass","Result":{"hello":"wörld"},"End":true}}}""";
  static final String FOREVER =
      """
      {"StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":600,"End":true}}}""";

  final ApiServer server = new ApiServer();
  final SfnClient sfn = server.client("AKIAADMIN");

  @AfterEach
  void stopServer() {
    sfn.close();
    server.close();
  }

  static String code(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call).awsErrorDetails().errorCode();
  }

  String create(String name, String definition) {
    return sfn.createStateMachine(r -> r.name(name).definition(definition).roleArn(ROLE))
        .stateMachineArn();
  }

  String start(String machine, String name, String input) {
    return sfn.startExecution(r -> r.stateMachineArn(machine).name(name).input(input))
        .executionArn();
  }
}
