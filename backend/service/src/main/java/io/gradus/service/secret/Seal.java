package io.gradus.service.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets under a key that the database never sees.
///
/// Each secret has a data key of its own, made of the installation's key and 32 random bytes, so a
/// nonce is never used twice under one key. What is sealed is bound to its place: a row copied to
/// another tenant or column does not open there.
public final class Seal {
  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec master;

  /// Seals under this key.
  ///
  /// @param key exactly 32 bytes, kept outside the database
  public Seal(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("expected a key of 32 bytes, found " + key.length);
    }
    this.master = new SecretKeySpec(key.clone(), "HmacSHA256");
  }

  /// The secret, readable by this installation in this place alone.
  ///
  /// @param place names the row and column it is for
  public byte[] seal(byte[] secret, String place) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] text = crypt(Cipher.ENCRYPT_MODE, salt, nonce, secret, place);
    return ByteBuffer.allocate(1 + SALT_BYTES + NONCE_BYTES + text.length)
        .put(VERSION)
        .put(salt)
        .put(nonce)
        .put(text)
        .array();
  }

  /// The secret again.
  ///
  /// @throws IllegalStateException where it was not sealed by this installation for this place
  public byte[] open(byte[] sealed, String place) {
    int head = 1 + SALT_BYTES + NONCE_BYTES;
    if (sealed.length < head || sealed[0] != VERSION) {
      throw new IllegalStateException("expected a sealed secret of version 1 for " + place);
    }
    byte[] salt = Arrays.copyOfRange(sealed, 1, 1 + SALT_BYTES);
    byte[] nonce = Arrays.copyOfRange(sealed, 1 + SALT_BYTES, head);
    byte[] text = Arrays.copyOfRange(sealed, head, sealed.length);
    return crypt(Cipher.DECRYPT_MODE, salt, nonce, text, place);
  }

  /// A key for one purpose, the same on every node; knowing it tells nothing of the others.
  public byte[] derive(String purpose) {
    return hmac(purpose.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] crypt(int mode, byte[] salt, byte[] nonce, byte[] text, String place) {
    SecretKey key = new SecretKeySpec(hmac(salt), "AES");
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (AEADBadTagException e) {
      throw new IllegalStateException(
          "expected a secret sealed by this installation for " + place, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have AES-GCM", e);
    }
  }

  private byte[] hmac(byte[] of) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(master);
      return mac.doFinal(of);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have HmacSHA256", e);
    }
  }
}
