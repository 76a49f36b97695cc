package io.gradus.example.vod;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A running Gradus, seen from a program: the Step Functions API through the AWS SDK, and the
/// management API for what AWS has no call for, signed with the same key.
public final class Gradus implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final URI endpoint;
  private final String region;
  private final AwsBasicCredentials credentials;
  private final SfnClient stepFunctions;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /// A call of the management API that was answered with an error.
  public static final class CallRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    CallRefused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /// Calls the one there.
  ///
  /// @param region the region that requests are signed for
  public Gradus(URI endpoint, String region, AccessKey key) {
    this.endpoint = endpoint;
    this.region = region;
    this.credentials = AwsBasicCredentials.create(key.id(), key.secret());
    this.stepFunctions = client();
  }

  /// A client of its own, for whoever waits in a call and must be able to break it off.
  SfnClient client() {
    return SfnClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        // A worker's poll takes a minute.
        .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(70)))
        .overrideConfiguration(
            c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }

  @Override
  public void close() {
    stepFunctions.close();
    http.close();
  }

  /// The Step Functions API.
  public SfnClient stepFunctions() {
    return stepFunctions;
  }

  String region() {
    return region;
  }

  /// Registers an HTTP endpoint as the function of this name, or moves it there.
  void registerFunction(String name, URI url) throws CallRefused, IOException {
    ObjectNode body = JSON.createObjectNode().put("url", url.toString()).put("timeoutSeconds", 60);
    manage(SdkHttpMethod.PUT, "/api/v1/functions/" + name, body);
  }

  /// Calls the management API.
  ///
  /// @param path behind `/api/v1`
  JsonNode put(String path, JsonNode body) throws CallRefused, IOException {
    return manage(SdkHttpMethod.PUT, "/api/v1" + path, body);
  }

  /// As [#put].
  JsonNode post(String path) throws CallRefused, IOException {
    return manage(SdkHttpMethod.POST, "/api/v1" + path, JSON.createObjectNode());
  }

  /// As [#put].
  public JsonNode get(String path) throws CallRefused, IOException {
    return manage(SdkHttpMethod.GET, "/api/v1" + path, null);
  }

  /// Creates the state machine, or gives the one of this name the definition.
  ///
  /// @return its ARN
  String putStateMachine(String name, String definition) {
    String role = "arn:aws:iam::000000000000:role/" + name;
    try {
      return stepFunctions
          .createStateMachine(r -> r.name(name).definition(definition).roleArn(role))
          .stateMachineArn();
    } catch (StateMachineAlreadyExistsException e) {
      String arn =
          stepFunctions.listStateMachinesPaginator(_ -> {}).stateMachines().stream()
              .filter(machine -> machine.name().equals(name))
              .map(StateMachineListItem::stateMachineArn)
              .findFirst()
              .orElseThrow(() -> e);
      stepFunctions.updateStateMachine(r -> r.stateMachineArn(arn).definition(definition));
      return arn;
    }
  }

  private JsonNode manage(SdkHttpMethod method, String path, @Nullable JsonNode json)
      throws CallRefused, IOException {
    byte[] body = json == null ? new byte[0] : JSON.writeValueAsBytes(json);
    HttpRequest request = signed(method, endpoint.resolve(path), body);
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for Gradus", e);
    }
    JsonNode answer = parsed(response.body());
    if (response.statusCode() / 100 != 2) {
      String message = answer.path("message").asString(answer.path("Message").asString(""));
      throw new CallRefused(response.statusCode(), "HTTP " + response.statusCode() + " " + message);
    }
    return answer;
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  private HttpRequest signed(SdkHttpMethod method, URI uri, byte[] body) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .method(method)
            .uri(uri)
            .putHeader("Content-Type", "application/json")
            .build();
    SignedRequest signed =
        signer.sign(
            r ->
                r.identity(credentials)
                    .request(plain)
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(method.name(), HttpRequest.BodyPublishers.ofByteArray(body));
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              // The client sets these itself, to the same values.
              String lower = name.toLowerCase(Locale.ROOT);
              if (!lower.equals("host") && !lower.equals("content-length")) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }
}
