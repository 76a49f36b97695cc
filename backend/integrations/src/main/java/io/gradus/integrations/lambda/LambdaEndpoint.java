package io.gradus.integrations.lambda;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a tenant's AWS Invoke API is.
///
/// @param uri without the API's path
/// @param credentials null where requests go unsigned
/// @param operators whether the operator configured it, so that it needs no leave of the egress
///   policy
public record LambdaEndpoint(
    URI uri, String region, @Nullable Credentials credentials, boolean operators) {
  /// The AWS access key that signs requests.
  ///
  /// @param sessionToken null for a key that lasts
  public record Credentials(
      String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }
}
