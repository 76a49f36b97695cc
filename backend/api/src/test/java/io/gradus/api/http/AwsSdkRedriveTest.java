package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// The AWS SDK for Java redrives.
class AwsSdkRedriveTest extends AwsSdkFixture {
  @Test
  void aStoppedExecutionIsRedriven() {
    String machine = create("orders", FOREVER);
    String arn = start(machine, "e", "{}");
    var running =
        catchThrowableOfType(
            ExecutionNotRedrivableException.class,
            () -> sfn.redriveExecution(r -> r.executionArn(arn)));
    assertThat(running.awsErrorDetails().errorMessage())
        .isEqualTo("Execution is RUNNING and cannot be redriven");
    sfn.stopExecution(r -> r.executionArn(arn));
    assertThat(sfn.describeExecution(r -> r.executionArn(arn)).redriveStatus())
        .isEqualTo(ExecutionRedriveStatus.REDRIVABLE);

    var redriven = sfn.redriveExecution(r -> r.executionArn(arn).clientToken("one"));

    assertThat(sfn.redriveExecution(r -> r.executionArn(arn).clientToken("one")).redriveDate())
        .isEqualTo(redriven.redriveDate());
    var now = sfn.describeExecution(r -> r.executionArn(arn));
    assertThat(now.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(now.redriveCount()).isEqualTo(1);
    assertThat(now.redriveDate()).isEqualTo(redriven.redriveDate());
    assertThat(now.stopDate()).isNull();
    assertThat(
            sfn.getExecutionHistory(r -> r.executionArn(arn)).events().stream()
                .filter(e -> e.type() == HistoryEventType.EXECUTION_REDRIVEN))
        .singleElement()
        .satisfies(e -> assertThat(e.executionRedrivenEventDetails().redriveCount()).isEqualTo(1));
    assertThat(
            sfn.listExecutions(
                    r -> r.stateMachineArn(machine).redriveFilter(ExecutionRedriveFilter.REDRIVEN))
                .executions())
        .singleElement()
        .satisfies(e -> assertThat(e.redriveCount()).isEqualTo(1));
    assertThat(code(() -> sfn.redriveExecution(r -> r.executionArn(arn + "-not"))))
        .isEqualTo("ExecutionDoesNotExist");
  }
}
