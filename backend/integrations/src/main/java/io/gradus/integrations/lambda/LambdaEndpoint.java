package io.gradus.integrations.lambda;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a tenant's AWS Invoke API is.
///
/// @param uri without the API's path
/// @param credentials null where requests go unsigned
public record LambdaEndpoint(URI uri, String region, @Nullable Credentials credentials) {
  /// The AWS access key that signs requests.
  public record Credentials(String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }
}
