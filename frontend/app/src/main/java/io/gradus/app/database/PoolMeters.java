package io.gradus.app.database;

import io.gradus.store.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// The connection pools as metrics: `gradus_database_connections_…{pool=…}`.
final class PoolMeters implements MeterBinder {
  private final Database database;

  PoolMeters(Database database) {
    this.database = database;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Database.Pool pool : database.pools()) {
      gauge(registry, "active", pool, Database.Pool::active);
      gauge(registry, "waiting", pool, Database.Pool::waiting);
      gauge(registry, "max", pool, Database.Pool::max);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      String what,
      Database.Pool pool,
      ToDoubleFunction<Database.Pool> figure) {
    Gauge.builder("gradus.database.connections." + what, pool, figure)
        .tags(Tags.of("pool", pool.name()))
        .strongReference(true)
        .register(registry);
  }
}
