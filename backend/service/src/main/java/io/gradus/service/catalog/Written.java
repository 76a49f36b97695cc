package io.gradus.service.catalog;

import io.gradus.service.connection.ConnectionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What no model tells of integrations: `integrations.json` beside this class.
final class Written {
  private final JsonNode all;

  private Written(JsonNode all) {
    this.all = all;
  }

  static Written read() {
    try (InputStream in =
        Objects.requireNonNull(
            Written.class.getResourceAsStream("integrations.json"), "integrations.json")) {
      return new Written(JsonMapper.builder().build().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In the order in which they are shown.
  List<String> services() {
    return List.copyOf(all.path("services").propertyNames());
  }

  private JsonNode service(String id) {
    return all.path("services").path(id);
  }

  String name(String id) {
    return service(id).path("name").asString("");
  }

  String about(String id) {
    return service(id).path("about").asString("");
  }

  /// Whether calls of this service need no client of AWS's SDK.
  boolean isOurs(String id) {
    return service(id).path("ours").asBoolean(false);
  }

  /// What connection a service needs: AWS's where nothing else is said.
  @Nullable ConnectionKind needs(String id) {
    String needs = service(id).path("needs").asString("AWS");
    return needs.equals("NONE") ? null : ConnectionKind.valueOf(needs);
  }

  @Nullable JsonNode call(String call) {
    return all.path("calls").get(call);
  }

  static List<Integration.Field> fields(JsonNode json) {
    List<Integration.Field> fields = new ArrayList<>();
    json.properties()
        .forEach(
            field -> {
              String type = field.getValue().path(0).asString("");
              boolean required = type.endsWith("!");
              fields.add(
                  new Integration.Field(
                      field.getKey(),
                      required ? type.substring(0, type.length() - 1) : type,
                      required,
                      field.getValue().path(1).asString("")));
            });
    return fields;
  }

  static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(text -> texts.add(text.asString()));
    return texts;
  }
}
