package io.gradus.api.management;

import io.gradus.api.json.BadRequest;
import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The calls about a tenant's connections. No answer has a secret in it.
final class ConnectionRoutes {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private final ConnectionService connections;
  private final ConnectionTrial trial;

  ConnectionRoutes(ConnectionService connections, ConnectionTrial trial) {
    this.connections = connections;
    this.trial = trial;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/connections",
            "listConnections",
            "Lists the tenant's connections by name.",
            OK,
            None.class,
            Connections.class,
            (caller, _) ->
                new Connections(connections.list(caller).stream().map(Shown::of).toList())),
        new Route<>(
            "PUT",
            "/connections/{name}",
            "putConnection",
            "Makes a connection, or changes the one of that name. Secrets that are left out stay as"
                + " they are, unless the connection leads elsewhere.",
            OK,
            Put.class,
            Shown.class,
            (caller, r) -> Shown.of(connections.put(caller, draft(r)))),
        new Route<>(
            "GET",
            "/connections/{name}",
            "getConnection",
            "Shows a connection.",
            OK,
            Name.class,
            Shown.class,
            (caller, r) -> Shown.of(connections.describe(caller, r.name()))),
        new Route<>(
            "DELETE",
            "/connections/{name}",
            "deleteConnection",
            "Deletes a connection.",
            NO_CONTENT,
            Name.class,
            Route.Nothing.class,
            this::delete),
        new Route<>(
            "POST",
            "/connections/{name}/test",
            "testConnection",
            "Tries a connection and says what came of it. A Slack connection posts a message.",
            OK,
            Name.class,
            Tested.class,
            (caller, r) -> Tested.of(trial.test(caller, r.name()))));
  }

  record None() {}

  record Name(@Member(required = true, min = 1, max = 64) String name) {}

  /// @param settings a text for each field of the kind that is no secret
  /// @param secrets a text for each that is one; null takes it away
  record Put(
      @Member(required = true, min = 1, max = 64) String name,
      @Member(required = true) ConnectionKind kind,
      @Nullable Boolean isDefault,
      @Nullable JsonNode settings,
      @Nullable JsonNode secrets) {
    /// Says no secret.
    @Override
    public String toString() {
      return "Put[name=" + name + ", kind=" + kind + "]";
    }
  }

  /// @param secrets the fields whose secrets are there
  record Shown(
      String name,
      String arn,
      String kind,
      Boolean isDefault,
      JsonNode settings,
      List<String> secrets,
      String createdBy,
      Instant createdAt,
      String updatedBy,
      Instant updatedAt) {
    static Shown of(Connection kept) {
      ObjectNode settings = JsonNodeFactory.instance.objectNode();
      new TreeMap<>(kept.settings()).forEach(settings::put);
      return new Shown(
          kept.name(),
          kept.arn(),
          kept.kind().name(),
          kept.isDefault(),
          settings,
          kept.secrets().stream().sorted().toList(),
          kept.createdBy(),
          kept.createdAt(),
          kept.updatedBy(),
          kept.updatedAt());
    }
  }

  record Connections(List<Shown> connections) {}

  /// @param good whether tasks would get through
  /// @param message what was found
  record Tested(Boolean good, String message, Long milliseconds) {
    static Tested of(ConnectionTrial.Result result) {
      return new Tested(result.good(), result.told(), result.took().toMillis());
    }
  }

  private static Connection.Draft draft(Put request) {
    return new Connection.Draft(
        request.name(),
        request.kind(),
        Boolean.TRUE.equals(request.isDefault()),
        texts("settings", request.settings(), false),
        texts("secrets", request.secrets(), true));
  }

  private static Map<String, String> texts(
      String member, @Nullable JsonNode json, boolean removing) {
    Map<String, String> texts = new TreeMap<>();
    if (json == null) {
      return texts;
    }
    if (!json.isObject()) {
      throw new BadRequest(
          BadRequest.Kind.SERIALIZATION, "The member '" + member + "' must be an object of texts");
    }
    json.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.isNull()) {
                if (removing) {
                  texts.put(entry.getKey(), "");
                }
              } else if (value.isContainer()) {
                throw new BadRequest(
                    BadRequest.Kind.SERIALIZATION,
                    "The member '" + member + "." + entry.getKey() + "' must be a text");
              } else {
                texts.put(entry.getKey(), value.asString());
              }
            });
    return texts;
  }

  private Route.Nothing delete(Caller caller, Name request) {
    connections.delete(caller, request.name());
    return new Route.Nothing();
  }
}
