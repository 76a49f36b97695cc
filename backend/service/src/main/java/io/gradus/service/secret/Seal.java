package io.gradus.service.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
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
/// another tenant or column does not open there. It says which key it was sealed under, so that the
/// installation's key can be changed: what a further key sealed still opens.
public final class Seal {
  /// Without a key's name; sealed before keys could be changed.
  private static final byte NAMELESS = 1;

  private static final byte VERSION = 2;
  private static final int KEY_BYTES = 32;
  private static final int NAME_BYTES = 8;
  private static final int SALT_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Master master;
  private final List<Master> further;

  /// @param name tells keys apart and nothing of them
  private record Master(SecretKeySpec key, byte[] name) {
    static Master of(byte[] key) {
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException("expected a key of 32 bytes, found " + key.length);
      }
      var spec = new SecretKeySpec(key.clone(), "HmacSHA256");
      byte[] name = hmac(spec, "key-name".getBytes(StandardCharsets.UTF_8));
      return new Master(spec, Arrays.copyOf(name, NAME_BYTES));
    }
  }

  /// Seals under this key.
  ///
  /// @param key exactly 32 bytes, kept outside the database
  /// @param further keys, as long, under which nothing is sealed any more, or not yet
  public Seal(byte[] key, byte[]... further) {
    this.master = Master.of(key);
    this.further = Arrays.stream(further).map(Master::of).toList();
  }

  /// The secret, readable by this installation in this place alone.
  ///
  /// @param place names the row and column it is for
  public byte[] seal(byte[] secret, String place) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] text = crypt(Cipher.ENCRYPT_MODE, master, salt, nonce, secret, place);
    return ByteBuffer.allocate(1 + NAME_BYTES + SALT_BYTES + NONCE_BYTES + text.length)
        .put(VERSION)
        .put(master.name())
        .put(salt)
        .put(nonce)
        .put(text)
        .array();
  }

  /// The secret again.
  ///
  /// @throws IllegalStateException where it was not sealed by this installation for this place
  public byte[] open(byte[] sealed, String place) {
    return opened(sealed, place).secret();
  }

  private record Opened(Master by, byte[] secret) {}

  private Opened opened(byte[] sealed, String place) {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    if (sealed.length > NAME_BYTES + SALT_BYTES + NONCE_BYTES && sealed[0] == VERSION) {
      byte[] name = new byte[NAME_BYTES];
      in.get();
      in.get(name);
      return open(named(name, place), in, place);
    }
    if (sealed.length > SALT_BYTES + NONCE_BYTES && sealed[0] == NAMELESS) {
      in.get();
      return openNameless(in, place);
    }
    throw new IllegalStateException("expected a sealed secret for " + place);
  }

  /// Whether it is sealed as [#seal] would seal it now: under this key.
  public boolean isCurrent(byte[] sealed) {
    return sealed.length > NAME_BYTES
        && sealed[0] == VERSION
        && Arrays.equals(sealed, 1, 1 + NAME_BYTES, master.name(), 0, NAME_BYTES);
  }

  /// A key for one purpose, the same on every node that seals under the same key; knowing it tells
  /// nothing of the others.
  byte[] derive(String purpose) {
    return hmac(master.key(), purpose.getBytes(StandardCharsets.UTF_8));
  }

  /// The key that this was sealed under, for [LastingKeys] of an installation that has no others.
  ///
  /// @throws IllegalStateException as [#open]
  byte[] keyOf(byte[] sealed, String place) {
    return opened(sealed, place).by().key().getEncoded();
  }

  private Master named(byte[] name, String place) {
    if (Arrays.equals(name, master.name())) {
      return master;
    }
    return further.stream()
        .filter(key -> Arrays.equals(name, key.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected a secret sealed by this installation for "
                        + place
                        + ", found one under a key that it does not know"));
  }

  private Opened openNameless(ByteBuffer in, String place) {
    int head = in.position();
    for (Master key : further) {
      try {
        return open(key, in.position(head), place);
      } catch (IllegalStateException _) {
        // Under another one, then; the last to be tried tells.
      }
    }
    return open(master, in.position(head), place);
  }

  private static Opened open(Master key, ByteBuffer in, String place) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(salt).get(nonce);
    byte[] text = new byte[in.remaining()];
    in.get(text);
    return new Opened(key, crypt(Cipher.DECRYPT_MODE, key, salt, nonce, text, place));
  }

  private static byte[] crypt(
      int mode, Master master, byte[] salt, byte[] nonce, byte[] text, String place) {
    SecretKey key = new SecretKeySpec(hmac(master.key(), salt), "AES");
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

  private static byte[] hmac(SecretKeySpec key, byte[] of) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(of);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have HmacSHA256", e);
    }
  }
}
