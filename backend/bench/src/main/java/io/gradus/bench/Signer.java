package io.gradus.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs calls by Signature Version 4 (AWS, "Signature Version 4 signing process"), with the key of
/// the day derived once.
final class Signer {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String SIGNED = "host;x-amz-date;x-amz-target";

  private final String host;
  private final String accessKey;
  private final String secret;
  private String day = "";
  private byte[] key = {};

  Signer(String host, String accessKey, String secret) {
    this.host = host;
    this.accessKey = accessKey;
    this.secret = secret;
  }

  /// The head of the request, to the empty line.
  String head(String target, byte[] body) {
    String stamp = STAMP.format(Instant.now());
    String today = stamp.substring(0, 8);
    String scope = today + "/us-east-1/states/aws4_request";
    if (!today.equals(day)) {
      byte[] derived = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), today);
      for (String part : new String[] {"us-east-1", "states", "aws4_request"}) {
        derived = hmac(derived, part);
      }
      key = derived;
      day = today;
    }
    String canonical =
        "POST\n/\n\nhost:"
            + host
            + "\nx-amz-date:"
            + stamp
            + "\nx-amz-target:"
            + target
            + "\n\n"
            + SIGNED
            + "\n"
            + sha256(body);
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + stamp
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.getBytes(StandardCharsets.UTF_8));
    String signature = HexFormat.of().formatHex(hmac(key, toSign));
    return "POST / HTTP/1.1\r\nHost: "
        + host
        + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: "
        + stamp
        + "\r\nX-Amz-Target: "
        + target
        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
        + accessKey
        + "/"
        + scope
        + ", SignedHeaders="
        + SIGNED
        + ", Signature="
        + signature
        + "\r\nContent-Length: "
        + body.length
        + "\r\n\r\n";
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HmacSHA256 in every JDK", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected SHA-256 in every JDK", e);
    }
  }
}
