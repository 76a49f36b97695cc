package io.gradus.service.secret;

import io.gradus.store.SealedRows;
import io.gradus.store.SealedRows.Sealed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals what another key sealed anew, so that the other key can be thrown away. Several nodes may
/// do it at once, and one that dies in the middle leaves the rest to the next start.
public final class Resealing {
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

  private final SealedRows rows;
  private final Seal seal;

  /// @param seal opens what there is, and seals as it shall be
  public Resealing(SealedRows rows, Seal seal) {
    this.rows = rows;
    this.seal = seal;
  }

  /// Goes over everything that is sealed.
  ///
  /// @return how many secrets are under the seal's own key now that were not before
  /// @throws IllegalStateException at the first that no known key opens; what was done stays
  public int run() {
    int changed = 0;
    for (Sealed row : rows.all()) {
      if (!seal.isCurrent(row.sealed())) {
        String place = place(row);
        if (rows.replace(row, seal.seal(seal.open(row.sealed(), place), place))) {
          changed++;
        }
      }
    }
    if (changed > 0) {
      LOG.info("{} secrets are sealed under the installation's key of now", changed);
    }
    return changed;
  }

  private static String place(Sealed row) {
    return switch (row) {
      case Sealed.OfAccessKey key -> Places.accessKey(key.tenant(), key.id());
      case Sealed.OfConnection connection ->
          Places.connection(connection.tenant(), connection.id());
      case Sealed.OfTrigger trigger -> Places.trigger(trigger.tenant(), trigger.id());
      case Sealed.OfInstallation secret -> secret.name();
    };
  }
}
