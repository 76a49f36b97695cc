package io.gradus.app.node;

import io.gradus.app.settings.AwsSettings;
import io.gradus.engine.TenantId;
import io.gradus.integrations.lambda.LambdaEndpoint;
import io.gradus.integrations.lambda.LambdaEndpoints;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Lambda endpoint that the operator set for the first tenant; the others have none.
final class FirstTenantsLambda implements LambdaEndpoints {
  private final @Nullable LambdaEndpoint endpoint;
  private final ConfiguredTenant first;

  FirstTenantsLambda(AwsSettings aws, String region, ConfiguredTenant first) {
    this.endpoint = endpoint(aws, region);
    this.first = first;
  }

  @Override
  public Optional<LambdaEndpoint> find(TenantId tenant) {
    return endpoint != null && first.is(tenant) ? Optional.of(endpoint) : Optional.empty();
  }

  private static @Nullable LambdaEndpoint endpoint(AwsSettings aws, String serversRegion) {
    String id = aws.accessKeyId();
    String secret = aws.secretAccessKey();
    LambdaEndpoint.Credentials credentials =
        id == null || secret == null ? null : new LambdaEndpoint.Credentials(id, secret);
    String region = aws.region() == null ? serversRegion : aws.region();
    URI uri = aws.endpointUrls().getOrDefault("lambda", aws.endpointUrl());
    if (uri == null && credentials != null) {
      uri = URI.create("https://lambda." + region + ".amazonaws.com");
    }
    return uri == null ? null : new LambdaEndpoint(uri, region, credentials);
  }
}
