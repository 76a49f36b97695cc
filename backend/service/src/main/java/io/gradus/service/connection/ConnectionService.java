package io.gradus.service.connection;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.store.Connections;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tenant's connections. Everybody who reads definitions sees which there are and where they
/// lead; nobody sees a secret again.
public class ConnectionService {
  /// How many a tenant may have.
  public static final int MAX = 100;

  /// EventBridge's characters for names of connections.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final int MAX_BYTES = 32 * 1024;

  private final Connections store;
  private final ConnectionVault vault;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final ConnectionArns arns;
  private final Function<TenantId, Optional<AwsConnection>> called;
  private final Clock clock;

  /// Works on these connections.
  ///
  /// @param called the AWS connection that a tenant's tasks call by
  public ConnectionService(
      Connections store,
      ConnectionVault vault,
      Transactions transactions,
      AuditTrail audit,
      ConnectionArns arns,
      Function<TenantId, Optional<AwsConnection>> called,
      Clock clock) {
    this.store = store;
    this.vault = vault;
    this.transactions = transactions;
    this.audit = audit;
    this.arns = arns;
    this.called = called;
    this.clock = clock;
  }

  /// By name.
  public List<Connection> list(Caller caller) {
    Access.require(caller, Permission.READ, "ListConnections", "*");
    return store.list(caller.tenant()).stream().map(row -> shown(caller, row)).toList();
  }

  /// The names alone, for who looks for one.
  public List<String> names(Caller caller) {
    Access.require(caller, Permission.READ, "ListConnections", "*");
    return store.names(caller.tenant(), MAX);
  }

  /// Where AWS tasks go by the operator's settings: for as long as the tenant has no AWS connection
  /// of its own.
  public Optional<OperatorsAws> operatorsAws(Caller caller) {
    Access.require(caller, Permission.READ, "ListConnections", "*");
    return called.apply(caller.tenant()).filter(AwsConnection::operators).map(OperatorsAws::of);
  }

  /// Shows a connection.
  public Connection describe(Caller caller, String name) {
    Access.require(caller, Permission.READ, "DescribeConnection", name);
    return shown(caller, row(caller, name));
  }

  /// Makes a connection under a name that is free.
  ///
  /// @throws Refusal ConflictException where there is one of that name
  public Connection create(Caller caller, Connection.Draft draft) {
    Access.require(caller, Permission.ADMINISTER, "CreateConnection", draft.name());
    requireName(draft.name());
    return saved(caller, draft, null);
  }

  /// Makes a connection, or changes the one of that name. What it is a connection to it stays.
  public Connection put(Caller caller, Connection.Draft draft) {
    Access.require(caller, Permission.ADMINISTER, "PutConnection", draft.name());
    requireName(draft.name());
    return saved(caller, draft, store.find(caller.tenant(), draft.name()).orElse(null));
  }

  private Connection saved(
      Caller caller, Connection.Draft draft, Connections.@Nullable Row before) {
    Map<String, String> settings = FieldCheck.settings(draft.kind(), draft.settings());
    Map<String, String> secrets = secrets(caller.tenant(), draft, settings, before);
    requireSize(settings, secrets);
    TenantId tenant = caller.tenant();
    Connection kept =
        transactions.call(
            tenant,
            () -> {
              Connections.Row row = row(caller, draft, settings, secrets, before);
              if (row.isDefault() && (before == null || !before.isDefault())) {
                store.clearDefault(tenant, row.kind());
              }
              if (before == null ? !store.create(tenant, row) : !store.update(tenant, row)) {
                throw conflict(draft.name(), before != null);
              }
              Connection shown = shown(caller, row);
              audit.record(
                  caller,
                  before == null ? "CreateConnection" : "UpdateConnection",
                  draft.name(),
                  new Change(
                      before == null ? null : described(shown(caller, before)), described(shown)));
              return shown;
            });
    vault.forget(tenant, draft.kind(), draft.name());
    return kept;
  }

  private Connections.Row row(
      Caller caller,
      Connection.Draft draft,
      Map<String, String> settings,
      Map<String, String> secrets,
      Connections.@Nullable Row before) {
    TenantId tenant = caller.tenant();
    if (before == null && store.count(tenant) >= MAX) {
      throw new Refusal(
          ErrorCode.SERVICE_QUOTA_EXCEEDED, "A tenant has at most " + MAX + " connections");
    }
    // The first of a kind is what tasks use, and so is what they used.
    boolean leading =
        draft.isDefault()
            || (before != null && before.isDefault())
            || store.findDefault(tenant, draft.kind().name()).isEmpty();
    UUID id = before == null ? UUID.randomUUID() : before.id();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Connections.Row(
        draft.name(),
        id,
        draft.kind().name(),
        leading,
        ConnectionVault.written(settings),
        vault.sealed(tenant, id, secrets),
        secrets.keySet(),
        before == null ? 1 : before.revision() + 1,
        before == null ? caller.principal() : before.createdBy(),
        before == null ? now : before.createdAt(),
        caller.principal(),
        now);
  }

  /// The secrets that a draft would be kept with.
  ///
  /// @param settings checked
  Map<String, String> secrets(
      TenantId tenant,
      Connection.Draft draft,
      Map<String, String> settings,
      Connections.@Nullable Row before) {
    if (before == null) {
      return FieldCheck.secrets(draft.kind(), settings, draft.secrets(), Map.of(), false);
    }
    if (!before.kind().equals(draft.kind().name())) {
      throw FieldCheck.invalid(
          "The connection '"
              + draft.name()
              + "' is of kind "
              + before.kind()
              + ": one of another kind needs another name");
    }
    return FieldCheck.secrets(
        draft.kind(),
        settings,
        draft.secrets(),
        vault.secrets(tenant, before),
        FieldCheck.moves(draft.kind(), ConnectionVault.read(before.settings()), settings));
  }

  /// The stored connection that a draft would change.
  Optional<Connections.Row> stored(Caller caller, String name) {
    return NAME.matcher(name).matches() ? store.find(caller.tenant(), name) : Optional.empty();
  }

  /// Deletes a connection. Tasks that name it fail from then on.
  public void delete(Caller caller, String name) {
    Access.require(caller, Permission.ADMINISTER, "DeleteConnection", name);
    Connections.Row before = row(caller, name);
    transactions.call(
        caller.tenant(),
        () -> {
          if (!store.delete(caller.tenant(), name)) {
            throw notFound(name);
          }
          audit.record(
              caller, "DeleteConnection", name, Change.removed(described(shown(caller, before))));
          return name;
        });
    vault.forget(caller.tenant(), ConnectionKind.valueOf(before.kind()), name);
  }

  private Connections.Row row(Caller caller, String name) {
    return stored(caller, name).orElseThrow(() -> notFound(name));
  }

  private Connection shown(Caller caller, Connections.Row row) {
    return new Connection(
        row.name(),
        row.id(),
        arns.of(caller.account(), row.name(), row.id()),
        ConnectionKind.valueOf(row.kind()),
        row.isDefault(),
        ConnectionVault.read(row.settings()),
        row.secrets(),
        row.createdBy(),
        row.createdAt(),
        row.updatedBy(),
        row.updatedAt());
  }

  private static Map<String, Object> described(Connection connection) {
    Map<String, Object> all = new TreeMap<>(connection.settings());
    all.put("kind", connection.kind().name());
    all.put("isDefault", connection.isDefault());
    all.put("secrets", connection.secrets().stream().sorted().toList());
    return all;
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_NAME,
          "Invalid Name: '" + name + "'. It has 1 to 64 letters, digits, and . _ -");
    }
  }

  private static void requireSize(Map<String, String> settings, Map<String, String> secrets) {
    if (ConnectionVault.written(settings).length > MAX_BYTES
        || ConnectionVault.written(secrets).length > MAX_BYTES) {
      throw FieldCheck.invalid("Settings and secrets have at most " + MAX_BYTES + " bytes each");
    }
  }

  private static Refusal conflict(String name, boolean changing) {
    return new Refusal(
        ErrorCode.CONFLICT,
        changing
            ? "The connection '" + name + "' was changed or deleted meanwhile: look at it again"
            : "There is a connection '" + name + "' already: edit that one");
  }

  private static Refusal notFound(String name) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + name + "'");
  }
}
