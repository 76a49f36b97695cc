package io.gradus.app.start;

import io.gradus.app.settings.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// The installation's key, under which the secrets in the database are sealed. It is kept outside
/// of the database: in a setting, which all nodes on one database must share, or in a file of the
/// data directory.
public final class MasterKey {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "gradus.master-key must be %d bytes in Base64, found %d".formatted(BYTES, bytes.length));
    }
    this.bytes = bytes;
  }

  /// The key that is set, or kept; made where there is neither.
  static MasterKey of(ServerSettings settings) {
    String set = settings.masterKey();
    if (set != null) {
      return new MasterKey(Base64.getDecoder().decode(set.strip()));
    }
    Path file = settings.dataDir().toAbsolutePath().normalize().resolve("master.key");
    try {
      if (!Files.exists(file)) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        OwnerOnlyFile.write(file, Base64.getEncoder().encodeToString(fresh) + "\n");
      }
      return new MasterKey(Base64.getDecoder().decode(Files.readString(file).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException("The key in " + file + " cannot be used", e);
    }
  }

  /// The 32 bytes; the caller's own copy.
  public byte[] bytes() {
    return bytes.clone();
  }
}
