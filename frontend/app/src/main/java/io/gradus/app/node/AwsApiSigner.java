package io.gradus.app.node;

import io.gradus.engine.port.TaskInvocation;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsCalls.Signing;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.http.ApiGatewayConnector.ApiSigner;
import io.gradus.integrations.http.ApiGatewayConnector.Unsigned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs requests for API Gateway with the keys of the tenant's AWS connection.
final class AwsApiSigner implements ApiSigner {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// What the transport writes itself.
  private static final Set<String> TRANSPORTS = Set.of("host", "content-length");

  private final AwsCalls calls;

  AwsApiSigner(AwsCalls calls) {
    this.calls = calls;
  }

  @Override
  public List<Field> sign(TaskInvocation invocation, EgressRequest request, @Nullable String role)
      throws Unsigned {
    Signing signing;
    try {
      signing =
          calls
              .signing(invocation.execution().tenant(), role, PATIENCE)
              .orElseThrow(
                  () -> new Unsigned("This tenant has no AWS connection to sign the request by"));
    } catch (SdkException e) {
      throw new Unsigned("The role of this call could not be assumed: " + e.getMessage());
    }
    AwsConnection.Keys keys = signing.keys();
    if (keys == null) {
      throw new Unsigned("The AWS connection has no keys to sign the request with");
    }
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .uri(request.uri());
    request.headers().forEach(field -> unsigned.appendHeader(field.name(), field.value()));
    byte[] body = request.body();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(identity(keys))
                        .request(unsigned.build())
                        .payload(
                            ContentStreamProvider.fromByteArray(body == null ? new byte[0] : body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signing.connection().region()))
            .request();
    List<Field> fields = new ArrayList<>();
    signed.forEachHeader(
        (name, values) -> {
          if (!TRANSPORTS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> fields.add(new Field(name, value)));
          }
        });
    return fields;
  }

  private static AwsCredentialsIdentity identity(AwsConnection.Keys keys) {
    return keys.sessionToken() == null
        ? AwsCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey())
        : AwsSessionCredentialsIdentity.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }
}
