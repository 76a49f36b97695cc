package io.gradus.service.catalog;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.asl.text.JsonLayout;
import io.gradus.asl.validate.KnownResources;
import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsCatalog;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.connection.ConnectionKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The catalogue of integrations: AWS's by the SDK's models, ours by what is written down beside
/// this class.
public final class IntegrationCatalog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PREFIX = "arn:aws:states:::";
  private static final String SDK = "aws-sdk:";

  private final AwsCatalog aws;
  private final Predicate<Resource> callable;
  private final Connected connected;
  private final Written written = Written.read();
  private final Map<String, Map<String, Set<Pattern>>> optimised = optimised();
  private final Map<String, List<Integration>> known = new LinkedHashMap<>();

  /// Whether a tenant is connected.
  @FunctionalInterface
  public interface Connected {
    boolean is(TenantId tenant, ConnectionKind kind);
  }

  /// @param callable whether something on this server makes the call of a resource
  public IntegrationCatalog(AwsCatalog aws, Predicate<Resource> callable, Connected connected) {
    this.aws = aws;
    this.callable = callable;
    this.connected = connected;
  }

  /// By service, and by action.
  private static Map<String, Map<String, Set<Pattern>>> optimised() {
    Map<String, Map<String, Set<Pattern>>> all = new TreeMap<>();
    for (String arn : KnownResources.optimised()) {
      Resource resource = new Resource(arn);
      String action = resource.action();
      int pattern = action.indexOf('.');
      all.computeIfAbsent(resource.resourceType(), _ -> new TreeMap<>())
          .computeIfAbsent(
              pattern < 0 ? action : action.substring(0, pattern),
              _ -> EnumSet.noneOf(Pattern.class))
          .add(resource.pattern());
    }
    return all;
  }

  /// Every service: what Gradus and AWS made simple first, then AWS's others.
  public List<Integration.Service> services(Caller caller) {
    Access.require(caller, Permission.READ, "ListIntegrations", "*");
    return all().entrySet().stream()
        .map(entry -> service(caller.tenant(), entry.getKey(), entry.getValue()))
        .toList();
  }

  /// By service. Found out once: jars are not added while the program runs.
  private synchronized Map<String, List<Integration>> all() {
    if (known.isEmpty()) {
      known.putAll(find());
    }
    return known;
  }

  private Map<String, List<Integration>> find() {
    Map<String, List<Integration>> by = new LinkedHashMap<>();
    written.services().forEach(service -> by.put(service, new ArrayList<>()));
    optimised.forEach(
        (type, actions) ->
            actions.forEach(
                (action, patterns) ->
                    by.computeIfAbsent(AwsCatalog.service(type), _ -> new ArrayList<>())
                        .add(optimised(type, action, patterns))));
    for (String service : aws.services()) {
      List<Integration> there = by.computeIfAbsent(service, _ -> new ArrayList<>());
      aws.actions(service).forEach(action -> there.add(sdk(service, action)));
    }
    by.values().removeIf(List::isEmpty);
    return by;
  }

  private Integration.Service service(TenantId tenant, String id, List<Integration> all) {
    ConnectionKind needs = written.needs(id);
    return new Integration.Service(
        id,
        written.name(id).isEmpty() ? aws.id(id) : written.name(id),
        written.about(id),
        needs,
        needs == null || connected.is(tenant, needs),
        all);
  }

  private Integration optimised(String type, String action, Set<Pattern> patterns) {
    List<Pattern> possible =
        patterns.stream().filter(pattern -> isCallable(type, action, pattern)).toList();
    return new Integration(
        AwsCatalog.service(type),
        action,
        PREFIX + type + ":" + action,
        possible.isEmpty() ? List.copyOf(patterns) : possible,
        !possible.isEmpty(),
        true);
  }

  private boolean isCallable(String type, String action, Pattern pattern) {
    Resource resource = new Resource(PREFIX + type + ":" + action + ending(pattern));
    return callable.test(resource) && (written.isOurs(type) || aws.hasOptimised(type, action));
  }

  /// What a pattern is at the end of an ARN.
  public static String ending(Pattern pattern) {
    return switch (pattern) {
      case REQUEST_RESPONSE -> "";
      case SYNC -> ".sync";
      case WAIT_FOR_TASK_TOKEN -> ".waitForTaskToken";
    };
  }

  private static Integration sdk(String service, String action) {
    return new Integration(
        service,
        action,
        PREFIX + SDK + service + ":" + action,
        List.of(Pattern.REQUEST_RESPONSE, Pattern.WAIT_FOR_TASK_TOKEN),
        true,
        false);
  }

  /// What a call wants and gives.
  ///
  /// @param resource of [Integration#resource]
  /// @throws Refusal ResourceNotFound
  public Integration.Detail describe(Caller caller, String resource) {
    Access.require(caller, Permission.READ, "DescribeIntegration", resource);
    Resource asked = new Resource(resource);
    String type = asked.resourceType();
    String action = asked.action();
    @Nullable JsonNode own = written.call(type + ":" + action);
    // An approval is written down, and known with its pattern alone.
    if (!resource.startsWith(PREFIX) || (own == null && !KnownResources.AWS.knows(asked))) {
      throw notFound(resource);
    }
    AwsCatalog.Action model =
        (type.startsWith(SDK)
                ? aws.describe(type.substring(SDK.length()), action)
                : aws.describeOptimised(type, action))
            .orElse(null);
    if (own == null && model == null) {
      throw notFound(resource);
    }
    return new Integration.Detail(
        own == null ? "" : own.path("about").asString(""),
        own != null && own.has("arguments")
            ? Written.fields(own.path("arguments"))
            : model == null ? List.of() : fields(model.arguments()),
        own != null && own.has("result")
            ? Written.fields(own.path("result"))
            : model == null ? List.of() : fields(model.result()),
        own != null && own.has("errors")
            ? Written.texts(own.path("errors"))
            : model == null ? List.of() : model.errors(),
        example(asked, own, model));
  }

  private static List<Integration.Field> fields(List<AwsCatalog.Field> fields) {
    return fields.stream()
        .map(field -> new Integration.Field(field.name(), field.type(), field.required(), ""))
        .toList();
  }

  private static String example(
      Resource resource, @Nullable JsonNode own, AwsCatalog.@Nullable Action action) {
    ObjectNode state = JSON.createObjectNode();
    state.put("Type", "Task");
    String pattern = own == null ? "" : own.path("pattern").asString("");
    state.put("Resource", resource.arn() + pattern);
    JsonNode arguments =
        own != null && own.has("example")
            ? own.get("example")
            : action == null ? JSON.createObjectNode() : action.example();
    state.set("Parameters", arguments);
    state.put("End", true);
    String text = JSON.writeValueAsString(state);
    return Objects.requireNonNullElse(JsonLayout.indented(text), text);
  }

  private static Refusal notFound(String resource) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + resource + "'");
  }

  /// Whether a service or one of its actions has this in its name.
  public static boolean matches(Integration.Service service, String part) {
    String wanted = part.strip().toLowerCase(Locale.ROOT);
    return service.name().toLowerCase(Locale.ROOT).contains(wanted)
        || service.id().contains(wanted)
        || service.integrations().stream()
            .anyMatch(call -> call.action().toLowerCase(Locale.ROOT).contains(wanted));
  }
}
