package io.gradus.store;

import io.gradus.engine.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One entry of a tenant's audit log.
///
/// @param seq 1 for the first, without gaps
/// @param what what happened
/// @param previousHash the hash of the entry before; 32 zero bytes for the first
/// @param hash SHA-256 over all of the above and the tenant
public record AuditEntry(long seq, What what, byte[] previousHash, byte[] hash) {
  private static final int HASH_BYTES = 32;

  /// @param at whole microseconds
  /// @param who such as `user/ann` or `key/AKIA…`
  /// @param action the operation's name
  /// @param target the ARN or name it was done to
  /// @param source where it came from: an address, or `console`
  /// @param detail more of it as the caller encodes it; never a payload or a secret
  public record What(
      Instant at,
      String who,
      String action,
      String target,
      String source,
      byte @Nullable [] detail) {
    public What {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /// Where every chain begins.
  static byte[] noHash() {
    return new byte[HASH_BYTES];
  }

  /// The entry after the one with that number and hash.
  static AuditEntry after(TenantId tenant, long previous, byte[] previousHash, What what) {
    long seq = previous + 1;
    return new AuditEntry(seq, what, previousHash, hash(tenant, seq, what, previousHash));
  }

  /// Whether its hash is that of what it says.
  boolean isSound(TenantId tenant) {
    return MessageDigest.isEqual(hash, hash(tenant, seq, what, previousHash));
  }

  boolean follows(long previous, byte[] hashOfPrevious) {
    return seq == previous + 1 && Arrays.equals(previousHash, hashOfPrevious);
  }

  /// Each field with its length, so that no two entries are the same bytes.
  private static byte[] hash(TenantId tenant, long seq, What what, byte[] previousHash) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(tenant.value().getMostSignificantBits());
      out.writeLong(tenant.value().getLeastSignificantBits());
      out.writeLong(seq);
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, what.at()));
      for (String text : new String[] {what.who(), what.action(), what.target(), what.source()}) {
        field(out, text.getBytes(StandardCharsets.UTF_8));
      }
      byte[] detail = what.detail();
      out.writeBoolean(detail != null);
      field(out, detail == null ? new byte[0] : detail);
      field(out, previousHash);
      return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("expected memory to take bytes", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }

  private static void field(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
