package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;

/// The AWS SDK for Java publishes versions and routes to them.
class AwsSdkVersionsTest extends AwsSdkFixture {
  private static String message(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call).awsErrorDetails().errorMessage();
  }

  private static RoutingConfigurationListItem route(String arn, int weight) {
    return RoutingConfigurationListItem.builder()
        .stateMachineVersionArn(arn)
        .weight(weight)
        .build();
  }

  private String alias(String name, RoutingConfigurationListItem... routes) {
    return sfn.createStateMachineAlias(r -> r.name(name).routingConfiguration(routes))
        .stateMachineAliasArn();
  }

  @Test
  void aRevisionIsPublishedOnce() {
    var made =
        sfn.createStateMachine(
            r ->
                r.name("orders")
                    .definition(PASS)
                    .roleArn(ROLE)
                    .publish(true)
                    .versionDescription("first"));
    String arn = made.stateMachineArn();

    assertThat(made.stateMachineVersionArn()).isEqualTo(arn + ":1");
    assertThat(sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn)).stateMachineVersionArn())
        .isEqualTo(arn + ":1");
    var same = sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(PASS).publish(true));
    assertThat(same.stateMachineVersionArn()).isEqualTo(arn + ":1");
    assertThat(same.revisionId()).isNull();
    var changed =
        sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(FOREVER).publish(true));
    assertThat(changed.stateMachineVersionArn()).isEqualTo(arn + ":2");

    var first = sfn.describeStateMachine(r -> r.stateMachineArn(arn + ":1"));
    assertThat(first.stateMachineArn()).isEqualTo(arn + ":1");
    assertThat(first.definition()).isEqualTo(PASS);
    assertThat(first.description()).isEqualTo("first");
    assertThat(first.revisionId()).isNull();
    var second = sfn.describeStateMachine(r -> r.stateMachineArn(arn + ":2"));
    assertThat(second.definition()).isEqualTo(FOREVER);
    assertThat(second.revisionId()).isEqualTo(changed.revisionId()).isNotNull();
    assertThat(sfn.listStateMachineVersions(r -> r.stateMachineArn(arn)).stateMachineVersions())
        .extracting(StateMachineVersionListItem::stateMachineVersionArn)
        .containsExactly(arn + ":2", arn + ":1");
    var page = sfn.listStateMachineVersions(r -> r.stateMachineArn(arn).maxResults(1));
    assertThat(
            sfn.listStateMachineVersions(r -> r.stateMachineArn(arn).nextToken(page.nextToken()))
                .stateMachineVersions())
        .extracting(StateMachineVersionListItem::stateMachineVersionArn)
        .containsExactly(arn + ":1");
  }

  @Test
  void anotherRevisionThanTheNewestIsNotPublished() {
    String arn = create("orders", PASS);
    String revision =
        sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(FOREVER)).revisionId();

    assertThat(
            message(
                () ->
                    sfn.publishStateMachineVersion(
                        r -> r.stateMachineArn(arn).revisionId("other"))))
        .isEqualTo(
            "Failed to publish the State Machine version for revision other. The current State"
                + " Machine revision is "
                + revision
                + ".");
    assertThat(
            sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn).revisionId(revision))
                .stateMachineVersionArn())
        .isEqualTo(arn + ":1");
    assertThat(
            message(
                () ->
                    sfn.createStateMachine(
                        r ->
                            r.name("x").definition(PASS).roleArn(ROLE).versionDescription("none"))))
        .isEqualTo("Version description can only be set when publish is true");
    assertThat(code(() -> sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn + "-not"))))
        .isEqualTo("StateMachineDoesNotExist");
  }

  @Test
  void executionsAreStartedByVersionsAndThroughAliases() {
    String arn = create("orders", PASS);
    String one =
        sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn)).stateMachineVersionArn();
    sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(FOREVER));
    String two =
        sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn)).stateMachineVersionArn();
    String live = alias("live", route(one, 50), route(two, 50));

    String byVersion = start(one, "v", "{}");
    var described = sfn.describeExecution(r -> r.executionArn(byVersion));
    assertThat(byVersion).isEqualTo("arn:aws:states:us-east-1:111122223333:execution:orders:v");
    assertThat(described.stateMachineArn()).isEqualTo(arn);
    assertThat(described.stateMachineVersionArn()).isEqualTo(one);
    assertThat(described.stateMachineAliasArn()).isNull();
    Map<String, Integer> started = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      String execution = start(live, "a" + i, "{}");
      var now = sfn.describeExecution(r -> r.executionArn(execution));
      assertThat(now.stateMachineAliasArn()).isEqualTo(live);
      started.merge(now.stateMachineVersionArn(), 1, Integer::sum);
    }

    assertThat(started).containsOnlyKeys(one, two);
    assertThat(sfn.listExecutions(r -> r.stateMachineArn(live)).executions()).hasSize(60);
    assertThat(sfn.listExecutions(r -> r.stateMachineArn(two)).executions())
        .hasSize(Objects.requireNonNull(started.get(two)))
        .allSatisfy(e -> assertThat(e.stateMachineArn()).isEqualTo(arn));
    assertThat(code(() -> start(arn + ":7", "none", "{}"))).isEqualTo("StateMachineDoesNotExist");
    assertThat(code(() -> start(arn + ":none", "none", "{}")))
        .isEqualTo("StateMachineDoesNotExist");
  }

  @Test
  void anAliasHoldsItsVersions() {
    String arn = create("orders", PASS);
    String one =
        sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn)).stateMachineVersionArn();
    sfn.updateStateMachine(r -> r.stateMachineArn(arn).definition(FOREVER));
    String two =
        sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn)).stateMachineVersionArn();
    String live = alias("live", route(one, 100));

    assertThat(alias("live", route(one, 100))).isEqualTo(live);
    assertThat(message(() -> alias("live", route(two, 100))))
        .isEqualTo(
            "Failed to create alias because an alias with the same name and a different routing"
                + " configuration already exists.");
    assertThat(message(() -> sfn.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one))))
        .isEqualTo(
            "Version to be deleted must not be referenced by an alias. Current list of aliases"
                + " referencing this version: [live]");
    sfn.updateStateMachineAlias(
        r -> r.stateMachineAliasArn(live).routingConfiguration(route(two, 90), route(one, 10)));
    var shown = sfn.describeStateMachineAlias(r -> r.stateMachineAliasArn(live));
    assertThat(shown.routingConfiguration()).isEqualTo(List.of(route(two, 90), route(one, 10)));
    assertThat(shown.name()).isEqualTo("live");
    sfn.updateStateMachineAlias(
        r -> r.stateMachineAliasArn(live).routingConfiguration(route(two, 100)));
    sfn.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one));
    sfn.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one));
    assertThat(sfn.listStateMachineAliases(r -> r.stateMachineArn(two)).stateMachineAliases())
        .hasSize(1);
    assertThat(code(() -> sfn.listStateMachineAliases(r -> r.stateMachineArn(one))))
        .isEqualTo("ResourceNotFound");

    sfn.deleteStateMachineAlias(r -> r.stateMachineAliasArn(live));
    sfn.deleteStateMachineAlias(r -> r.stateMachineAliasArn(live));
    assertThat(code(() -> sfn.describeStateMachineAlias(r -> r.stateMachineAliasArn(live))))
        .isEqualTo("ResourceNotFound");
    assertThat(
            code(
                () ->
                    sfn.updateStateMachineAlias(
                        r -> r.stateMachineAliasArn(live).description("gone"))))
        .isEqualTo("ResourceNotFound");
  }

  @ParameterizedTest
  @CsvSource({
    "a, 1=50, Sum of routing configuration weights must equal 100",
    "a, 1=50;1=50, must contain distinct state machine version ARNs",
    "a, live=100, must contain ARNs of state machine versions only",
    "a, 9=100, Request references a resource that does not exist.",
    "a, 1=101, Member must have value less than or equal to 100",
    "a, 1=0;2=0;3=100, Member must have length less than or equal to 2",
    "12, 1=100, Member must satisfy regular expression pattern"
  })
  void routesThatMakeNoSenseAreRefused(String name, String routes, String sentence) {
    String arn = create("orders", PASS);
    sfn.publishStateMachineVersion(r -> r.stateMachineArn(arn));

    RoutingConfigurationListItem[] items =
        List.of(routes.split(";")).stream()
            .map(route -> route.split("="))
            .map(parts -> route(arn + ":" + parts[0], Integer.parseInt(parts[1])))
            .toArray(RoutingConfigurationListItem[]::new);

    assertThat(message(() -> alias(name, items))).contains(sentence);
  }
}
