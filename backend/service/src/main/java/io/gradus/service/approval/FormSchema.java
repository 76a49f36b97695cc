package io.gradus.service.approval;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.gradus.engine.Payload;
import io.gradus.integrations.approval.InvalidRequest;
import io.gradus.service.approval.FormField.Choice;
import io.gradus.service.approval.FormField.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The form of an approval: a JSON Schema of an object whose properties a person can fill in. What
/// is answered is checked against all of it; nothing is fetched from anywhere, and references are
/// not taken, so that checking costs no more than the schema is long.
public final class FormSchema {
  private static final int MAX_BYTES = 32_768;
  private static final int MAX_FIELDS = 40;
  private static final int MAX_CHOICES = 200;
  private static final int MAX_DEPTH = 12;
  private static final int LINES_FROM = 200;
  private static final Set<String> SCALARS = Set.of("string", "number", "integer", "boolean");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false))
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .formatAssertionsEnabled(true)
                          .locale(Locale.ROOT)
                          .regularExpressionFactory(BoundedPattern::new)
                          .build()));
  private static final Schema META =
      REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

  private final Schema schema;
  private final List<FormField> fields;

  private FormSchema(Schema schema, List<FormField> fields) {
    this.schema = schema;
    this.fields = List.copyOf(fields);
  }

  /// Reads a schema.
  ///
  /// @throws InvalidRequest with the place in it, if it is none that a person can fill in
  public static FormSchema parse(JsonNode given) throws InvalidRequest {
    if (!given.isObject()) {
      throw new InvalidRequest("Form", "must be a JSON Schema: an object");
    }
    if (Payload.of(given).size() > MAX_BYTES) {
      throw new InvalidRequest("Form", "must not be larger than " + MAX_BYTES + " bytes");
    }
    plain(given, "Form", 0);
    String type = text(given, "type");
    if (type != null && !type.equals("object")) {
      throw new InvalidRequest("Form.type", "must be 'object'");
    }
    JsonNode dialect = given.get("$schema");
    if (dialect != null
        && !dialect.asString("").startsWith(SpecificationVersion.DRAFT_2020_12.getDialectId())) {
      throw new InvalidRequest("Form.$schema", "must be left out, or name the draft 2020-12");
    }
    List<Error> faults = META.validate(given);
    if (!faults.isEmpty()) {
      Error first = faults.getFirst();
      throw new InvalidRequest("Form" + place(first), "is no JSON Schema: " + first.getMessage());
    }
    try {
      return new FormSchema(REGISTRY.getSchema(given), fields(given));
    } catch (RuntimeException e) {
      throw new InvalidRequest("Form", "is no JSON Schema: " + e.getMessage());
    }
  }

  /// The fields in the schema's order.
  public List<FormField> fields() {
    return fields;
  }

  /// What is wrong with an answer: a sentence by field, by `""` where it is none's. Empty when the
  /// answer is good.
  public Map<String, String> faults(JsonNode answer) {
    Map<String, String> faults = new LinkedHashMap<>();
    for (Error error : schema.validate(answer)) {
      String field =
          error.getInstanceLocation().getNameCount() > 0
              ? error.getInstanceLocation().getName(0)
              : error.getProperty() == null ? "" : error.getProperty();
      String sentence =
          switch (error.getKeyword()) {
            case "required", "dependentRequired" -> "Needs an answer";
            case "enum", "const", "oneOf" -> "Is none of the choices";
            case "pattern" -> "Is not of the form that is asked for";
            default -> sentence(error.getMessage());
          };
      faults.putIfAbsent(field, sentence);
    }
    return faults;
  }

  private static String sentence(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return "Is not what is asked for";
    }
    // "/costCentre: must be at least 3 characters long"
    int colon = message.indexOf(": ");
    String rest = message.startsWith("/") && colon > 0 ? message.substring(colon + 2) : message;
    return rest.isEmpty()
        ? "Is not what is asked for"
        : rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
  }

  private static String place(Error error) {
    StringBuilder place = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      place.append('.').append(error.getInstanceLocation().getName(i));
    }
    return place.toString();
  }

  /// No references, no names of its own, not deep.
  private static void plain(JsonNode node, String place, int depth) throws InvalidRequest {
    if (depth > MAX_DEPTH) {
      throw new InvalidRequest(place, "is nested too deeply");
    }
    if (node.isObject()) {
      boolean names = place.endsWith(".properties") || place.endsWith(".default");
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String at = place + "." + entry.getKey();
        boolean dialect = depth == 0 && entry.getKey().equals("$schema");
        if (entry.getKey().startsWith("$") && !names && !dialect) {
          throw new InvalidRequest(at, "is not supported in the form of an approval");
        }
        plain(entry.getValue(), at, depth + 1);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        plain(node.get(i), place + "[" + i + "]", depth + 1);
      }
    }
  }

  private static List<FormField> fields(JsonNode schema) throws InvalidRequest {
    JsonNode properties = schema.get("properties");
    if (properties == null || !properties.isObject() || properties.isEmpty()) {
      throw new InvalidRequest("Form.properties", "must have a property at least");
    }
    if (properties.size() > MAX_FIELDS) {
      throw new InvalidRequest(
          "Form.properties", "must have at most " + MAX_FIELDS + " properties");
    }
    List<String> required = new ArrayList<>();
    JsonNode named = schema.get("required");
    if (named != null) {
      named.forEach(name -> required.add(name.asString("")));
    }
    for (String name : required) {
      if (!properties.has(name)) {
        throw new InvalidRequest("Form.required", "names '" + name + "', which is no property");
      }
    }
    List<FormField> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : properties.properties()) {
      fields.add(field(entry.getKey(), entry.getValue(), required.contains(entry.getKey())));
    }
    return fields;
  }

  private static FormField field(String name, JsonNode schema, boolean required)
      throws InvalidRequest {
    String place = "Form.properties." + name;
    String type = text(schema, "type");
    boolean many = "array".equals(type);
    JsonNode of = many ? schema.path("items") : schema;
    List<Choice> choices = choices(of, place);
    if (many && choices.isEmpty()) {
      throw new InvalidRequest(place, "must say by items.enum what may be chosen");
    }
    if (choices.isEmpty() && (type == null || !SCALARS.contains(type))) {
      throw new InvalidRequest(
          place, "must be of type string, number, integer or boolean, or have an enum");
    }
    Integer maxLength =
        schema.path("maxLength").isInt() ? schema.path("maxLength").intValue() : null;
    String title = text(schema, "title");
    return new FormField(
        name,
        title == null || title.isBlank() ? name : title,
        text(schema, "description"),
        kind(type, many, choices, text(schema, "format"), maxLength),
        required,
        choices,
        schema.get("default"),
        maxLength);
  }

  private static Kind kind(
      @Nullable String type,
      boolean many,
      List<Choice> choices,
      @Nullable String format,
      @Nullable Integer maxLength) {
    if (!choices.isEmpty()) {
      return many ? Kind.CHOICES : Kind.CHOICE;
    }
    return switch (type == null ? "string" : type) {
      case "number" -> Kind.NUMBER;
      case "integer" -> Kind.INTEGER;
      case "boolean" -> Kind.BOOLEAN;
      default -> {
        if ("date".equals(format)) {
          yield Kind.DATE;
        }
        boolean lines =
            "textarea".equals(format)
                || "multiline".equals(format)
                || (maxLength != null && maxLength > LINES_FROM);
        yield lines ? Kind.LINES : Kind.TEXT;
      }
    };
  }

  /// `enum`, or a `oneOf` of constants with titles.
  private static List<Choice> choices(JsonNode schema, String place) throws InvalidRequest {
    List<Choice> choices = new ArrayList<>();
    for (JsonNode value : schema.path("enum")) {
      choices.add(new Choice(value, label(value)));
    }
    if (choices.isEmpty()) {
      for (JsonNode one : schema.path("oneOf")) {
        JsonNode value = one.get("const");
        if (value != null) {
          String title = text(one, "title");
          choices.add(new Choice(value, title == null ? label(value) : title));
        }
      }
    }
    if (choices.size() > MAX_CHOICES) {
      throw new InvalidRequest(place, "must not have more than " + MAX_CHOICES + " choices");
    }
    for (Choice choice : choices) {
      if (choice.value().isContainer()) {
        throw new InvalidRequest(place, "must have choices that are text, numbers or flags");
      }
    }
    return choices;
  }

  private static String label(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && value.isString() ? value.stringValue() : null;
  }
}
