package io.gradus.integrations.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// The bearer tokens of EKS clusters: a signed URL of STS that tells who signed it, and that is
/// good for a minute and for one cluster.
final class ClusterToken {
  private static final String PREFIX = "k8s-aws-v1.";
  private static final String CLUSTER = "x-k8s-aws-id";
  private static final Duration GOOD_FOR = Duration.ofSeconds(60);

  private ClusterToken() {}

  static String of(AwsConnection connection, AwsConnection.Keys keys, String cluster) {
    URI sts = connection.endpointOf("sts");
    String region = connection.region();
    SdkHttpRequest asked =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(sts != null ? sts : URI.create("https://sts." + region + ".amazonaws.com/"))
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader(CLUSTER, cluster)
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(identity(keys))
                        .request(asked)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, GOOD_FOR))
            .request();
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(signed.getUri().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static AwsCredentialsIdentity identity(AwsConnection.Keys keys) {
    return keys.sessionToken() == null
        ? AwsCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey())
        : AwsSessionCredentialsIdentity.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }
}
