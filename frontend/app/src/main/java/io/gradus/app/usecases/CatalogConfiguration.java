package io.gradus.app.usecases;

import io.gradus.engine.port.Connector;
import io.gradus.integrations.aws.AwsCatalog;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.service.catalog.IntegrationCatalog;
import io.gradus.service.connection.CallableConnections;
import io.gradus.service.connection.ConnectionKind;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The catalogue of what a Task can call here.
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
  @Bean
  IntegrationCatalog integrationCatalog(
      AwsCatalog aws,
      List<Connector> connectors,
      CallableConnections connections,
      AwsConnections awsConnections) {
    return new IntegrationCatalog(
        aws,
        resource -> connectors.stream().anyMatch(connector -> connector.handles(resource)),
        (tenant, kind) ->
            kind == ConnectionKind.AWS
                ? awsConnections.find(tenant).isPresent()
                : connections.has(tenant, kind));
  }
}
