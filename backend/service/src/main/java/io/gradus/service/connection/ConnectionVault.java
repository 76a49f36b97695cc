package io.gradus.service.connection;

import io.gradus.engine.TenantId;
import io.gradus.service.ShortMemory;
import io.gradus.service.secret.Places;
import io.gradus.service.secret.Seal;
import io.gradus.store.Connections;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Opens connections for the calls of tasks. What it opened it remembers for a moment: a change is
/// seen by every node within two seconds.
public final class ConnectionVault {
  private static final Duration REMEMBERED = Duration.ofSeconds(2);
  private static final int CAPACITY = 10_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private final Connections store;
  private final Seal seal;
  // That there is none is remembered as well: the calls of a tenant without one ask as often.
  private final ShortMemory<Key, Optional<Opened>> known = new ShortMemory<>(CAPACITY, REMEMBERED);

  private final ShortMemory<Role, Optional<Opened>> roles = new ShortMemory<>(CAPACITY, REMEMBERED);

  private record Role(TenantId tenant, String arn) {}

  /// @param name null for the default
  private record Key(TenantId tenant, ConnectionKind kind, @Nullable String name) {}

  /// A connection with its secrets in the clear.
  ///
  /// @param id another one whenever anything else here changes
  /// @param values settings and secrets, by field
  record Opened(String id, String name, ConnectionKind kind, Map<String, String> values) {
    /// What is given; what is not is the empty text.
    String value(String field) {
      return values.getOrDefault(field, "");
    }

    /// Null for what is not given.
    @Nullable String optional(String field) {
      return values.get(field);
    }

    @Override
    public String toString() {
      return "Opened[" + name + ", " + kind + "]";
    }
  }

  /// Opens what is there.
  public ConnectionVault(Connections store, Seal seal) {
    this.store = store;
    this.seal = seal;
  }

  /// The connection of that name and kind.
  ///
  /// @param name null for the default
  Optional<Opened> find(TenantId tenant, ConnectionKind kind, @Nullable String name) {
    return known
        .get(new Key(tenant, kind, name), key -> Optional.of(read(key)))
        .flatMap(opened -> opened);
  }

  private Optional<Opened> read(Key key) {
    String name = key.name();
    return (name == null
            ? store.findDefault(key.tenant(), key.kind().name())
            : name.indexOf('\0') < 0
                ? store.find(key.tenant(), name)
                : Optional.<Connections.Row>empty())
        .filter(row -> row.kind().equals(key.kind().name()))
        .map(row -> open(key.tenant(), row));
  }

  /// The AWS connection that is in this role.
  Optional<Opened> findAws(TenantId tenant, String roleArn) {
    return roles
        .get(new Role(tenant, roleArn), role -> Optional.of(read(role)))
        .flatMap(opened -> opened);
  }

  private Optional<Opened> read(Role role) {
    return store.list(role.tenant()).stream()
        .filter(row -> row.kind().equals(ConnectionKind.AWS.name()))
        .filter(row -> role.arn().equals(read(row.settings()).get("roleArn")))
        .findFirst()
        .map(row -> open(role.tenant(), row));
  }

  /// Settings and secrets together.
  Opened open(TenantId tenant, Connections.Row row) {
    Map<String, String> values = new TreeMap<>(read(row.settings()));
    values.putAll(secrets(tenant, row));
    return new Opened(
        tenant.value() + "/" + row.id() + "/" + row.revision(),
        row.name(),
        ConnectionKind.valueOf(row.kind()),
        values);
  }

  Map<String, String> secrets(TenantId tenant, Connections.Row row) {
    return read(seal.open(row.sealed(), Places.connection(tenant, row.id())));
  }

  byte[] sealed(TenantId tenant, UUID id, Map<String, String> secrets) {
    return seal.seal(written(secrets), Places.connection(tenant, id));
  }

  /// Forgets what was opened under this name.
  void forget(TenantId tenant, ConnectionKind kind, String name) {
    known.forget(new Key(tenant, kind, name));
    known.forget(new Key(tenant, kind, null));
  }

  static byte[] written(Map<String, String> texts) {
    return JSON.writeValueAsBytes(new TreeMap<>(texts));
  }

  static Map<String, String> read(byte[] texts) {
    return JSON.readValue(texts, TEXTS);
  }
}
