package io.gradus.integrations.lambda;

import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Requests of the AWS Invoke API.
final class InvokeApi {
  private InvokeApi() {}

  /// @param now the time to sign for
  static EgressRequest request(
      LambdaEndpoint endpoint,
      InvokeRequest request,
      Duration timeout,
      int maxAnswerBytes,
      Instant now) {
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
      headers = SigV4.signed(uri, headers, request.payload(), endpoint.region(), credentials, now);
    }
    return new EgressRequest(
        "POST", uri, headers, request.payload(), timeout, maxAnswerBytes, true);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
