package io.gradus.app.api;

import io.gradus.app.RunningGradus;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import io.gradus.store.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One tenant's calls of a running Gradus, signed, as no SDK would send them.
final class SignedCalls {
  static final String REGION = "us-east-1";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final AwsCredentialsIdentity credentials;
  private final String keyId;
  private final String secret;

  /// The tenant's 12 digits.
  final String account;

  private SignedCalls(String address, String account, String keyId, String secret) {
    this.endpoint = URI.create(address);
    this.account = account;
    this.keyId = keyId;
    this.secret = secret;
    this.credentials = AwsCredentialsIdentity.create(keyId, secret);
  }

  /// What came back.
  record Answer(int status, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    /// The error's name without its namespace, `""` for none.
    String error() {
      JsonNode type = json().get("__type");
      return type == null ? "" : type.stringValue().replaceAll(".*#", "");
    }

    String message() {
      JsonNode message = json().get("message");
      return message == null ? "" : message.stringValue();
    }
  }

  /// The calls of a new tenant's administrator.
  static SignedCalls ofNewTenant(RunningGradus gradus) {
    TenantId id = new TenantId(UUID.randomUUID());
    String account = "%012d".formatted(200_000_000_000L + (id.value().hashCode() & 0x7fff_ffff));
    gradus
        .part(Tenants.class)
        .create(new Tenants.Tenant(id, account, "test", true, true, Instant.now()));
    AccessKey.Fresh key =
        gradus
            .part(AccessKeyService.class)
            .create(
                new Caller(id, account, "user/test", Set.of(Role.ADMIN), "test"),
                "test",
                Set.of(Role.ADMIN));
    return new SignedCalls(gradus.address(), account, key.summary().id(), key.secret());
  }

  /// An SDK's client with the same key.
  SfnClient sdk(ExecutionInterceptor... told) {
    return SfnClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
        .overrideConfiguration(
            c -> {
              c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true);
              List.of(told).forEach(c::addExecutionInterceptor);
            })
        .build();
  }

  /// The variables that another program finds this Gradus by.
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", REGION,
        "AWS_ACCESS_KEY_ID", keyId,
        "AWS_SECRET_ACCESS_KEY", secret);
  }

  Answer call(String operation, JsonNode body) {
    return call(operation, JSON.writeValueAsBytes(body));
  }

  Answer call(String operation, byte[] body) {
    return send(
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.resolve("/"))
            .putHeader("content-type", "application/x-amz-json-1.0")
            .putHeader("x-amz-target", "AWSStepFunctions." + operation)
            .build(),
        body);
  }

  /// A call of the management API.
  ///
  /// @param path after `/api/v1`
  Answer manage(String method, String path, String body) {
    return send(
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(endpoint.resolve("/api/v1" + path))
            .putHeader("content-type", "application/json")
            .build(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private Answer send(SdkHttpRequest request, byte[] body) {
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                b ->
                    b.identity(credentials)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION))
            .request();
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(request.getUri())
            .method(request.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    signed.forEachHeader(
        (name, values) -> {
          // The client writes these itself.
          if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
            sent.header(name, String.join(",", values));
          }
        });
    try {
      HttpResponse<byte[]> answer =
          http.send(sent.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
