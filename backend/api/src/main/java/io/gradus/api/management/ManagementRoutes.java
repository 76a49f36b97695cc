package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.function.HttpFunction;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Every call of the management API.
final class ManagementRoutes {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final ExecutionService executions;
  private final FunctionService functions;
  private final AccessKeyService accessKeys;

  ManagementRoutes(
      ExecutionService executions, FunctionService functions, AccessKeyService accessKeys) {
    this.executions = executions;
    this.functions = functions;
    this.accessKeys = accessKeys;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "POST",
            "/executions",
            "startExecution",
            "Starts an execution, on given results of named states where it has `mocks`.",
            CREATED,
            Start.class,
            Started.class,
            this::start),
        new Route<>(
            "GET",
            "/functions",
            "listFunctions",
            "Lists the registered functions by name.",
            OK,
            None.class,
            Functions.class,
            (caller, _) ->
                new Functions(functions.list(caller).stream().map(Function::of).toList())),
        new Route<>(
            "PUT",
            "/functions/{name}",
            "putFunction",
            "Registers an HTTP endpoint as a function, in place of one of that name.",
            OK,
            PutFunction.class,
            Function.class,
            (caller, r) ->
                Function.of(functions.put(caller, r.name(), r.url(), r.timeoutSeconds()))),
        new Route<>(
            "GET",
            "/functions/{name}",
            "getFunction",
            "Shows a registered function.",
            OK,
            FunctionName.class,
            Function.class,
            (caller, r) -> Function.of(functions.describe(caller, r.name()))),
        new Route<>(
            "DELETE",
            "/functions/{name}",
            "deleteFunction",
            "Deletes a registered function.",
            NO_CONTENT,
            FunctionName.class,
            Route.Nothing.class,
            this::deleteFunction),
        new Route<>(
            "GET",
            "/access-keys",
            "listAccessKeys",
            "Lists the tenant's access keys without their secrets.",
            OK,
            None.class,
            AccessKeys.class,
            (caller, _) -> new AccessKeys(accessKeys.list(caller).stream().map(Key::of).toList())),
        new Route<>(
            "POST",
            "/access-keys",
            "createAccessKey",
            "Makes an access key. Its secret is in this answer and nowhere else.",
            CREATED,
            CreateKey.class,
            FreshKey.class,
            (caller, r) ->
                FreshKey.of(accessKeys.create(caller, r.description(), roles(r.roles())))),
        new Route<>(
            "POST",
            "/access-keys/{id}/rotate",
            "rotateAccessKey",
            "Gives an access key another secret; the old one is worthless at once.",
            OK,
            KeyId.class,
            FreshKey.class,
            (caller, r) -> FreshKey.of(accessKeys.rotate(caller, r.id()))),
        new Route<>(
            "DELETE",
            "/access-keys/{id}",
            "revokeAccessKey",
            "Makes an access key useless for good.",
            NO_CONTENT,
            KeyId.class,
            Route.Nothing.class,
            this::revokeKey));
  }

  record None() {}

  /// @param input any JSON; text is taken for JSON text, as the Step Functions API has it
  /// @param mocks `{"<State>": [{"return": any} | {"throw": {"error", "cause"}}, …]}`, one per
  ///   attempt, the last one repeats
  record Start(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Member(min = 1, max = 80) @Nullable String name,
      @Nullable JsonNode input,
      @Member(max = 256, pattern = "\\p{ASCII}*") @Nullable String traceHeader,
      @Nullable JsonNode mocks) {}

  record Started(String executionArn, Instant startDate) {}

  record FunctionName(@Member(required = true, min = 1, max = 140) String name) {}

  record PutFunction(
      @Member(required = true, min = 1, max = 140) String name,
      @Member(required = true, min = 1, max = 2_048) String url,
      @Member(min = 1, max = 900) @Nullable Integer timeoutSeconds) {}

  record Function(
      String name, String url, Integer timeoutSeconds, Instant createdAt, Instant updatedAt) {
    static Function of(HttpFunction kept) {
      return new Function(
          kept.name(),
          kept.url().toString(),
          kept.timeoutSeconds(),
          kept.createdAt(),
          kept.updatedAt());
    }
  }

  record Functions(List<Function> functions) {}

  record KeyId(@Member(required = true, min = 1, max = 128) String id) {}

  record CreateKey(
      @Member(max = 256) @Nullable String description,
      @Member(min = 1, max = 16) @Nullable List<String> roles) {}

  record Key(
      String id,
      String description,
      List<String> roles,
      Boolean active,
      Instant createdAt,
      @Nullable Instant lastUsedAt) {
    static Key of(AccessKey.Summary kept) {
      return new Key(
          kept.id(),
          kept.description(),
          kept.roles().stream().sorted().map(Role::wireName).toList(),
          kept.active(),
          kept.createdAt(),
          kept.lastUsedAt());
    }
  }

  record AccessKeys(List<Key> accessKeys) {}

  record FreshKey(Key accessKey, String secretAccessKey) {
    static FreshKey of(AccessKey.Fresh fresh) {
      return new FreshKey(Key.of(fresh.summary()), fresh.secret());
    }
  }

  private Started start(Caller caller, Start request) {
    JsonNode input = request.input();
    Execution.Started started =
        executions.start(
            caller,
            new Execution.Start(
                request.stateMachineArn(),
                request.name(),
                input == null ? null : input.isString() ? input.stringValue() : input.toString(),
                request.traceHeader(),
                request.mocks() == null ? null : request.mocks().toString()));
    return new Started(started.arn(), started.startedAt());
  }

  private Route.Nothing deleteFunction(Caller caller, FunctionName request) {
    functions.delete(caller, request.name());
    return new Route.Nothing();
  }

  private Route.Nothing revokeKey(Caller caller, KeyId request) {
    accessKeys.revoke(caller, request.id());
    return new Route.Nothing();
  }

  static @Nullable Set<Role> roles(@Nullable List<String> names) {
    if (names == null) {
      return null;
    }
    Set<Role> roles = new LinkedHashSet<>();
    for (String name : names) {
      roles.add(
          Role.of(name)
              .orElseThrow(
                  () ->
                      new Refusal(ErrorCode.VALIDATION, "There is no role named '" + name + "'")));
    }
    return roles;
  }
}
