package io.gradus.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.model.Resource.Pattern;
import io.gradus.asl.validate.KnownResources;
import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsCatalog;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.connection.ConnectionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntegrationCatalogTest {
  private static final Caller READER =
      new Caller(
          new TenantId(UUID.randomUUID()), "111111111111", "user/ann", Set.of(Role.VIEWER), "test");

  private final IntegrationCatalog catalog =
      new IntegrationCatalog(
          new AwsCatalog(getClass().getClassLoader()),
          _ -> true,
          (_, kind) -> kind == ConnectionKind.AWS);

  private Integration find(String resource) {
    return catalog.services(READER).stream()
        .flatMap(service -> service.integrations().stream())
        .filter(call -> call.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyOptimisedIntegrationIsThere() {
    Set<String> there = new TreeSet<>();
    catalog
        .services(READER)
        .forEach(
            service ->
                service.integrations().stream()
                    .filter(Integration::optimised)
                    .forEach(call -> there.add(call.resource())));
    Set<String> known = new TreeSet<>();
    KnownResources.optimised()
        .forEach(arn -> known.add(arn.replaceAll("\\.(sync(:2)?|waitForTaskToken)$", "")));
    assertThat(there).isEqualTo(known);
  }

  /// What cannot be described would be an empty sheet.
  @Test
  void everyCallIsDescribed() {
    List<String> wrong = new ArrayList<>();
    int calls = 0;
    for (Integration.Service service : catalog.services(READER)) {
      for (Integration call : service.integrations()) {
        calls++;
        if (call.callable()) {
          Integration.Detail detail = catalog.describe(READER, call.resource());
          if (!detail.example().contains("\"Type\": \"Task\"")) {
            wrong.add(call.resource());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).as("all of twenty clients").isGreaterThan(1_000);
  }

  @Test
  void anActionIsToldByItsModel() {
    Integration.Detail detail =
        catalog.describe(READER, "arn:aws:states:::aws-sdk:dynamodb:getItem");

    assertThat(detail.arguments())
        .contains(new Integration.Field("TableName", "text", true, ""))
        .contains(new Integration.Field("Key", "map of object", true, ""))
        .contains(new Integration.Field("ConsistentRead", "boolean", false, ""));
    assertThat(detail.example()).contains("\"TableName\": ").contains("\"Key\": ");
    assertThat(
            catalog
                .describe(READER, "arn:aws:states:::aws-sdk:s3:getObject")
                .arguments()
                .getFirst())
        .isEqualTo(new Integration.Field("Bucket", "text", true, ""));
    assertThat(
            catalog.describe(READER, "arn:aws:states:::aws-sdk:ecs:runTask").arguments().stream()
                .filter(Integration.Field::required)
                .map(Integration.Field::name))
        .containsExactly("TaskDefinition");
    assertThat(detail.result()).extracting(Integration.Field::name).contains("Item");
    assertThat(detail.errors()).contains("DynamoDb.ResourceNotFoundException");
    assertThat(catalog.describe(READER, "arn:aws:states:::dynamodb:putItem").errors())
        .contains("DynamoDB.ConditionalCheckFailedException");
  }

  @Test
  void patternsAreThoseThatCanBeUsed() {
    assertThat(find("arn:aws:states:::ecs:runTask").patterns())
        .containsExactlyInAnyOrder(Pattern.values());
    assertThat(find("arn:aws:states:::dynamodb:putItem").patterns())
        .containsExactly(Pattern.REQUEST_RESPONSE);
    assertThat(find("arn:aws:states:::approval:request").patterns())
        .containsExactly(Pattern.WAIT_FOR_TASK_TOKEN);
    assertThat(find("arn:aws:states:::eks:runJob").patterns())
        .containsExactly(Pattern.REQUEST_RESPONSE, Pattern.SYNC);
  }

  @Test
  void whetherTheTenantIsConnectedIsTold() {
    List<Integration.Service> all = catalog.services(READER);
    assertThat(all.stream().filter(s -> s.id().equals("dynamodb")).findFirst().orElseThrow())
        .satisfies(
            service -> {
              assertThat(service.needs()).isEqualTo(ConnectionKind.AWS);
              assertThat(service.connected()).isTrue();
            });
    assertThat(all.stream().filter(s -> s.id().equals("sql")).findFirst().orElseThrow())
        .satisfies(
            service -> {
              assertThat(service.needs()).isEqualTo(ConnectionKind.SQL);
              assertThat(service.connected()).isFalse();
            });
    assertThat(all.stream().filter(s -> s.id().equals("http")).findFirst().orElseThrow().needs())
        .isNull();
  }

  @Test
  void whatIsNotThereIsToldSo() {
    for (String resource :
        List.of("arn:aws:states:::nothing:here", "arn:aws:states:::aws-sdk:dynamodb:none", "x")) {
      assertThatThrownBy(() -> catalog.describe(READER, resource)).isInstanceOf(Refusal.class);
    }
  }
}
