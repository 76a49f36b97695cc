package io.gradus.integrations.aws;

import io.gradus.integrations.egress.EgressUri;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a tenant's AWS services are, and who it is there.
///
/// @param id another one whenever anything else here changes: clients are kept by it
/// @param endpoint for every service; null for AWS's own
/// @param endpoints by service, as in a resource ARN (`dynamodb`, `s3`); go before `endpoint`
/// @param keys null where requests go unsigned
/// @param roleArn assumed with the keys; null for none
/// @param operators whether the operator configured it: its endpoints need no leave of the egress
///   policy
public record AwsConnection(
    String id,
    String region,
    @Nullable URI endpoint,
    Map<String, URI> endpoints,
    @Nullable Keys keys,
    @Nullable String roleArn,
    boolean operators) {
  /// Copies.
  ///
  /// @throws IllegalArgumentException with a sentence for the user, if an endpoint is no http or
  ///   https URL
  public AwsConnection {
    endpoints = Map.copyOf(endpoints);
    if (endpoint != null) {
      EgressUri.parse(endpoint.toString());
    }
    endpoints.values().forEach(each -> EgressUri.parse(each.toString()));
  }

  /// An access key.
  ///
  /// @param sessionToken null for a key that lasts
  public record Keys(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
    @Override
    public String toString() {
      return "Keys[" + accessKeyId + "]";
    }
  }

  /// Where the service is; null for AWS's own.
  public @Nullable URI endpointOf(String service) {
    return endpoints.getOrDefault(service, endpoint);
  }
}
