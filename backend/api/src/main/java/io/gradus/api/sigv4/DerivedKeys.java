package io.gradus.api.sigv4;

import io.gradus.service.access.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;

/// The signing keys derived from secrets, one per key, day, region and service.
///
/// Deriving costs four HMACs and a key setup; a busy caller pays it once a day. The least recently
/// used entry goes when the cache is full. Safe for many threads.
final class DerivedKeys {
  private record Scope(String keyId, String date, String region, String service) {}

  private record Derived(byte[] secret, Mac prototype) {}

  private final Map<Scope, Derived> entries;

  DerivedKeys(int capacity) {
    this.entries =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Scope, Derived> eldest) {
            return size() > capacity;
          }
        };
  }

  /// A fresh HMAC that is keyed for this credential scope.
  Mac macFor(AccessKey key, Authorization authorization) {
    Scope scope =
        new Scope(key.id(), authorization.date(), authorization.region(), authorization.service());
    byte[] secret = key.secret().getBytes(StandardCharsets.UTF_8);
    Derived entry;
    synchronized (entries) {
      entry = entries.get(scope);
    }
    // A key id that came back with another secret must not verify against the old one.
    if (entry == null || !MessageDigest.isEqual(entry.secret, secret)) {
      entry = new Derived(secret, derive(secret, authorization));
      synchronized (entries) {
        entries.put(scope, entry);
      }
    }
    try {
      // A clone keeps the keyed state, which spares the two block computations of a key setup.
      return (Mac) entry.prototype.clone();
    } catch (CloneNotSupportedException e) {
      return derive(secret, authorization);
    }
  }

  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private static Mac derive(byte[] secret, Authorization authorization) {
    byte[] prefix = "AWS4".getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[prefix.length + secret.length];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    System.arraycopy(secret, 0, key, prefix.length, secret.length);
    for (String part :
        new String[] {authorization.date(), authorization.region(), authorization.service()}) {
      key = Digests.hmac(key).doFinal(part.getBytes(StandardCharsets.UTF_8));
    }
    byte[] terminator = authorization.terminator().getBytes(StandardCharsets.UTF_8);
    return Digests.hmac(Digests.hmac(key).doFinal(terminator));
  }
}
