package io.gradus.app.start;

import io.gradus.app.settings.ServerSettings;
import io.gradus.service.secret.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The installation's key, under which the secrets in the database are sealed. It is kept outside
/// of the database: in a setting, which all nodes on one database must share, or in a file of the
/// data directory. A former one may be set beside it while it is being changed.
public final class MasterKey {
  private static final int BYTES = 32;

  private final byte[] bytes;
  private final byte @Nullable [] former;

  private MasterKey(byte[] bytes, byte @Nullable [] former) {
    this.bytes = bytes;
    this.former = former;
  }

  private static byte[] read(String name, String text) {
    byte[] bytes = Base64.getDecoder().decode(text.strip());
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "%s must be %d bytes in Base64, found %d".formatted(name, BYTES, bytes.length));
    }
    return bytes;
  }

  /// The key that is set, or kept; made where there is neither.
  static MasterKey of(ServerSettings settings) {
    String was = settings.formerMasterKey();
    byte[] former = was == null ? null : read("gradus.former-master-key", was);
    String set = settings.masterKey();
    if (set != null) {
      return new MasterKey(read("gradus.master-key", set), former);
    }
    Path file = settings.dataDir().toAbsolutePath().normalize().resolve("master.key");
    try {
      if (!Files.exists(file)) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        OwnerOnlyFile.write(file, Base64.getEncoder().encodeToString(fresh) + "\n");
      }
      return new MasterKey(read("The key in " + file, Files.readString(file)), former);
    } catch (IOException e) {
      throw new UncheckedIOException("The key in " + file + " cannot be used", e);
    }
  }

  /// Seals under it.
  public Seal seal() {
    return former == null ? new Seal(bytes) : new Seal(bytes, former);
  }

  /// Whether secrets may be there that a former key sealed.
  boolean isChanging() {
    return former != null;
  }
}
