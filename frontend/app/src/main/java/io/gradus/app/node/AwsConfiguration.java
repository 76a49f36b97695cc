package io.gradus.app.node;

import io.gradus.app.settings.AwsSettings;
import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.aws.AwsConnector;
import io.gradus.integrations.aws.AwsJobs;
import io.gradus.integrations.aws.job.JobConnector;
import io.gradus.integrations.aws.job.JobDesk;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.lambda.LambdaEndpoints;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.job.JobWatch;
import io.gradus.service.job.StoredJobs;
import io.gradus.store.Database;
import io.gradus.store.Tenants;
import io.gradus.store.engine.JobRows;
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
  LambdaEndpoints lambdaEndpoints(AwsSettings aws, ServerSettings server, ConfiguredTenant first) {
    return new FirstTenantsLambda(aws, server.region(), first);
  }

  @Bean
  AwsConnections awsConnections(AwsSettings aws, ServerSettings server, ConfiguredTenant first) {
    return new FirstTenantsAws(aws, server.region(), first);
  }

  @Bean(destroyMethod = "close")
  AwsCalls awsCalls(
      AwsConnections connections,
      ServerSettings server,
      EgressClient tenantsEgress,
      EgressClient operatorsEgress) {
    return new AwsCalls(
        connections,
        SdkJars.loader(server.dataDir().resolve("aws-sdk")),
        tenantsEgress,
        operatorsEgress);
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
  JobDesk jobDesk(AwsCalls calls) {
    return new JobDesk(new AwsJobs(calls));
  }

  @Bean
  JobConnector jobConnector(AwsConnector aws, JobRows rows, JobDesk desk) {
    return new JobConnector(aws, new StoredJobs(rows), desk);
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnRole(Role.ENGINE)
  JobWatch jobWatch(JobRows rows, JobDesk desk, ObjectProvider<ExecutionGateway> gateway) {
    return new JobWatch(rows, desk, gateway::getObject);
  }
}
