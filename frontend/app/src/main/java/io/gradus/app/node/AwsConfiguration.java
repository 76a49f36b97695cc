package io.gradus.app.node;

import io.gradus.app.settings.AwsSettings;
import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.integrations.Connectors;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsCatalog;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.aws.AwsConnector;
import io.gradus.integrations.aws.AwsJobs;
import io.gradus.integrations.aws.EksConnector;
import io.gradus.integrations.aws.job.JobConnector;
import io.gradus.integrations.aws.job.JobDesk;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.lambda.LambdaEndpoints;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.connection.CallableConnections;
import io.gradus.service.job.JobWatch;
import io.gradus.service.job.StoredJobs;
import io.gradus.store.Database;
import io.gradus.store.Tenants;
import io.gradus.store.engine.JobRows;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/// What reaches AWS, or what speaks its APIs.
@Configuration(proxyBeanMethods = false)
class AwsConfiguration {
  @Bean
  AwsSettings awsSettings(ConfigurableEnvironment environment) {
    return AwsSettings.from(environment);
  }

  @Bean
  ConfiguredTenant configuredTenant(BootstrapSettings bootstrap, Tenants tenants) {
    return new ConfiguredTenant(bootstrap.account(), tenants);
  }

  @Bean
  AwsConnections awsConnections(
      CallableConnections connections,
      AwsSettings aws,
      ServerSettings server,
      ConfiguredTenant first) {
    return connections.aws(new FirstTenantsAws(aws, server.region(), first));
  }

  @Bean
  LambdaEndpoints lambdaEndpoints(AwsCalls calls, AwsConnections connections) {
    return new AwsLambda(calls, connections);
  }

  /// Knows every client of the AWS SDK that is there.
  record SdkClients(ClassLoader loader) {}

  @Bean
  SdkClients sdkClients(ServerSettings server) {
    return new SdkClients(SdkJars.loader(server.dataDir().resolve("aws-sdk")));
  }

  @Bean
  AwsCatalog awsCatalog(SdkClients clients) {
    return new AwsCatalog(clients.loader());
  }

  @Bean(destroyMethod = "close")
  AwsCalls awsCalls(
      AwsConnections connections,
      SdkClients clients,
      EgressClient tenantsEgress,
      EgressClient operatorsEgress,
      WorkMeters meters) {
    return new AwsCalls(
        connections, clients.loader(), tenantsEgress, operatorsEgress, meters.aws());
  }

  @Bean
  AwsConnector awsConnector(AwsCalls calls) {
    return new AwsConnector(calls);
  }

  @Bean
  JobRows jobRows(Database database) {
    return new JobRows(database.engine());
  }

  @Bean
  JobDesk jobDesk(AwsCalls calls, EgressClient tenantsEgress, WorkMeters meters) {
    return new JobDesk(new AwsJobs(calls, tenantsEgress), meters.jobs());
  }

  @Bean
  EksConnector eksConnector(AwsCalls calls, EgressClient tenantsEgress) {
    return new EksConnector(calls, tenantsEgress);
  }

  @Bean
  JobConnector jobConnector(AwsConnector aws, EksConnector eks, JobRows rows, JobDesk desk) {
    return new JobConnector(new Connectors(List.of(eks, aws)), new StoredJobs(rows), desk);
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnRole(Role.ENGINE)
  JobWatch jobWatch(JobRows rows, JobDesk desk, ObjectProvider<ExecutionGateway> gateway) {
    return new JobWatch(rows, desk, gateway::getObject);
  }
}
