package io.gradus.integrations.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.lambda.LambdaEndpoint.Credentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class InvokeApiTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http://localhost:4566|us-east-1|{\"FunctionName\":\"f\"}|2026-01-01T00:00:00Z",
        "http://localhost:4566/|us-east-1|{\"FunctionName\":\"f:1\",\"LogType\":\"Tail\"}|2026-01-01T23:59:59Z",
        "https://lambda.eu-west-1.amazonaws.com|eu-west-1|{\"FunctionName\":\"f_1-x:$LATEST\"}|2026-12-31T00:00:00Z",
        "http://127.0.0.1:8080/base|us-east-1|{\"FunctionName\":\"arn:aws:lambda:us-east-1:111111111111:function:f:PROD\",\"ClientContext\":\"e30=\"}|2026-06-01T12:00:00Z",
        "http://[::1]:9000|ap-south-1|{\"FunctionName\":\"111111111111:function:f\",\"InvocationType\":\"Event\"}|2027-01-01T00:00:00Z"
      })
  void aRequestIsSignedAsTheSdkWouldSignIt(
      String endpoint, String region, String parameters, Instant now) {
    var credentials = new Credentials("AKIDEXAMPLE", "s3cr/et+key", null);
    InvokeRequest invoke =
        InvokeRequest.of(
            new Resource("arn:aws:states:::lambda:invoke"),
            Payload.ofText(parameters.replaceFirst("}$", ",\"Payload\":{\"x\":\"é\"}}")));

    EgressRequest sent =
        InvokeApi.request(
            new LambdaEndpoint(URI.create(endpoint), region, credentials, true),
            invoke,
            Duration.ofSeconds(1),
            10,
            now);

    Map<String, String> headers =
        sent.headers().stream()
            .collect(
                Collectors.toMap(field -> field.name().toLowerCase(Locale.ROOT), Field::value));
    assertThat(headers.get("authorization"))
        .isEqualTo(sdkAuthorization(sent, headers, region, now));
  }

  private static String sdkAuthorization(
      EgressRequest sent, Map<String, String> headers, String region, Instant now) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(sent.uri());
    headers.forEach(
        (name, value) -> {
          if (!name.equals("authorization")) {
            request.putHeader(name, value);
          }
        });
    return AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(AwsCredentialsIdentity.create("AKIDEXAMPLE", "s3cr/et+key"))
                    .request(request.build())
                    .payload(ContentStreamProvider.fromUtf8String("{\"x\":\"é\"}"))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }
}
