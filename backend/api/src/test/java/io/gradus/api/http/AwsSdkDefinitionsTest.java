package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/// The AWS SDK for Java drives what is kept: state machines, activities and tags, and who may.
class AwsSdkDefinitionsTest extends AwsSdkFixture {
  @Test
  void createsDescribesUpdatesAndDeletesAStateMachine() {
    String arn = create("orders", PASS);
    assertThat(arn).isEqualTo("arn:aws:states:us-east-1:111122223333:stateMachine:orders");
    var described = sfn.describeStateMachine(r -> r.stateMachineArn(arn));
    assertThat(described.definition()).isEqualTo(PASS);
    assertThat(described.status()).isEqualTo(StateMachineStatus.ACTIVE);
    assertThat(described.type()).isEqualTo(StateMachineType.STANDARD);
    assertThat(described.revisionId()).isNull();
    assertThat(described.loggingConfiguration().levelAsString()).isEqualTo("OFF");
    assertThat(described.tracingConfiguration().enabled()).isFalse();

    var updated = sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(FOREVER));
    var afterwards = sfn.describeStateMachine(r -> r.stateMachineArn(arn));
    assertThat(afterwards.definition()).isEqualTo(FOREVER);
    assertThat(afterwards.revisionId()).isEqualTo(updated.revisionId()).isNotNull();

    sfn.deleteStateMachine(r -> r.stateMachineArn(arn));
    sfn.deleteStateMachine(r -> r.stateMachineArn(arn));
    assertThat(
            catchThrowableOfType(
                StateMachineDoesNotExistException.class,
                () -> sfn.describeStateMachine(r -> r.stateMachineArn(arn))))
        .extracting(e -> e.awsErrorDetails().errorMessage())
        .isEqualTo("State Machine Does Not Exist: '" + arn + "'");
    assertThat(server.audited())
        .containsExactly(
            "CreateStateMachine " + arn, "UpdateStateMachine " + arn, "DeleteStateMachine " + arn);
  }

  @Test
  void creatingTheSameAgainIsTheSame() {
    String arn = create("orders", PASS);

    assertThat(create("orders", PASS)).isEqualTo(arn);
    var refused =
        catchThrowableOfType(
            StateMachineAlreadyExistsException.class, () -> create("orders", FOREVER));
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("State Machine Already Exists: '" + arn + "'");
  }

  @Test
  void anUpdateOfNothingIsRefused() {
    String arn = create("orders", PASS);

    var refused =
        catchThrowableOfType(
            MissingRequiredParameterException.class,
            () -> sfn.updateStateMachine(r -> r.stateMachineArn(arn)));

    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo(
            "Either the definition, the role ARN, the LoggingConfiguration, or the"
                + " TracingConfiguration must be specified");
  }

  @Test
  void listsStateMachinesPageByPage() {
    List<String> made =
        IntStream.range(0, 13).mapToObj(i -> create("machine-" + i, PASS)).sorted().toList();

    var listed =
        sfn.listStateMachinesPaginator(r -> r.maxResults(5)).stateMachines().stream()
            .map(m -> m.stateMachineArn())
            .toList();

    assertThat(listed).isEqualTo(made);
    assertThat(sfn.listStateMachines(r -> r.maxResults(0)).stateMachines()).hasSize(13);
  }

  @Test
  void aPageTokenWorksForItsOwnListAlone() {
    create("one", PASS);
    create("two", PASS);
    String token = sfn.listStateMachines(r -> r.maxResults(1)).nextToken();

    try (SfnClient other = server.client("AKIAOTHER")) {
      for (SfnException refused :
          List.of(
              catchThrowableOfType(
                  InvalidTokenException.class, () -> sfn.listActivities(r -> r.nextToken(token))),
              catchThrowableOfType(
                  InvalidTokenException.class,
                  () -> other.listStateMachines(r -> r.nextToken(token))),
              catchThrowableOfType(
                  InvalidTokenException.class,
                  () -> sfn.listStateMachines(r -> r.nextToken("InvalidToken"))))) {
        assertThat(refused.awsErrorDetails().errorMessage())
            .isEqualTo("Invalid Token: 'Invalid token'");
      }
    }
  }

  @Test
  void validatesADefinition() {
    ValidateStateMachineDefinitionResponse good =
        sfn.validateStateMachineDefinition(r -> r.definition(PASS));
    ValidateStateMachineDefinitionResponse bad =
        sfn.validateStateMachineDefinition(r -> r.definition("not a definition"));

    assertThat(good.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.OK);
    assertThat(good.truncated()).isFalse();
    assertThat(bad.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.FAIL);
    assertThat(bad.diagnostics().getFirst().code()).isEqualTo("INVALID_JSON_DESCRIPTION");
  }

  @Test
  void refusesABadDefinitionInAwsWords() {
    SfnException refused =
        catchThrowableOfType(SfnException.class, () -> create("bad", "{\"StartAt\": \"State_1\"}"));

    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidDefinition");
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo(
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are"
                + " required: [States] at /'");
    assertThat(refused.statusCode()).isEqualTo(400);
  }

  @Test
  void anActivityHasItsOwnLife() {
    String arn = sfn.createActivity(r -> r.name("ask")).activityArn();
    assertThat(sfn.createActivity(r -> r.name("ask")).activityArn()).isEqualTo(arn);
    assertThat(sfn.describeActivity(r -> r.activityArn(arn)).name()).isEqualTo("ask");
    assertThat(sfn.listActivities().activities()).hasSize(1);
    assertThat(sfn.getActivityTask(r -> r.activityArn(arn)).taskToken()).isNull();

    sfn.deleteActivity(r -> r.activityArn(arn));

    var refused =
        catchThrowableOfType(
            ActivityDoesNotExistException.class,
            () -> sfn.getActivityTask(r -> r.activityArn(arn)));
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("Activity Does Not Exist: '" + arn + "'");
  }

  @Test
  void tagsComeAndGo() {
    String arn =
        sfn.createStateMachine(
                r ->
                    r.name("tagged")
                        .definition(PASS)
                        .roleArn(ROLE)
                        .tags(Tag.builder().key("a").value("1").build()))
            .stateMachineArn();
    sfn.tagResource(r -> r.resourceArn(arn).tags(Tag.builder().key("b").value("2").build()));
    sfn.untagResource(r -> r.resourceArn(arn).tagKeys("a", "never"));

    assertThat(sfn.listTagsForResource(r -> r.resourceArn(arn)).tags())
        .containsExactly(Tag.builder().key("b").value("2").build());
    var refused =
        catchThrowableOfType(
            ResourceNotFoundException.class,
            () -> sfn.listTagsForResource(r -> r.resourceArn(arn + ":1")));
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("Resource not found: '" + arn + ":1'");
  }

  @Test
  void aForeignArnIsAnsweredTheSameWhetherItExistsOrNot() {
    String arn = create("secret", PASS);
    try (SfnClient other = server.client("AKIAOTHER")) {
      AwsServiceException there =
          catchThrowableOfType(
              AwsServiceException.class,
              () -> other.describeStateMachine(r -> r.stateMachineArn(arn)));
      AwsServiceException notThere =
          catchThrowableOfType(
              AwsServiceException.class,
              () -> other.describeStateMachine(r -> r.stateMachineArn(arn + "x")));

      assertThat(there.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
      assertThat(there.awsErrorDetails().errorMessage() + "x")
          .isEqualTo(notThere.awsErrorDetails().errorMessage());
      assertThat(other.listStateMachines().stateMachines()).isEmpty();
    }
  }

  @Test
  void rolesBindWhatAKeyMayDo() {
    String arn = create("orders", PASS);
    try (SfnClient viewer = server.client("AKIAVIEWER");
        SfnClient operator = server.client("AKIAOPERATOR")) {
      assertThat(viewer.describeStateMachine(r -> r.stateMachineArn(arn)).name())
          .isEqualTo("orders");
      assertThat(code(() -> viewer.startExecution(r -> r.stateMachineArn(arn))))
          .isEqualTo("AccessDeniedException");
      assertThat(operator.startExecution(r -> r.stateMachineArn(arn)).executionArn()).isNotNull();
      assertThat(code(() -> operator.deleteStateMachine(r -> r.stateMachineArn(arn))))
          .isEqualTo("AccessDeniedException");
    }
  }

  @Test
  void badKeysAreRefusedInAwsWords() {
    try (SfnClient unknown = server.client("AKIANOBODY");
        SfnClient wrong = server.client("AKIAADMIN", "not the secret")) {
      assertThat(code(() -> unknown.listActivities())).isEqualTo("UnrecognizedClientException");
      assertThat(code(() -> wrong.listActivities())).isEqualTo("InvalidSignatureException");
    }
  }
}
