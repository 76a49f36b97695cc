package io.gradus.service.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.cloudformation.Home;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnMoveTest {
  private static final String MACHINE = "arn:aws:states:eu-west-1:111122223333:stateMachine:orders";
  private static final Home HOME = new Home("us-east-1", "000000000001");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what is there of Step Functions is here as well
        "arn:aws:states:eu-west-1:111122223333:stateMachine:child | arn:aws:states:us-east-1:000000000001:stateMachine:child",
        "arn:aws:states:eu-west-1:111122223333:stateMachine:child:7 | arn:aws:states:us-east-1:000000000001:stateMachine:child:7",
        "arn:aws:states:eu-west-1:111122223333:activity:review | arn:aws:states:us-east-1:000000000001:activity:review",
        "arn:aws-cn:states:eu-west-1:111122223333:activity:review | arn:aws:states:us-east-1:000000000001:activity:review",
        "{% 'arn:aws:states:eu-west-1:111122223333:execution:' & $x %} | {% 'arn:aws:states:us-east-1:000000000001:execution:' & $x %}",
        // of functions, those that are registered here
        "arn:aws:lambda:eu-west-1:111122223333:function:pack | arn:aws:lambda:us-east-1:000000000001:function:pack",
        "arn:aws:lambda:eu-west-1:111122223333:function:pack:live | arn:aws:lambda:us-east-1:000000000001:function:pack:live",
        "arn:aws:lambda:eu-west-1:111122223333:function:package | arn:aws:lambda:eu-west-1:111122223333:function:package",
        // and nothing else
        "arn:aws:states:eu-west-1:999999999999:stateMachine:child | arn:aws:states:eu-west-1:999999999999:stateMachine:child",
        "arn:aws:states:eu-west-2:111122223333:stateMachine:child | arn:aws:states:eu-west-2:111122223333:stateMachine:child",
        "arn:aws:states:::lambda:invoke | arn:aws:states:::lambda:invoke",
        "arn:aws:sns:eu-west-1:111122223333:sold | arn:aws:sns:eu-west-1:111122223333:sold",
        "$1 \\ arn:aws:states:eu-west-1:111122223333: | $1 \\ arn:aws:states:us-east-1:000000000001:",
      })
  void whatIsNamedThereIsNamedHere(String before, String after) {
    assertThat(ArnMove.of("\"" + before + "\" " + before, MACHINE, HOME, "pack"::equals))
        .isEqualTo("\"" + after + "\" " + after);
  }

  @ParameterizedTest
  @CsvSource({"''", "arn:aws:states", "orders"})
  void withoutAnArnNothingMoves(String arn) {
    assertThat(ArnMove.of(MACHINE, arn, HOME, name -> true)).isEqualTo(MACHINE);
  }
}
