package io.gradus.service.connection;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.email.MailServers;
import io.gradus.integrations.http.Connections;
import io.gradus.integrations.slack.SlackHooks;
import io.gradus.integrations.sql.SqlDatabases;
import io.gradus.service.ShortMemory;
import io.gradus.service.connection.ConnectionVault.Opened;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tenants' connections as their tasks call by them.
public final class CallableConnections {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int CAPACITY = 10_000;

  private final ConnectionVault vault;
  private final Function<TenantId, Optional<String>> accounts;
  private final ShortMemory<TenantId, String> known = new ShortMemory<>(CAPACITY, REMEMBERED);

  /// @param accounts the account of a tenant, which never changes
  public CallableConnections(ConnectionVault vault, Function<TenantId, Optional<String>> accounts) {
    this.vault = vault;
    this.accounts = accounts;
  }

  /// The tenants' AWS connections; those of tenants without one are asked of the operator's
  /// settings.
  public AwsConnections aws(AwsConnections operators) {
    return new AwsConnections() {
      @Override
      public Optional<AwsConnection> find(TenantId tenant) {
        Optional<Opened> own = vault.find(tenant, ConnectionKind.AWS, null);
        return own.isPresent() ? own.map(ConnectionReader::aws) : operators.find(tenant);
      }

      @Override
      public Optional<AwsConnection> inRole(TenantId tenant, String roleArn) {
        return vault.findAws(tenant, roleArn).map(ConnectionReader::aws);
      }
    };
  }

  /// A tenant's AWS connection of that name.
  public Optional<AwsConnection> aws(TenantId tenant, String name) {
    return named(tenant, ConnectionKind.AWS, name, ConnectionReader::aws);
  }

  /// The tenants' connections to HTTP APIs.
  public Connections http() {
    return (tenant, arn) ->
        ConnectionArns.read(arn)
            .filter(
                named -> known.get(tenant, accounts).filter(named.account()::equals).isPresent())
            .flatMap(
                named ->
                    vault
                        .find(tenant, ConnectionKind.HTTP, named.name())
                        .filter(opened -> isThat(opened, named.id())))
            .map(ConnectionReader::http);
  }

  private static boolean isThat(Opened opened, @Nullable String id) {
    return id == null || opened.id().contains("/" + id + "/");
  }

  /// Whether there is a default of this kind.
  public boolean has(TenantId tenant, ConnectionKind kind) {
    return vault.find(tenant, kind, null).isPresent();
  }

  /// The tenants' mail servers.
  public MailServers mail() {
    return (tenant, name) -> named(tenant, ConnectionKind.EMAIL, name, ConnectionReader::mail);
  }

  /// The tenants' databases.
  public SqlDatabases sql() {
    return (tenant, name) -> named(tenant, ConnectionKind.SQL, name, ConnectionReader::sql);
  }

  /// The tenants' webhooks.
  public SlackHooks slack() {
    return (tenant, name) -> named(tenant, ConnectionKind.SLACK, name, ConnectionReader::slack);
  }

  private <T> Optional<T> named(
      TenantId tenant, ConnectionKind kind, @Nullable String name, Function<Opened, T> reader) {
    return vault.find(tenant, kind, name).map(reader);
  }
}
