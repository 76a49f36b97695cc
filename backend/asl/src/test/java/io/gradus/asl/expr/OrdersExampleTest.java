package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Parsed;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The example of a distributed Map adds up what it is given, whatever the batches are.
class OrdersExampleTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static Definition definition() throws IOException {
    Parsed parsed =
        DefinitionParser.parse(Files.readString(Path.of("../../examples/orders/orders.asl.json")));
    assertThat(parsed.diagnostics()).isEmpty();
    return Objects.requireNonNull(parsed.definition());
  }

  private static JsonNode output(Definition definition, String state, JsonNode input) {
    State pass = definition.state(new StateName(state));
    return Flow.of(pass).outcome(pass, input, null, Table.scope(input)).output();
  }

  /// What batches of a list come to, one after the other in one list.
  private static ArrayNode flat(Definition definition, String state, ArrayNode items, int size) {
    ArrayNode all = JSON.arrayNode();
    for (int from = 0; from < items.size(); from += size) {
      ObjectNode batch = JSON.objectNode();
      ArrayNode part = batch.putArray("Items");
      for (int i = from; i < Math.min(from + size, items.size()); i++) {
        part.add(items.get(i));
      }
      output(definition, state, batch).forEach(all::add);
    }
    return all;
  }

  @Test
  void ordersAreAddedUpByCountry() throws IOException {
    Definition definition = definition();
    State.MapState map = (State.MapState) definition.state(new StateName("Add up orders"));
    Random random = new Random(7);
    Map<String, BigDecimal> revenue = new TreeMap<>();
    Map<String, Integer> orders = new TreeMap<>();
    ArrayNode selected = JSON.arrayNode();
    for (int i = 0; i < 2_501; i++) {
      String country = random.nextInt(100) == 0 ? "IS" : random.nextBoolean() ? "DE" : "JP";
      int quantity = 1 + random.nextInt(9);
      BigDecimal price = BigDecimal.valueOf(50 + random.nextInt(9_950), 2);
      ObjectNode row =
          JSON.objectNode()
              .put("order_id", String.valueOf(i))
              .put("country", country)
              .put("quantity", String.valueOf(quantity))
              .put("unit_price", price.toPlainString());
      ObjectNode context = JSON.objectNode();
      context.putObject("Map").putObject("Item").put("Index", i).set("Value", row);
      JsonNode input = JSON.objectNode();
      Scope scope =
          new Scope(
              input,
              () -> context,
              _ -> null,
              Table.scope("{}").now(),
              random::nextLong,
              StageTrace.NONE);
      selected.add(Flow.of(map).item(map.map().itemSelector(), input, row, scope));
      revenue.merge(country, price.multiply(BigDecimal.valueOf(quantity)), BigDecimal::add);
      orders.merge(country, 1, Integer::sum);
    }

    ArrayNode sums = flat(definition, "Sum", selected, 1_000);
    ArrayNode sumsOfSums = flat(definition, "Sum of sums", sums, 5);
    JsonNode total = output(definition, "Total", sumsOfSums);

    assertThat(total).hasSize(revenue.size());
    int at = 0;
    for (Map.Entry<String, BigDecimal> each : revenue.entrySet()) {
      JsonNode found = total.get(at++);
      assertThat(found.path("country").asString()).isEqualTo(each.getKey());
      assertThat(found.path("orders").intValue()).isEqualTo(orders.get(each.getKey()));
      assertThat(found.path("revenue").decimalValue()).isEqualByComparingTo(each.getValue());
    }
    assertThat(output(definition, "Total", JSON.arrayNode())).isEqualTo(JSON.arrayNode());
  }
}
