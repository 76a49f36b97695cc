package io.gradus.store;

import io.gradus.engine.TenantId;
import io.gradus.store.Audit.Fault;
import io.gradus.store.Audit.Head;
import io.gradus.store.Audit.Verification;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A walk along a tenant's chain of entries from the first to where it ended when the walk began.
final class AuditWalk {
  private final TenantId tenant;
  private final Head head;
  private long sound;
  private byte[] hash = AuditEntry.noHash();
  private boolean over;
  private @Nullable Fault fault;

  AuditWalk(TenantId tenant, Head head) {
    this.tenant = tenant;
    this.head = head;
  }

  /// How many entries from the first on are as they were written.
  long sound() {
    return sound;
  }

  boolean isOver() {
    return over;
  }

  Verification found() {
    return new Verification(sound, fault);
  }

  /// Looks at the next entries.
  ///
  /// @param entries those after [#sound], by number
  /// @param asked how many there would be if the chain went on
  void look(List<AuditEntry> entries, int asked) {
    for (AuditEntry entry : entries) {
      String why = fault(entry);
      if (why != null) {
        end(why);
        return;
      }
      sound = entry.seq();
      hash = entry.hash();
    }
    if (entries.size() < asked) {
      end(
          sound == head.seq() && Arrays.equals(hash, head.hash())
              ? null
              : "the end of the chain is not where it was");
    }
  }

  private void end(@Nullable String why) {
    over = true;
    fault = why == null ? null : new Fault(sound + 1, why);
  }

  private @Nullable String fault(AuditEntry entry) {
    if (entry.seq() != sound + 1) {
      return "an entry is missing";
    }
    if (!entry.isSound(tenant)) {
      return "the entry was changed";
    }
    return entry.follows(sound, hash) ? null : "the entry does not follow the one before it";
  }
}
