package io.gradus.api.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The `Authorization` header of a signed request, taken apart.
///
/// @param keyId the access key's id
/// @param date the scope's day, `yyyyMMdd`
/// @param region the scope's region
/// @param service the scope's service
/// @param terminator the scope's last part, rightly `aws4_request`
/// @param signedHeaders the names of the signed headers, in the order given
/// @param signature the signature, rightly 64 lower-case hexadecimal digits
record Authorization(
    String keyId,
    String date,
    String region,
    String service,
    String terminator,
    List<String> signedHeaders,
    String signature) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /// Longer than any honest header, short enough that parsing one costs nothing.
  private static final int MAX_LENGTH = 8_192;

  private static final int MAX_SIGNED_HEADERS = 128;
  private static final int CREDENTIAL_PARTS = 5;

  /// Thrown while a header is being read; the message is AWS's sentence.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /// Reads a header's value.
  ///
  /// @throws Malformed where a part is missing or does not have its form
  static Authorization parse(String header, boolean dated) throws Malformed {
    if (header.length() > MAX_LENGTH || !header.startsWith(ALGORITHM)) {
      throw new Malformed("Unsupported AWS 'algorithm': '" + algorithmOf(header) + "'.");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
      String pair = part.strip();
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      if (equals < 0) {
        throw new Malformed(
            "'%s' not a valid key=value pair (missing equal-sign) in Authorization header: '%s'."
                .formatted(hashed(pair), hashed(header)));
      }
      parts.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    List<String> missing = new ArrayList<>();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        missing.add("Authorization header requires '" + name + "' parameter.");
      }
    }
    if (!dated) {
      missing.add(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    if (!missing.isEmpty()) {
      throw new Malformed(
          String.join(" ", missing)
              + " (Hashed with SHA-256 and encoded with Base64) Authorization="
              + hashed(header));
    }
    return of(parts);
  }

  private static Authorization of(Map<String, String> parts) throws Malformed {
    String credential = parts.getOrDefault("Credential", "");
    String[] scope = credential.split("/", -1);
    if (scope.length != CREDENTIAL_PARTS) {
      throw new Malformed(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got (Hashed with SHA-256 and encoded with Base64) "
              + hashed(credential));
    }
    List<String> names = List.of(parts.getOrDefault("SignedHeaders", "").split(";", -1));
    if (names.size() > MAX_SIGNED_HEADERS) {
      throw new Malformed("Authorization header names too many signed headers.");
    }
    return new Authorization(
        scope[0],
        scope[1],
        scope[2],
        scope[3],
        scope[4],
        names,
        parts.getOrDefault("Signature", ""));
  }

  /// The scope as it stands in the string to sign.
  String scope() {
    return date + "/" + region + "/" + service + "/" + terminator;
  }

  private static String algorithmOf(String header) {
    int space = header.indexOf(' ');
    String algorithm = space < 0 ? "" : header.substring(0, space);
    // What is echoed is a short word of the expected kind, or nothing: never a stray credential.
    return algorithm.matches("AWS4-[A-Z0-9-]{1,32}") ? algorithm : "";
  }

  private static String hashed(String text) {
    MessageDigest digest = Digests.sha256();
    return Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
