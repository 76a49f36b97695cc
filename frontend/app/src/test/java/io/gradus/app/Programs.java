package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What programs do with a server: call it by the AWS SDK, and wait for what comes.
public final class Programs {
  private Programs() {}

  /// The SDK's client, as any program would make it.
  ///
  /// @param address such as `http://127.0.0.1:40123`
  public static SfnClient sfn(String address, String accessKeyId, String secretAccessKey) {
    return SfnClient.builder()
        .endpointOverride(URI.create(address))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
        .overrideConfiguration(
            c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }

  /// Waits for it, for up to two minutes.
  ///
  /// @param what is waited for, to be told where it does not come
  public static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(until);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /// Starts an execution whose only state calls this.
  ///
  /// @param resource such as `ecs:runTask.sync`
  /// @return its ARN
  static String started(SfnClient sfn, String resource, String parameters) {
    String definition =
        "{\"StartAt\":\"J\",\"States\":{\"J\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::%s\",\"Parameters\":%s,\"End\":true}}}"
            .formatted(resource, parameters);
    String machine =
        sfn.createStateMachine(
                r ->
                    r.name("calls-" + Integer.toHexString(definition.hashCode()))
                        .roleArn("arn:aws:iam::000000000000:role/any")
                        .definition(definition))
            .stateMachineArn();
    return sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();
  }

  /// Waits for an execution's end.
  static DescribeExecutionResponse ended(SfnClient sfn, String execution) {
    await(
        "the execution's end",
        () ->
            sfn.describeExecution(r -> r.executionArn(execution)).status()
                != ExecutionStatus.RUNNING);
    return sfn.describeExecution(r -> r.executionArn(execution));
  }
}
