package io.gradus.integrations.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which services and actions of AWS can be called here, and what each wants and gives: told by the
/// SDK's own models.
public final class AwsCatalog {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// How deep an example goes.
  private static final int MAX_DEPTH = 4;

  private static final int FIRST = 2;

  private final AwsServices services;
  private final RequiredMembers required = RequiredMembers.read();
  private final ConcurrentHashMap<String, List<String>> actions = new ConcurrentHashMap<>();

  /// A member of a request or an answer.
  ///
  /// @param type for people, such as `list of text`
  /// @param required whether the service wants it, as far as its model tells
  public record Field(String name, String type, boolean required) {}

  /// An action.
  ///
  /// @param errors as a `Catch` names them
  /// @param example its arguments, with what matters most
  public record Action(
      List<Field> arguments, List<Field> result, List<String> errors, ObjectNode example) {}

  /// @param loader of the SDK and of every client
  public AwsCatalog(ClassLoader loader) {
    this.services = new AwsServices(loader);
  }

  /// The services whose clients are there, as a resource ARN names them after `aws-sdk:`.
  public List<String> services() {
    return services.all();
  }

  /// The service's name in errors (`DynamoDb`).
  public String id(String service) {
    return services.find(service).map(AwsService::id).orElse(service);
  }

  /// What can be called of a service; none of one that is not there.
  public List<String> actions(String service) {
    return services
        .find(service)
        .map(there -> actions.computeIfAbsent(service, _ -> there.actions()))
        .orElse(List.of());
  }

  /// The SDK's name of an optimised integration's service.
  ///
  /// @param type of its resource (`events`)
  public static String service(String type) {
    return AwsServices.sdkName(type, "");
  }

  /// Whether an optimised integration's call can be made.
  ///
  /// @param type of its resource (`events`)
  /// @param action of its resource, without a pattern (`putEvents`)
  public boolean hasOptimised(String type, String action) {
    return type.equals("elasticmapreduce")
        || EksConnector.isKubernetes(type, action)
        || services
            .find(AwsServices.sdkName(type, action))
            .flatMap(service -> service.operation(action))
            .isPresent();
  }

  /// What an action of `aws-sdk:` wants and gives.
  public Optional<Action> describe(String service, String action) {
    return services
        .find(service)
        .flatMap(
            there ->
                there
                    .operation(action)
                    .map(operation -> action(there, operation, MemberNames.SDK, there.id())));
  }

  /// What an optimised integration wants and gives.
  ///
  /// @param type of its resource (`events`)
  /// @param action of its resource, without a pattern (`putEvents`)
  public Optional<Action> describeOptimised(String type, String action) {
    return services
        .find(AwsServices.sdkName(type, action))
        .flatMap(
            there ->
                there
                    .operation(action)
                    .map(
                        operation ->
                            action(
                                there, operation, MemberNames.SERVICE, AwsFailures.prefix(type))));
  }

  private Action action(
      AwsService service, AwsOperation operation, MemberNames names, String prefix) {
    List<SdkField<?>> asked = operation.builder().sdkFields();
    String called = operation.method().getName();
    Predicate<SdkField<?>> wanted = field -> required.has(service.name(), called, field);
    List<Field> arguments = fields(asked, names, wanted);
    if (operation.streamsIn()) {
      arguments.add(new Field(AwsOperation.BODY, "text", false));
    }
    List<Field> result = fields(operation.answers(), names, _ -> false);
    if (operation.streamsOut()) {
      result.add(new Field(AwsOperation.BODY, "text", false));
    }
    return new Action(
        List.copyOf(arguments),
        List.copyOf(result),
        operation.errors().stream().map(name -> prefix + "." + name).toList(),
        example(asked, wanted, names, 0));
  }

  private static List<Field> fields(
      List<SdkField<?>> from, MemberNames names, Predicate<SdkField<?>> wanted) {
    List<Field> fields = new ArrayList<>();
    from.forEach(field -> fields.add(new Field(names.of(field), type(field), wanted.test(field))));
    // What has to be there comes first.
    fields.sort((a, b) -> Boolean.compare(b.required(), a.required()));
    return fields;
  }

  private static String type(SdkField<?> field) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (type) {
      case STRING, SDK_BYTES -> "text";
      case INTEGER, LONG, SHORT, BYTE -> "whole number";
      case FLOAT, DOUBLE, BIG_DECIMAL -> "number";
      case BOOLEAN -> "boolean";
      case INSTANT -> "timestamp";
      case SDK_POJO -> "object";
      case LIST -> "list of " + type(field.getTrait(ListTrait.class).memberFieldInfo());
      case MAP -> "map of " + type(field.getTrait(MapTrait.class).valueFieldInfo());
      case DOCUMENT -> "any JSON";
      case NULL -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  /// What is known to be required; or else what comes first in the model, which is what matters
  /// most.
  private static ObjectNode example(
      List<SdkField<?>> fields, Predicate<SdkField<?>> wanted, MemberNames names, int depth) {
    ObjectNode example = JSON.objectNode();
    for (SdkField<?> field : fields) {
      if (wanted.test(field)) {
        put(example, names.of(field), field, names, depth);
      }
    }
    if (example.isEmpty()) {
      fields.stream()
          .limit(depth == 0 ? FIRST : 1)
          .forEach(field -> put(example, names.of(field), field, names, depth));
    }
    return example;
  }

  private static void put(
      ObjectNode into, String name, SdkField<?> field, MemberNames names, int depth) {
    switch (field.marshallingType().getKnownType()) {
      case STRING, SDK_BYTES, DOCUMENT, NULL -> into.put(name, "…");
      case INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL -> into.put(name, 1);
      case BOOLEAN -> into.put(name, true);
      case INSTANT -> into.put(name, "2026-01-01T00:00:00Z");
      case SDK_POJO -> into.set(name, inner(field, names, depth));
      case LIST -> {
        ArrayNode list = into.putArray(name);
        ObjectNode holder = JSON.objectNode();
        if (depth < MAX_DEPTH) {
          put(holder, "it", field.getTrait(ListTrait.class).memberFieldInfo(), names, depth + 1);
          list.add(holder.get("it"));
        }
      }
      case MAP -> {
        ObjectNode map = into.putObject(name);
        if (depth < MAX_DEPTH) {
          put(map, "key", field.getTrait(MapTrait.class).valueFieldInfo(), names, depth + 1);
        }
      }
    }
  }

  private static ObjectNode inner(SdkField<?> field, MemberNames names, int depth) {
    if (depth >= MAX_DEPTH) {
      return JSON.objectNode();
    }
    SdkPojo builder = field.constructor().get();
    return example(
        builder.sdkFields(), inner -> inner.containsTrait(RequiredTrait.class), names, depth + 1);
  }
}
