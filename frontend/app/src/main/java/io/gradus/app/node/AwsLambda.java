package io.gradus.app.node;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsCalls.Signing;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.lambda.LambdaEndpoint;
import io.gradus.integrations.lambda.LambdaEndpoint.Credentials;
import io.gradus.integrations.lambda.LambdaEndpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// The Invoke API behind a tenant's AWS connection: functions are called too often to go through
/// the SDK.
final class AwsLambda implements LambdaEndpoints {
  private static final String LAMBDA = "lambda";
  private static final String STS = "sts";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AwsCalls calls;
  private final AwsConnections connections;

  /// @param connections of `calls`
  AwsLambda(AwsCalls calls, AwsConnections connections) {
    this.calls = calls;
    this.connections = connections;
  }

  @Override
  public Optional<LambdaEndpoint> find(TenantId tenant, @Nullable String role) throws Unassumed {
    Optional<AwsConnection> own = connections.find(tenant);
    // A stand-in for Lambda alone knows no roles, and AWS does not know the stand-in's.
    boolean standIn =
        own.filter(c -> c.endpointOf(LAMBDA) != null && c.endpointOf(STS) == null).isPresent();
    try {
      return calls.signing(tenant, standIn ? null : role, PATIENCE).flatMap(AwsLambda::endpoint);
    } catch (AwsServiceException e) {
      throw new Unassumed(
          "The role of this call could not be assumed: " + e.getMessage(), AwsCalls.isPassing(e));
    } catch (SdkException e) {
      throw new Unassumed("Unable to execute HTTP request: " + e.getMessage(), true);
    }
  }

  /// Empty where neither an endpoint nor a key says that there are functions.
  private static Optional<LambdaEndpoint> endpoint(Signing signing) {
    AwsConnection connection = signing.connection();
    AwsConnection.Keys keys = signing.keys();
    URI uri = connection.endpointOf(LAMBDA);
    if (uri == null && keys == null) {
      return Optional.empty();
    }
    return Optional.of(
        new LambdaEndpoint(
            uri == null
                ? URI.create("https://lambda." + connection.region() + ".amazonaws.com")
                : uri,
            connection.region(),
            keys == null
                ? null
                : new Credentials(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()),
            connection.operators()));
  }
}
