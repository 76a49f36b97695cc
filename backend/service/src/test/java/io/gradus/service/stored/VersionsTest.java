package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.AliasService.Route;
import io.gradus.service.definition.Publication;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.Version;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Versions and aliases on a real database.
class VersionsTest {
  private static final String ROLE = "arn:aws:iam::100000000001:role/any";
  private static final String FIRST =
      """
      {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}}""";
  private static final String SECOND =
      """
      {"StartAt":"B","States":{"B":{"Type":"Pass","Result":2,"End":true}}}""";
  private static final Page.Request ALL = new Page.Request(100, null);

  private static StoredWorld world;
  private Caller ann;
  private String orders;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  @BeforeEach
  void newTenant() {
    ann = world.administrator();
    orders = create(ann);
  }

  private static String create(Caller caller) {
    return world
        .stateMachines
        .create(
            caller,
            new StateMachine.Draft(
                "orders", FIRST, ROLE, MachineType.STANDARD, null, null, Map.of()))
        .arn();
  }

  private String publish(String definition, @Nullable String description) {
    return String.valueOf(
        world
            .stateMachines
            .update(
                ann,
                orders,
                new StateMachine.Change(definition, null, null, null),
                new Publication(true, description))
            .versionArn());
  }

  private String start(String arn) {
    return world.executions.start(ann, new Execution.Start(arn, null, "{}", null, null)).arn();
  }

  @Test
  void aVersionKeepsItsRevisionAndItsNumber() {
    String one = publish(FIRST, "as it was made");
    String two = publish(SECOND, null);

    assertThat(publish(SECOND, "again")).isEqualTo(two).endsWith(":2");
    StateMachine shown = world.stateMachines.describe(ann, one);
    assertThat(shown.arn()).isEqualTo(orders + ":1");
    assertThat(shown.definition()).isEqualTo(FIRST);
    assertThat(shown.description()).isEqualTo("as it was made");

    world.versions.delete(ann, two);
    publish(FIRST, null);

    assertThat(world.versions.list(ann, orders, ALL).items())
        .extracting(Version.Summary::arn)
        .as("no number is used twice")
        .containsExactly(orders + ":3", one);
    assertThat(world.audited(ann))
        .extracting(AuditEntry.What::action)
        .contains("DeleteStateMachineVersion");
  }

  @Test
  void executionsRememberWhatStartedThem() {
    String one = publish(FIRST, null);
    String two = publish(SECOND, null);
    String live =
        world
            .aliases
            .create(ann, "live", null, List.of(new Route(one, 0), new Route(two, 100)))
            .arn();

    Execution routed = world.executions.describe(ann, start(live));
    Execution fixed = world.executions.describe(ann, start(one));

    assertThat(routed.stateMachineVersionArn()).isEqualTo(two);
    assertThat(routed.stateMachineAliasArn()).isEqualTo(live);
    assertThat(routed.stateMachineArn()).isEqualTo(orders);
    assertThat(fixed.stateMachineVersionArn()).isEqualTo(one);
    assertThat(fixed.stateMachineAliasArn()).isNull();
    assertThat(world.executions.describeStateMachine(ann, fixed.arn()).definition())
        .isEqualTo(FIRST);
    var any = new ExecutionService.Filter(null, null);
    assertThat(world.executions.list(ann, live, any, ALL).items())
        .extracting(Execution.Summary::arn)
        .containsExactly(routed.arn());
    assertThat(world.executions.list(ann, one, any, ALL).items())
        .extracting(Execution.Summary::arn)
        .containsExactly(fixed.arn());
    assertThat(world.executions.list(ann, orders, any, ALL).items()).hasSize(2);

    world.aliases.update(ann, live, null, List.of(new Route(one, 100)));
    assertThat(world.executions.describe(ann, start(live)).stateMachineVersionArn()).isEqualTo(one);
  }

  @Test
  void anAliasHoldsItsVersionAndGoesWithItsMachine() {
    String one = publish(FIRST, null);
    AliasService.View live = world.aliases.create(ann, "live", "d", List.of(new Route(one, 100)));

    refuses(ErrorCode.CONFLICT, () -> world.versions.delete(ann, one));
    assertThat(world.aliases.create(ann, "live", "d", List.of(new Route(one, 100))).createdAt())
        .isEqualTo(live.createdAt());
    world.stateMachines.delete(ann, orders);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.aliases.describe(ann, live.arn()));
    create(ann);
    assertThat(world.aliases.list(ann, orders, ALL).items()).isEmpty();
    refuses(ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, () -> start(one));
  }

  @Test
  void onlyAuthorsPublish() {
    Caller viewer =
        new Caller(ann.tenant(), ann.account(), "user/eve", Set.of(Role.VIEWER), "test");
    String one = publish(FIRST, null);

    refuses(ErrorCode.ACCESS_DENIED, () -> world.versions.publish(viewer, orders, null, null));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.versions.delete(viewer, one));
    refuses(
        ErrorCode.ACCESS_DENIED,
        () -> world.aliases.create(viewer, "x", null, List.of(new Route(one, 100))));
    assertThat(world.versions.list(viewer, orders, ALL).items()).hasSize(1);
    Caller other = world.administrator();
    refuses(ErrorCode.ACCESS_DENIED, () -> world.versions.list(other, orders, ALL));
  }
}
