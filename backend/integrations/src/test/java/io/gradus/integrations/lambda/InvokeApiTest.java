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
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class InvokeApiTest {
  @Test
  void whatIsSentIsWhatWasSigned() {
    var endpoint =
        new LambdaEndpoint(
            URI.create("http://localhost:4566"), "us-east-1", new Credentials("AKID", "secret"));
    InvokeRequest invoke =
        InvokeRequest.of(
            new Resource("arn:aws:states:::lambda:invoke"),
            Payload.ofText(
                "{\"FunctionName\":\"f:1\",\"Payload\":{\"x\":1},\"LogType\":\"Tail\"}"));

    EgressRequest sent = InvokeApi.request(endpoint, invoke, Duration.ofSeconds(1), 10);

    Map<String, String> headers =
        sent.headers().stream()
            .collect(
                Collectors.toMap(field -> field.name().toLowerCase(Locale.ROOT), Field::value));
    assertThat(signatureOf(sent, headers)).isEqualTo(headers.get("authorization"));
  }

  /// What a verifier that has only the sent request computes.
  private static String signatureOf(EgressRequest sent, Map<String, String> headers) {
    Instant date =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX", Locale.ROOT)
            .parse(headers.getOrDefault("x-amz-date", ""), Instant::from);
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
                sign.identity(AwsCredentialsIdentity.create("AKID", "secret"))
                    .request(request.build())
                    .payload(ContentStreamProvider.fromUtf8String("{\"x\":1}"))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(date, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }
}
