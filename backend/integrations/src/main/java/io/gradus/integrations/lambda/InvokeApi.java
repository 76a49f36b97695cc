package io.gradus.integrations.lambda;

import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Requests of the AWS Invoke API.
final class InvokeApi {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private InvokeApi() {}

  static EgressRequest request(
      LambdaEndpoint endpoint, InvokeRequest request, Duration timeout, int maxAnswerBytes) {
    String base = endpoint.uri().toString();
    String qualifier = request.qualifier();
    URI uri =
        URI.create(
            (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/2015-03-31/functions/"
                + encoded(request.function().unqualified())
                + "/invocations"
                + (qualifier == null ? "" : "?Qualifier=" + encoded(qualifier)));
    List<Field> headers = request.headers();
    LambdaEndpoint.Credentials credentials = endpoint.credentials();
    if (credentials != null) {
      headers = signed(uri, headers, request.payload(), endpoint.region(), credentials);
    }
    return new EgressRequest(
        "POST", uri, headers, request.payload(), timeout, maxAnswerBytes, true);
  }

  private static List<Field> signed(
      URI uri,
      List<Field> headers,
      byte[] payload,
      String region,
      LambdaEndpoint.Credentials credentials) {
    SdkHttpRequest.Builder plain = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri);
    headers.forEach(field -> plain.appendHeader(field.name(), field.value()));
    SdkHttpRequest signed =
        SIGNER
            .sign(
                sign ->
                    sign.identity(
                            AwsCredentialsIdentity.create(
                                credentials.accessKeyId(), credentials.secretAccessKey()))
                        .request(plain.build())
                        .payload(ContentStreamProvider.fromByteArrayUnsafe(payload))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
            .request();
    var fields = new ArrayList<Field>();
    signed.forEachHeader(
        (name, values) -> {
          // The transport writes Host itself, from the same URI.
          if (!name.equalsIgnoreCase("Host")) {
            values.forEach(value -> fields.add(new Field(name, value)));
          }
        });
    return fields;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
