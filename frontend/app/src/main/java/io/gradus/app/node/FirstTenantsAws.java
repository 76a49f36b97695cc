package io.gradus.app.node;

import io.gradus.app.settings.AwsSettings;
import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.aws.AwsConnections;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The AWS connection that the operator set for the first tenant, for as long as that has none of
/// its own.
final class FirstTenantsAws implements AwsConnections {
  private final @Nullable AwsConnection connection;
  private final ConfiguredTenant first;

  FirstTenantsAws(AwsSettings aws, String region, ConfiguredTenant first) {
    this.connection = connection(aws, region);
    this.first = first;
  }

  @Override
  public Optional<AwsConnection> find(TenantId tenant) {
    return connection != null && first.is(tenant) ? Optional.of(connection) : Optional.empty();
  }

  private static @Nullable AwsConnection connection(AwsSettings aws, String serversRegion) {
    String id = aws.accessKeyId();
    String secret = aws.secretAccessKey();
    AwsConnection.Keys keys =
        id == null || secret == null ? null : new AwsConnection.Keys(id, secret, null);
    if (keys == null && aws.endpointUrl() == null && aws.endpointUrls().isEmpty()) {
      return null;
    }
    Map<String, URI> endpoints = new HashMap<>();
    aws.endpointUrls().forEach((service, uri) -> endpoints.put(sdkName(service), uri));
    return new AwsConnection(
        "settings",
        aws.region() == null ? serversRegion : aws.region(),
        aws.endpointUrl(),
        endpoints,
        keys,
        null,
        true);
  }

  /// AWS's own settings write `SECRETS_MANAGER` and `EVENTBRIDGE`, where the SDK's packages have no
  /// dashes; the resource ARN of the latter says `events`.
  private static String sdkName(String service) {
    String plain = service.replace("-", "");
    return plain.equals("events") ? "eventbridge" : plain;
  }
}
