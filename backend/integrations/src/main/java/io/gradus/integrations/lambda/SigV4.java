package io.gradus.integrations.lambda;

import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.lambda.LambdaEndpoint.Credentials;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests with AWS Signature Version 4. The SDK's signer takes five times as long as the
/// whole call besides, so it is only the tests' oracle; what helps here is that the key of the day
/// is derived once.
final class SigV4 {
  private static final String SERVICE = "lambda";
  private static final String HMAC = "HmacSHA256";
  private static final int MAX_KEYS = 1_000;
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private record KeyOfDay(Credentials credentials, String region, String day) {}

  private static final ConcurrentHashMap<KeyOfDay, SecretKeySpec> KEYS = new ConcurrentHashMap<>();

  private SigV4() {}

  /// The fields with those of the signature added.
  ///
  /// @param uri its path and query already encoded, the query with at most one parameter
  static List<Field> signed(
      URI uri,
      List<Field> fields,
      byte[] body,
      String region,
      Credentials credentials,
      Instant now) {
    String dateTime = DATE_TIME.format(now);
    String day = dateTime.substring(0, 8);
    String bodyHash = hex(sha256(body));
    var all = new ArrayList<>(fields);
    all.add(new Field("X-Amz-Content-Sha256", bodyHash));
    all.add(new Field("X-Amz-Date", dateTime));
    String session = credentials.sessionToken();
    if (session != null) {
      all.add(new Field("X-Amz-Security-Token", session));
    }

    var canonical = new TreeMap<String, String>();
    canonical.put("host", uri.getRawAuthority());
    all.forEach(
        field -> canonical.put(field.name().toLowerCase(Locale.ROOT), field.value().strip()));
    String names = String.join(";", canonical.keySet());
    var request = new StringBuilder("POST\n").append(path(uri)).append('\n');
    request.append(uri.getRawQuery() == null ? "" : uri.getRawQuery()).append('\n');
    canonical.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append('\n').append(bodyHash);

    String scope = day + "/" + region + "/" + SERVICE + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + dateTime
            + "\n"
            + scope
            + "\n"
            + hex(sha256(request.toString().getBytes(StandardCharsets.UTF_8)));
    all.add(
        new Field(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    credentials.accessKeyId(),
                    scope,
                    names,
                    hex(hmac(key(credentials, region, day), toSign)))));
    return all;
  }

  /// Every service but S3 wants the encoded path encoded once more.
  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path.isEmpty()
        ? "/"
        : URLEncoder.encode(path, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~")
            .replace("%2F", "/");
  }

  private static SecretKeySpec key(Credentials credentials, String region, String day) {
    if (KEYS.size() > MAX_KEYS) {
      KEYS.clear();
    }
    return KEYS.computeIfAbsent(
        new KeyOfDay(credentials, region, day),
        _ -> {
          byte[] secret = ("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
          SecretKeySpec key = new SecretKeySpec(secret, HMAC);
          for (String part : List.of(day, region, SERVICE, "aws4_request")) {
            key = new SecretKeySpec(hmac(key, part), HMAC);
          }
          return key;
        });
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("expected every Java to have " + HMAC, e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
