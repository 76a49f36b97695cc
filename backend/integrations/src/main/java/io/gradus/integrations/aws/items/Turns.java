package io.gradus.integrations.aws.items;

import io.gradus.engine.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// How many reads and writes are under way at once: of all tenants, because each takes memory, and
/// of one of them fewer, so that a slow service of one is not in everybody's way.
final class Turns {
  private final Semaphore all;
  private final int ofOne;
  private final Map<TenantId, Mine> tenants = new HashMap<>();

  private static final class Mine {
    final Semaphore turns;
    int users;

    Mine(int most) {
      turns = new Semaphore(most, true);
    }
  }

  Turns(int most) {
    all = new Semaphore(most, true);
    ofOne = Math.max(1, most / 4);
  }

  /// Does the work when it is its turn.
  void take(TenantId tenant, Runnable work) {
    Mine mine;
    synchronized (tenants) {
      mine = tenants.computeIfAbsent(tenant, _ -> new Mine(ofOne));
      mine.users++;
    }
    try {
      mine.turns.acquireUninterruptibly();
      try {
        all.acquireUninterruptibly();
        try {
          work.run();
        } finally {
          all.release();
        }
      } finally {
        mine.turns.release();
      }
    } finally {
      synchronized (tenants) {
        if (--mine.users == 0) {
          tenants.remove(tenant);
        }
      }
    }
  }
}
