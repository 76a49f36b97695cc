package io.gradus.api.page;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Makes and reads `nextToken`s.
///
/// A token is a list's cursor and a code over it, the tenant, the operation and the filters: it
/// works for nothing else, and AWS's 24 hours long.
public final class PageTokens {
  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int CODE_BYTES = 16;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final int MIN_SECRET_BYTES = 32;

  private final SecretKeySpec secret;
  private final Clock clock;

  /// Tokens under a secret.
  ///
  /// @param secret at least 32 bytes, the same on every node
  public PageTokens(byte[] secret, Clock clock) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "expected a secret of at least 32 bytes, found " + secret.length);
    }
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /// The tokens of one list as one caller asks for it.
  ///
  /// @param filters everything that decides what the list holds
  public Scope scope(Caller caller, String operation, String... filters) {
    StringBuilder text = new StringBuilder();
    text.append(caller.tenant().value()).append('\n').append(operation);
    for (String filter : filters) {
      // The length keeps ("a", "b") and ("ab", "") apart.
      text.append('\n').append(filter.length()).append(':').append(filter);
    }
    return new Scope(text.toString());
  }

  /// One list's tokens.
  public final class Scope {
    private final String scope;

    private Scope(String scope) {
      this.scope = scope;
    }

    /// A token for a cursor; null stays null.
    public @Nullable String seal(@Nullable String cursor) {
      if (cursor == null) {
        return null;
      }
      byte[] text = cursor.getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + text.length + CODE_BYTES);
      bytes.put(VERSION).putLong(clock.instant().getEpochSecond()).put(text);
      bytes.put(code(Arrays.copyOf(bytes.array(), bytes.position())));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// The cursor in a token; null stays null.
    ///
    /// @throws Refusal InvalidToken where the token is not ours, not of this list, or too old
    public @Nullable String open(@Nullable String token) {
      if (token == null) {
        return null;
      }
      byte[] bytes;
      try {
        bytes = Base64.getUrlDecoder().decode(token);
      } catch (IllegalArgumentException e) {
        throw invalid();
      }
      if (bytes.length < HEAD_BYTES + CODE_BYTES || bytes[0] != VERSION) {
        throw invalid();
      }
      byte[] content = Arrays.copyOf(bytes, bytes.length - CODE_BYTES);
      byte[] code = Arrays.copyOfRange(bytes, content.length, bytes.length);
      if (!MessageDigest.isEqual(code, code(content))) {
        throw invalid();
      }
      Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(content).getLong(1));
      if (made.plus(LIFETIME).isBefore(clock.instant())) {
        throw invalid();
      }
      return new String(content, HEAD_BYTES, content.length - HEAD_BYTES, StandardCharsets.UTF_8);
    }

    /// Lets a token of this list pass.
    ///
    /// @throws Refusal InvalidToken where it is none
    public void check(@Nullable String token) {
      open(token);
    }

    private byte[] code(byte[] content) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(secret);
        mac.update(scope.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return Arrays.copyOf(mac.doFinal(content), CODE_BYTES);
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException("expected every Java to have " + ALGORITHM, e);
      }
    }
  }

  private static Refusal invalid() {
    return new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
  }
}
