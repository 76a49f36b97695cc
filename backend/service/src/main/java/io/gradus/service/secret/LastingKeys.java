package io.gradus.service.secret;

import io.gradus.store.Secrets;
import java.security.SecureRandom;
import java.util.Optional;

/// Keys that outlive a change of the installation's key: task tokens that were given out must close
/// their tasks afterwards, too. They are derived from a root that is kept sealed in the database.
public final class LastingKeys {
  private static final String NAME = "lasting-keys";
  private static final String FIRST_TENANT = "first-tenant";
  private static final int BYTES = 32;

  private final Seal root;

  /// Reads the root, and makes it where there is none yet. To be made before the first tenant is:
  /// an installation that has one and no root is of a time when keys were derived from its own key,
  /// and goes on with that.
  ///
  /// @throws IllegalStateException if the database was sealed under a key that is not given
  public LastingKeys(Secrets secrets, Seal seal) {
    byte[] sealed =
        secrets
            .find(NAME)
            .orElseGet(() -> secrets.putIfAbsent(NAME, seal.seal(fresh(secrets, seal), NAME)));
    root = new Seal(seal.open(sealed, NAME));
  }

  private static byte[] fresh(Secrets secrets, Seal seal) {
    Optional<byte[]> mark = secrets.find(FIRST_TENANT);
    if (mark.isPresent()) {
      // The key of that time, also where it is a former one by now.
      return seal.keyOf(mark.get(), FIRST_TENANT);
    }
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /// A key for one purpose, the same on every node and for ever; knowing it tells nothing of the
  /// others.
  public byte[] derive(String purpose) {
    return root.derive(purpose);
  }
}
