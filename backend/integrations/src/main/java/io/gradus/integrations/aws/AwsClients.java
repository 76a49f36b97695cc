package io.gradus.integrations.aws;

import io.gradus.integrations.egress.EgressClient;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/// Clients of services, each made once for a connection and a role and kept while it is used.
final class AwsClients implements AutoCloseable {
  /// A client takes some tens of kilobytes.
  private static final int MAX_KEPT = 500;

  /// As short as STS allows, so that a role that is taken away is soon gone.
  private static final int ROLE_SECONDS = 900;

  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private final EgressClient tenantsEgress;
  private final EgressClient operatorsEgress;

  // Neither is closed when it goes: a call may be under way, and there is nothing behind to be
  // freed.
  private final Map<Key, SdkClient> clients = new Latest<>();
  private final Map<Session, AwsCredentialsProvider> sessions = new Latest<>();

  /// Keeps what was used last.
  private static final class Latest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MAX_KEPT;
    }
  }

  private record Session(String connection, @Nullable String role) {}

  private record Key(String connection, @Nullable String role, String service) {}

  /// @param tenantsEgress for what tenants configure
  /// @param operatorsEgress for what the operator configures
  AwsClients(EgressClient tenantsEgress, EgressClient operatorsEgress) {
    this.tenantsEgress = tenantsEgress;
    this.operatorsEgress = operatorsEgress;
  }

  /// The keys to sign with now; null where requests go unsigned.
  AwsConnection.@Nullable Keys keys(AwsConnection connection, @Nullable String role) {
    if (connection.keys() == null && connection.roleArn() == null && role == null) {
      return null;
    }
    AwsCredentials now = credentials(connection, role).resolveCredentials();
    return new AwsConnection.Keys(
        now.accessKeyId(),
        now.secretAccessKey(),
        now instanceof AwsSessionCredentials session ? session.sessionToken() : null);
  }

  /// The ARN of who a connection is.
  String identity(AwsConnection connection) {
    var builder = StsClient.builder();
    configure(builder, connection, StsClient.SERVICE_NAME);
    try (StsClient sts = builder.credentialsProvider(credentials(connection, null)).build()) {
      return sts.getCallerIdentity().arn();
    }
  }

  /// @param role assumed for this call; null for the connection's own
  SdkClient find(AwsConnection connection, @Nullable String role, AwsService service) {
    Key key = new Key(connection.id(), role, service.name());
    synchronized (clients) {
      SdkClient known = clients.get(key);
      if (known == null) {
        known = make(connection, role, service);
        clients.put(key, known);
      }
      return known;
    }
  }

  private SdkClient make(AwsConnection connection, @Nullable String role, AwsService service) {
    AwsClientBuilder<?, ?> builder = builder(service.client());
    configure(builder, connection, service.name());
    builder.credentialsProvider(credentials(connection, role));
    return (SdkClient) builder.build();
  }

  private void configure(AwsClientBuilder<?, ?> builder, AwsConnection connection, String service) {
    builder.region(Region.of(connection.region()));
    // The state machine retries. What the server's user keeps for the AWS tools is not for tenants.
    builder.overrideConfiguration(
        options ->
            options.retryStrategy(AwsRetryStrategy.doNotRetry()).defaultProfileFile(NO_PROFILES));
    ((AwsSyncClientBuilder<?, ?>) builder)
        .httpClient(new EgressHttpClient(connection.operators() ? operatorsEgress : tenantsEgress));
    if (builder instanceof S3ClientBuilder s3) {
      // What is sent is in memory anyway, and not everything that speaks S3's API reads chunks.
      s3.serviceConfiguration(options -> options.chunkedEncodingEnabled(false));
    }
    URI endpoint = connection.endpointOf(service);
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
      pathStyle(builder);
    }
  }

  /// Only AWS's own names resolve with a bucket in front of them.
  private static void pathStyle(AwsClientBuilder<?, ?> builder) {
    for (Method method : builder.getClass().getMethods()) {
      if (method.getName().equals("forcePathStyle") && method.getParameterCount() == 1) {
        try {
          method.setAccessible(true);
          method.invoke(builder, true);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("expected to set " + method, e);
        }
        return;
      }
    }
  }

  /// Kept, so that a role is assumed once for all services.
  private AwsCredentialsProvider credentials(AwsConnection connection, @Nullable String role) {
    synchronized (sessions) {
      return sessions.computeIfAbsent(
          new Session(connection.id(), role), _ -> newCredentials(connection, role));
    }
  }

  private AwsCredentialsProvider newCredentials(AwsConnection connection, @Nullable String role) {
    AwsCredentialsProvider own = keys(connection.keys());
    AwsCredentialsProvider connections =
        connection.roleArn() == null ? own : assumed(connection, own, connection.roleArn());
    return role == null ? connections : assumed(connection, connections, role);
  }

  private static AwsCredentialsProvider keys(AwsConnection.@Nullable Keys keys) {
    if (keys == null) {
      return AnonymousCredentialsProvider.create();
    }
    return StaticCredentialsProvider.create(
        keys.sessionToken() == null
            ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
            : AwsSessionCredentials.create(
                keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
  }

  private AwsCredentialsProvider assumed(
      AwsConnection connection, AwsCredentialsProvider by, String role) {
    var builder = StsClient.builder();
    configure(builder, connection, StsClient.SERVICE_NAME);
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(builder.credentialsProvider(by).build())
        .refreshRequest(
            request ->
                request.roleArn(role).roleSessionName("gradus").durationSeconds(ROLE_SECONDS))
        .build();
  }

  private static AwsClientBuilder<?, ?> builder(Class<?> client) {
    try {
      return (AwsClientBuilder<?, ?>) client.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected a builder of " + client.getName(), e);
    }
  }

  @Override
  public void close() {
    synchronized (clients) {
      clients.values().forEach(SdkClient::close);
      clients.clear();
    }
  }
}
