package io.gradus.api.sigv4;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs requests with the AWS SDK, for tests that send them by another client.
public final class RequestSigner {
  private RequestSigner() {}

  /// The headers to send, but `host`, which the client writes itself.
  public static Map<String, String> sign(
      String keyId,
      String secret,
      String method,
      URI uri,
      Map<String, String> headers,
      byte[] body) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    headers.forEach(request::putHeader);
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                b ->
                    b.identity(AwsCredentialsIdentity.create(keyId, secret))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
    Map<String, String> all = new LinkedHashMap<>();
    signed.request().forEachHeader((name, values) -> all.put(name, String.join(",", values)));
    all.remove("host");
    all.remove("Host");
    all.remove("Content-Length");
    return all;
  }
}
