package io.gradus.app.node;

import io.gradus.app.settings.AwsSettings;
import io.gradus.engine.TenantId;
import io.gradus.integrations.lambda.LambdaEndpoint;
import io.gradus.integrations.lambda.LambdaEndpoints;
import io.gradus.store.Tenants;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Lambda endpoint that the operator set for the first tenant; the others have none.
final class FirstTenantsLambda implements LambdaEndpoints {
  private final @Nullable LambdaEndpoint endpoint;
  private final String account;
  private final Tenants tenants;
  private volatile @Nullable TenantId first;

  FirstTenantsLambda(AwsSettings aws, String region, String account, Tenants tenants) {
    this.endpoint = endpoint(aws, region);
    this.account = account;
    this.tenants = tenants;
  }

  @Override
  public Optional<LambdaEndpoint> find(TenantId tenant) {
    return endpoint != null && tenant.equals(first()) ? Optional.of(endpoint) : Optional.empty();
  }

  private @Nullable TenantId first() {
    if (first == null) {
      first = tenants.findByAccount(account).map(Tenants.Tenant::id).orElse(null);
    }
    return first;
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
