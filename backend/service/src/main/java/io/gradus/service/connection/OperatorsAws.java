package io.gradus.service.connection;

import io.gradus.integrations.aws.AwsConnection;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The AWS connection that the operator set for a tenant, as the tenant sees it: without its
/// secrets.
///
/// @param endpoint for every service; null for AWS's own
/// @param endpoints by service; go before `endpoint`
/// @param accessKeyId null where requests go unsigned
public record OperatorsAws(
    String region,
    @Nullable String endpoint,
    Map<String, String> endpoints,
    @Nullable String accessKeyId) {
  static OperatorsAws of(AwsConnection connection) {
    URI endpoint = connection.endpoint();
    AwsConnection.Keys keys = connection.keys();
    return new OperatorsAws(
        connection.region(),
        endpoint == null ? null : endpoint.toString(),
        connection.endpoints().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    one -> one.getValue().toString(),
                    (a, _) -> a,
                    TreeMap::new)),
        keys == null ? null : keys.accessKeyId());
  }
}
