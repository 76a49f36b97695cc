package io.gradus.app.node;

import io.gradus.app.settings.ServerSettings;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.aws.AwsStateMachines;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.email.EmailConnector;
import io.gradus.integrations.http.ApiGatewayConnector;
import io.gradus.integrations.http.HttpConnector;
import io.gradus.integrations.slack.SlackConnector;
import io.gradus.integrations.sql.SqlConnector;
import io.gradus.integrations.sql.SqlDrivers;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Arns;
import io.gradus.service.connection.CallableConnections;
import io.gradus.service.connection.ConnectionArns;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import io.gradus.service.connection.ConnectionVault;
import io.gradus.service.function.FunctionService;
import io.gradus.service.pull.PullService;
import io.gradus.service.secret.Seal;
import io.gradus.service.stored.StoredAudit;
import io.gradus.store.Connections;
import io.gradus.store.TenantScope;
import io.gradus.store.Tenants;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The tenants' connections, and what calls by them.
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {
  /// What calls by connections alone.
  record Connected(
      HttpConnector http,
      EmailConnector email,
      SqlConnector sql,
      SlackConnector slack,
      ApiGatewayConnector apiGateway) {}

  @Bean
  Connections connections(TenantScope scope) {
    return new Connections(scope);
  }

  @Bean
  ConnectionVault connectionVault(Connections store, Seal seal) {
    return new ConnectionVault(store, seal);
  }

  @Bean
  CallableConnections callableConnections(ConnectionVault vault, Tenants tenants) {
    return new CallableConnections(
        vault, tenant -> tenants.find(tenant).map(Tenants.Tenant::account));
  }

  @Bean
  ConnectionService connectionService(
      Connections store,
      ConnectionVault vault,
      Transactions transactions,
      StoredAudit audit,
      ServerSettings server,
      AwsConnections aws,
      Clock clock) {
    return new ConnectionService(
        store, vault, transactions, audit, new ConnectionArns(server.region()), aws::find, clock);
  }

  @Bean(destroyMethod = "close")
  EgressSockets egressSockets(EgressPolicy policy) {
    return new EgressSockets(policy);
  }

  @Bean
  SqlDrivers sqlDrivers(ServerSettings server) {
    return new SqlDrivers(server.dataDir().resolve("jdbc"));
  }

  @Bean(destroyMethod = "close")
  SqlConnector sqlConnector(
      CallableConnections connections, SqlDrivers drivers, EgressSockets sockets) {
    return new SqlConnector(connections.sql(), drivers, sockets);
  }

  @Bean
  Connected connected(
      CallableConnections connections,
      SqlConnector sql,
      EgressSockets sockets,
      AwsCalls aws,
      EgressClient tenantsEgress,
      Clock clock) {
    return new Connected(
        new HttpConnector(connections.http(), tenantsEgress, clock),
        new EmailConnector(connections.mail(), sockets),
        sql,
        new SlackConnector(connections.slack(), tenantsEgress),
        new ApiGatewayConnector(new AwsApiSigner(aws), tenantsEgress));
  }

  @Bean
  ConnectionTrial connectionTrial(
      ConnectionService connections,
      Connected connected,
      AwsCalls aws,
      EgressClient tenantsEgress,
      StoredAudit audit) {
    return new ConnectionTrial(
        connections,
        new ConnectionTrial.Means(
            aws,
            connected.http(),
            connected.email(),
            connected.sql(),
            connected.slack(),
            tenantsEgress),
        audit);
  }

  @Bean
  PullService pullService(
      ConnectionService connections,
      CallableConnections callable,
      AwsConnections effective,
      AwsCalls aws,
      FunctionService functions,
      Arns arns,
      StoredAudit audit) {
    return new PullService(
        new PullService.Places(connections, callable, effective),
        new AwsStateMachines(aws),
        functions,
        arns,
        audit);
  }
}
