package io.gradus.service.trigger;

import io.gradus.engine.TenantId;
import io.gradus.service.secret.Places;
import io.gradus.service.secret.Seal;
import io.gradus.service.trigger.Trigger.Proof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The secrets of webhooks: made, kept and held against requests.
///
/// Of a key only a digest is kept, under a key that the database never sees. What signatures are
/// checked with must be read again: it is sealed for its own row.
public final class HookSecrets {
  /// How far the moment that was signed may be away.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String HMAC = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int HOOK_BYTES = 16;
  private static final int MAX_HEADER = 512;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),\\s*v1=([0-9a-f]{64})");
  private static final Pattern GITHUB = Pattern.compile("sha256=([0-9a-f]{64})");

  /// What stands in for a hook that there is not, so that asking for it takes as long.
  private static final TenantId NOBODY = new TenantId(new UUID(0, 0));

  private final Seal seal;
  private final byte[] keys;
  private final byte[] nobodys;

  /// What a request shows to prove that it may.
  ///
  /// @param key from `X-Gradus-Key` or a bearer token; null for none
  /// @param signature `X-Gradus-Signature`; null for none
  /// @param github `X-Hub-Signature-256`; null for none
  /// @param idempotencyKey what the sender tells deliveries apart by, which a signature covers;
  ///   null for none
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Shown(
      @Nullable String key,
      @Nullable String signature,
      @Nullable String github,
      @Nullable String idempotencyKey,
      byte[] body) {}

  /// Keeps them under this seal.
  ///
  /// @param keys what digests of keys are made with, the same for ever
  public HookSecrets(Seal seal, byte[] keys) {
    this.seal = seal;
    this.keys = keys.clone();
    this.nobodys = kept(NOBODY, NOBODY.value(), Proof.SIGNATURE, fresh());
  }

  /// A new secret, as its user gets it.
  static String fresh() {
    return random(SECRET_BYTES);
  }

  /// The end of a new address.
  static String freshHook() {
    return random(HOOK_BYTES);
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /// A secret as it is kept.
  byte[] kept(TenantId tenant, UUID trigger, Proof proof, String secret) {
    byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
    return switch (proof) {
      case KEY -> digest(tenant, trigger, plain);
      case SIGNATURE, GITHUB -> seal.seal(plain, Places.trigger(tenant, trigger));
    };
  }

  /// Whether a request proves that it may.
  boolean proves(
      TenantId tenant, UUID trigger, Proof proof, byte[] kept, Shown shown, Instant now) {
    return switch (proof) {
      case KEY -> {
        String key = bounded(shown.key());
        byte[] digest = digest(tenant, trigger, key.getBytes(StandardCharsets.UTF_8));
        yield MessageDigest.isEqual(digest, kept) && !key.isEmpty();
      }
      case SIGNATURE -> {
        byte[] secret = seal.open(kept, Places.trigger(tenant, trigger));
        yield isSigned(secret, shown, now);
      }
      case GITHUB -> {
        byte[] secret = seal.open(kept, Places.trigger(tenant, trigger));
        Matcher form = GITHUB.matcher(bounded(shown.github()));
        byte[] expected = hmac(secret, shown.body());
        yield form.matches()
            && MessageDigest.isEqual(expected, HexFormat.of().parseHex(form.group(1)));
      }
    };
  }

  /// Does what is done for a hook that there is, and comes to nothing.
  void provesNothing(Shown shown, Instant now) {
    boolean _ = proves(NOBODY, NOBODY.value(), Proof.SIGNATURE, nobodys, shown, now);
  }

  private static boolean isSigned(byte[] secret, Shown shown, Instant now) {
    Matcher form = SIGNATURE.matcher(bounded(shown.signature()));
    boolean formed = form.matches();
    String time = formed ? form.group(1) : "0";
    String key = shown.idempotencyKey();
    String head = key == null ? time + "." : time + "." + key + ".";
    byte[] expected = hmac(secret, head.getBytes(StandardCharsets.UTF_8), shown.body());
    if (!formed) {
      return false;
    }
    Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    return MessageDigest.isEqual(expected, HexFormat.of().parseHex(form.group(2)))
        && away.compareTo(TOLERANCE) <= 0;
  }

  private static String bounded(@Nullable String header) {
    return header == null || header.length() > MAX_HEADER ? "" : header.strip();
  }

  private byte[] digest(TenantId tenant, UUID trigger, byte[] secret) {
    return hmac(
        keys, (Places.trigger(tenant, trigger) + "|").getBytes(StandardCharsets.UTF_8), secret);
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have HmacSHA256", e);
    }
  }
}
