package io.gradus.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// What a piece of work costs: CPU of our processes and of PostgreSQL's, statements, syncs, rows.
final class Meter {
  private final TemporaryDatabase database;
  private final List<TemporaryDatabase> besides;
  private final DoubleSupplier ourCpu;
  private final double ownBefore;
  private final double databaseBefore;
  private final TemporaryDatabase.Counters before;
  private final long fromNanos = System.nanoTime();

  private Meter(TemporaryDatabase database, List<TemporaryDatabase> besides, DoubleSupplier ourCpu)
      throws SQLException {
    this.database = database;
    this.besides = besides;
    this.ourCpu = ourCpu;
    this.before = database.counters();
    this.ownBefore = ourCpu.getAsDouble();
    this.databaseBefore = databaseCpu();
  }

  private double databaseCpu() {
    return database.cpuSeconds()
        + besides.stream().mapToDouble(TemporaryDatabase::cpuSeconds).sum();
  }

  /// Counts what this very process does; its load is among it.
  static Meter here(TemporaryDatabase database) throws SQLException {
    return here(database, List.of());
  }

  /// Counts what this very process does with several databases; what is counted in a database, as
  /// statements and rows, is the first one's.
  static Meter here(TemporaryDatabase database, List<TemporaryDatabase> besides)
      throws SQLException {
    return new Meter(database, besides, ProcessCost::ownCpuSeconds);
  }

  /// Counts what a server does; the load is not among it.
  static Meter of(TemporaryDatabase database, ProcessHandle server) throws SQLException {
    return new Meter(database, List.of(), () -> ProcessCost.cpuSeconds(server));
  }

  /// @param units of work that were done
  Cost stop(double units) throws SQLException {
    double seconds = (System.nanoTime() - fromNanos) / 1e9;
    double own = ourCpu.getAsDouble() - ownBefore;
    double theirs = databaseCpu() - databaseBefore;
    TemporaryDatabase.Counters after = database.counters();
    long groups =
        before.groups() < 0 ? after.commits() - before.commits() : after.groups() - before.groups();
    return new Cost(
        units,
        seconds,
        own,
        theirs,
        before.statements() < 0 ? Double.NaN : after.statements() - before.statements(),
        after.syncs() - before.syncs(),
        Math.max(1, groups),
        after.rows() - before.rows());
  }

  /// @param rows written to the engine's tables
  record Cost(
      double units,
      double seconds,
      double ourCpu,
      double databaseCpu,
      double statements,
      double syncs,
      double groups,
      double rows) {

    double perThousand(double cpu) {
      return cpu / units * 1_000;
    }

    /// CPU seconds for a thousand units, ours and PostgreSQL's.
    double cpuPerThousand() {
      return perThousand(ourCpu + databaseCpu);
    }

    /// Rows per group, of one of the two kinds that [RawRows] writes.
    int rawGroup() {
      return Math.clamp(Math.round(rows / groups / 2), 1, 1_000);
    }

    /// Our rows per second over the raw rate of as many rows in as large groups.
    double ratio(TemporaryDatabase database, int seconds) throws SQLException {
      return rows / this.seconds / RawRows.perSecond(database, rawGroup(), seconds);
    }

    /// Adds what CPU it took, per thousand units of work.
    ///
    /// @param unit what it is called, as `Step`
    void putCpu(Map<String, Double> figures, String unit) {
      figures.put("cpuSecondsPer1000" + unit + "s", cpuPerThousand());
      figures.put("databaseCpuSecondsPer1000" + unit + "s", perThousand(databaseCpu));
    }

    /// Adds the figures, per unit of work.
    ///
    /// @param unit what it is called, as `Step`
    void put(Map<String, Double> figures, String unit) {
      putCpu(figures, unit);
      if (!Double.isNaN(statements)) {
        figures.put("statementsPer" + unit, statements / units);
      }
      figures.put("walSyncsPer" + unit, syncs / units);
      figures.put("rowsPer" + unit, rows / units);
      figures.put(unit.toLowerCase(java.util.Locale.ROOT) + "sPerCommit", units / groups);
    }
  }
}
