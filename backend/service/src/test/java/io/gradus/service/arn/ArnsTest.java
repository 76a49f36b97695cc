package io.gradus.service.arn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArnsTest {
  private static final Caller CALLER =
      new Caller(new TenantId(new UUID(0, 1)), "111122223333", "key/A", Set.of(Role.ADMIN), "test");

  private final Arns arns = new Arns("us-east-1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:states:us-east-1:111122223333:stateMachine:m",
        "arn:aws:states:us-east-1:111122223333:stateMachine:m:7",
        "arn:aws:states:eu-west-1:111122223333:execution:m:e",
        "arn:aws:states:us-east-1:111122223333:express:m:e:0a1b",
        "arn:aws:states:us-east-1:111122223333:activity:a",
        "arn:aws:states:us-east-1:111122223333:mapRun:m/label:0a1b",
      })
  void readsWhatItWrites(String arn) {
    assertThat(arns.read(CALLER, "Any", arn).text()).isEqualTo(arn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "arn:",
        "arn:aws:states",
        "arn:aws:states:us-east-1:111122223333",
        "arn:aws:states:us-east-1:111122223333:",
        "arn:aws:states:us-east-1:11112222333:activity:a",
        "arn:aws:states:us-east-1:11112222333a:activity:a",
        "arn:aws:states:us-east-1:111122223333:activity",
        "arn:aws:states:us-east-1:111122223333:activity:a:b",
        "arn:aws:states:us-east-1:111122223333:execution:m",
        "arn:aws:states:us-east-1:111122223333:execution:m:",
        "arn:aws:states:us-east-1:111122223333:mapRun:m:0a1b",
        "arn:aws:states:us-east-1:111122223333:mapRun:m/:0a1b",
        "arn:aws:states:us-east-1:111122223333:mapRun:m/l/l:0a1b",
        "arn:aws:states:us-east-1:111122223333:mapRun:m/l",
        "arn:aws:states:us-east-1:111122223333:planet:mars",
        "arn:aws:sqs:us-east-1:111122223333:queue",
        "arn:gcp:states:us-east-1:111122223333:activity:a",
        "arn:aws:states:us-east-1:111122223333:activity:a\0",
      })
  void refusesWhatNamesNothing(String arn) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> arns.read(CALLER, "Any", arn));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARN);
    assertThat(refusal.message()).startsWith("Invalid Arn: '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "StartExecution",
        "DescribeStateMachine",
        "UpdateStateMachine",
        "DeleteStateMachine",
      })
  void refusesTheLabelOfAMapState(String action) {
    String arn = "arn:aws:states:us-east-1:111122223333:stateMachine:m/label";

    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> arns.readStateMachine(CALLER, action, arn));

    assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
    assertThat(refusal.message()).contains(arn);
  }

  @Test
  void refusesAnotherAccountBeforeAnythingIsLookedUp() {
    String arn = "arn:aws:states:us-east-1:999999999999:activity:a";

    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> arns.readActivity(CALLER, "Describe", arn));

    assertThat(refusal.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(refusal.message())
        .isEqualTo(
            "User: arn:aws:iam::111122223333:key/A is not authorized to perform: states:Describe"
                + " on resource: "
                + arn);
    assertThat(refusal.forPeople()).startsWith("This belongs to another tenant");
  }
}
