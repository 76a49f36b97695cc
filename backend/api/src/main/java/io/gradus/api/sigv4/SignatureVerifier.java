package io.gradus.api.sigv4;

import io.gradus.api.sigv4.Verification.Accepted;
import io.gradus.api.sigv4.Verification.Reason;
import io.gradus.api.sigv4.Verification.Refused;
import io.gradus.service.access.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// Verifies AWS Signature Version 4 in the `Authorization` header.
///
/// The hash is always taken of the body that arrived, so an `UNSIGNED-PAYLOAD` never verifies, over
/// TLS or not. AWS allows a request to be sent again within the window; so do we, and rely on the
/// operations being idempotent. Safe for many threads.
public final class SignatureVerifier {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final int CACHED_KEYS = 10_000;
  private static final int MAX_KEY_ID_LENGTH = 128;
  private static final String TERMINATOR = "aws4_request";
  private static final DateTimeFormatter BASIC_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private static final String MISSING = "Missing Authentication Token";
  private static final String UNRECOGNIZED =
      "The security token included in the request is invalid.";
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private final AccessKeys keys;
  private final String region;
  private final String service;
  private final Clock clock;
  private final DerivedKeys derived = new DerivedKeys(CACHED_KEYS);
  private volatile @Nullable Read lastRead;

  /// A date as it was written, and read.
  private record Read(String date, Instant at) {}

  /// Makes a verifier of requests scoped to one region and service.
  public SignatureVerifier(AccessKeys keys, String region, String service, Clock clock) {
    this.keys = keys;
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  /// Says whether the request is signed as it should be, and by whom. Never throws for anything a
  /// caller can send.
  public Verification verify(SignedRequest request) {
    List<String> headers = request.headers().all("authorization");
    if (headers.isEmpty() || headers.getFirst().isBlank()) {
      return new Refused(Reason.MISSING_AUTHENTICATION_TOKEN, MISSING);
    }
    String date = dateOf(request.headers());
    Authorization authorization;
    try {
      if (headers.size() > 1) {
        throw new Authorization.Malformed("Only one Authorization header is allowed.");
      }
      authorization = Authorization.parse(headers.getFirst().strip(), date != null);
    } catch (Authorization.Malformed e) {
      return new Refused(Reason.INCOMPLETE_SIGNATURE, String.valueOf(e.getMessage()));
    }
    String fault = scopeFault(authorization, date == null ? "" : date);
    if (fault == null) {
      fault = headersFault(request, authorization);
    }
    if (fault != null) {
      return new Refused(Reason.INVALID_SIGNATURE, fault);
    }
    Optional<AccessKey> key = find(authorization.keyId());
    // Temporary credentials are not issued here, so a session token is one we do not know.
    if (key.isEmpty()
        || !key.get().active()
        || !request.headers().all("x-amz-security-token").isEmpty()) {
      return new Refused(Reason.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
    }
    return matches(request, authorization, key.get(), date == null ? "" : date)
        ? new Accepted(key.get())
        : new Refused(Reason.INVALID_SIGNATURE, MISMATCH);
  }

  private Optional<AccessKey> find(String keyId) {
    return keyId.isEmpty() || keyId.length() > MAX_KEY_ID_LENGTH
        ? Optional.empty()
        : keys.find(keyId);
  }

  private boolean matches(
      SignedRequest request, Authorization authorization, AccessKey key, String date) {
    String bodyHash = HEX.formatHex(Digests.sha256().digest(request.body()));
    for (String declared : request.headers().all("x-amz-content-sha256")) {
      if (!declared.strip().equals(bodyHash)) {
        return false;
      }
    }
    String canonical = CanonicalRequest.of(request, authorization.signedHeaders(), bodyHash);
    byte[] canonicalHash = Digests.sha256().digest(canonical.getBytes(StandardCharsets.UTF_8));
    String toSign =
        Authorization.ALGORITHM
            + "\n"
            + date
            + "\n"
            + authorization.scope()
            + "\n"
            + HEX.formatHex(canonicalHash);
    Mac mac = derived.macFor(key, authorization);
    byte[] expected = mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        HEX.formatHex(expected).getBytes(StandardCharsets.US_ASCII),
        authorization.signature().getBytes(StandardCharsets.UTF_8));
  }

  /// The time of signing as it stands in the string to sign, or null where the request names none.
  private static @Nullable String dateOf(SignedRequest.Headers headers) {
    String amzDate = headers.only("x-amz-date");
    if (amzDate != null) {
      return amzDate.strip();
    }
    String httpDate = headers.only("date");
    if (httpDate == null) {
      return null;
    }
    try {
      return BASIC_TIME.format(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate.strip(), Instant::from));
    } catch (DateTimeException e) {
      return httpDate.strip();
    }
  }

  private @Nullable String scopeFault(Authorization authorization, String date) {
    Instant signed;
    try {
      signed = instant(date);
    } catch (DateTimeException e) {
      return "Date must be in ISO-8601 'basic format'. Got '"
          + printable(date)
          + "'. See http://en.wikipedia.org/wiki/ISO_8601";
    }
    List<String> faults = new ArrayList<>();
    if (!authorization.region().equals(region)) {
      faults.add("Credential should be scoped to a valid region. ");
    }
    if (!authorization.service().equals(service)) {
      faults.add("Credential should be scoped to correct service: '" + service + "'. ");
    }
    if (!authorization.terminator().equals(TERMINATOR)) {
      faults.add(
          "Credential should be scoped with a valid terminator: '"
              + TERMINATOR
              + "', not '"
              + printable(authorization.terminator())
              + "'. ");
    }
    if (!date.startsWith(authorization.date()) || authorization.date().length() != 8) {
      faults.add(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'."
                  .formatted(printable(authorization.date()), date.substring(0, 8), date));
    }
    return faults.isEmpty() ? skewFault(signed, date) : String.join("", faults);
  }

  /// Many calls are signed in one second: the last one's date is most often this one's.
  private Instant instant(String date) {
    Read last = lastRead;
    if (last == null || !last.date().equals(date)) {
      last = new Read(date, Instant.from(BASIC_TIME.parse(date)));
      lastRead = last;
    }
    return last.at();
  }

  private @Nullable String skewFault(Instant signed, String date) {
    Instant now = clock.instant();
    if (signed.isBefore(now.minus(SKEW))) {
      return "Signature expired: %s is now earlier than %s (%s - 5 min.)"
          .formatted(date, BASIC_TIME.format(now.minus(SKEW)), BASIC_TIME.format(now));
    }
    if (signed.isAfter(now.plus(SKEW))) {
      return "Signature not yet current: %s is still later than %s (%s + 5 min.)"
          .formatted(date, BASIC_TIME.format(now.plus(SKEW)), BASIC_TIME.format(now));
    }
    return null;
  }

  private static @Nullable String headersFault(SignedRequest request, Authorization authorization) {
    List<String> names = authorization.signedHeaders();
    if (!names.contains("host")) {
      return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    }
    if (!request.headers().all("x-amz-date").isEmpty() && !names.contains("x-amz-date")) {
      return "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.";
    }
    if (!request.headers().all("x-amz-target").isEmpty() && !names.contains("x-amz-target")) {
      // Unsigned, the operation itself could be exchanged on the way.
      return "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.";
    }
    String previous = "";
    for (String name : names) {
      if (name.compareTo(previous) <= 0) {
        return MISMATCH;
      }
      if (request.headers().all(name).isEmpty()) {
        return MISMATCH;
      }
      previous = name;
    }
    return null;
  }

  /// What is echoed of a request: short and without control characters.
  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(64)
        .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return out.toString();
  }
}
