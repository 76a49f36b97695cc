package io.gradus.service.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradus.asl.model.Resource;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Refusal;
import io.gradus.service.teststate.StateTest.FieldValidation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a state is given is held to what it stands for.
class GivenValuesTest {
  private final MockSchema schema = new MockSchema();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          states:startExecution     | STRICT  | {"ExecutionArn":"a","StartDate":"b"} |
          states:startExecution     | STRICT  | {"StartDate":"b"}            | Required field 'ExecutionArn' is missing
          states:startExecution     | PRESENT | {"StartDate":"b"}            |
          states:startExecution     | PRESENT | {"StartDate":1}              | Field 'StartDate' must be a string
          states:startExecution     | NONE    | {"StartDate":1}              |
          states:startExecution     | STRICT  | []                           | Field 'result' must be an object
          states:startExecution.sync | STRICT | {"anything":1}               |
          lambda:invoke             | STRICT  | {"Payload":{"any":["thing"]}} |
          lambda:invoke             | STRICT  | {"Unknown":1}                |
          aws-sdk:lambda:getFunction | STRICT | {"Configuration":{"MemorySize":127}} | Field 'MemorySize' is less than the minimum value
          aws-sdk:lambda:getFunction | STRICT | {"Configuration":{"MemorySize":10241}} | Field 'MemorySize' exceeds the maximum value
          aws-sdk:kms:encrypt       | STRICT  | {"CiphertextBlob":""}        | Field 'CiphertextBlob' is smaller than the minimum length
          aws-sdk:s3:getObject      | STRICT  | {"StorageClass":"Papyrus"}   | Field 'StorageClass' is not an expected value
          aws-sdk:s3:getObject      | STRICT  | {"DeleteMarker":"yes"}       | Field 'DeleteMarker' must be a boolean
          events:putEvents          | STRICT  | {"Entries":[{"EventId":["x"]}]} | Field 'EventId' must be a string
          events:putEvents          | STRICT  | {"Entries":"x"}              | Field 'Entries' must be an array
          dynamodb:getItem          | STRICT  | {"Item":{"id":{"S":7}}}      | Field 'S' must be a string
          dynamodb:getItem          | STRICT  | {"Item":null}                |
          aws-sdk:unknown:doThings  | STRICT  | {"Any":1}                    |
          http:invoke               | STRICT  | {"Any":1}                    |
          """)
  void aMockedResultIsHeldToTheServicesApi(
      String resource, FieldValidation mode, String result, @Nullable String refused) {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () ->
                schema.check(
                    new Resource("arn:aws:states:::" + resource),
                    PayloadJson.MAPPER.readTree(result),
                    mode));

    assertThat(refusal == null ? null : refusal.message())
        .isEqualTo(refused == null ? null : "Mock result schema validation error: " + refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                     |
          {"Execution":{"Input":[1]},"State":{}} |
          {"State":{"RetryCount":1},"Task":{"Token":"t"}} |
          {"Execution":{"Id":1}}                 | Execution.Id must be a string
          {"Execution":{"other":1}}              | Field 'other' is not allowed
          {"State":{"RetryCount":"1"}}           | State.RetryCount must be a number
          {"Other":{}}                           | Field 'Other' is not allowed
          {"State":1}                            | State must be an object
          {"Map":{}}                             | 'Map' field is not supported when mocking a Context object
          [1]                                    | must be a valid JSON object
          {"                                     | must be a valid JSON object
          """)
  void aContextObjectHasAwsFields(String json, @Nullable String refused) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> ContextObjects.check(json));

    assertThat(refusal == null ? null : refusal.message())
        .isEqualTo(refused == null ? null : "Invalid Context object provided: " + refused);
  }
}
