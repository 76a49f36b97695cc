package io.gradus.store.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a connection's plans fit for the size that the hot tables have by now.
///
/// A generic plan stays until the table is next analysed, and one that was made while the table had
/// a page or two may go by any index. So plans are made anew each time that the connection has sent
/// as much again, and every ten seconds at the latest, and are then looked at.
final class PlanWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PlanWatch.class);
  private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int FIRST_CHECK = 64;

  private final Connection connection;
  private Form form = Form.GROUPED;
  private long sent;
  private long checkAt;
  private long checkedAt;

  /// How the statements are sent.
  enum Form {
    GROUPED,
    SINGLE
  }

  /// @param connection in autocommit
  PlanWatch(Connection connection) {
    this.connection = connection;
  }

  /// The form for the next group.
  ///
  /// @param transitions how many are in it
  Form form(int transitions) throws SQLException {
    if (sent >= checkAt || System.nanoTime() - checkedAt > LONGEST_NANOS) {
      check();
      checkedAt = System.nanoTime();
      checkAt = Math.max(FIRST_CHECK, 2 * sent);
    }
    sent += transitions;
    return form;
  }

  private void check() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("discard plans");
    }
    List<String> faults = PlanCheck.faults(connection);
    if (!faults.isEmpty() && form == Form.GROUPED) {
      LOG.error(
          "ALARM: commits go one row at a time until the database reaches the hot tables by their"
              + " keys again, which is looked at every ten seconds: {}",
          faults);
    } else if (faults.isEmpty() && form == Form.SINGLE) {
      LOG.info("Commits go in groups again: the database reaches the hot tables by their keys");
    }
    form = faults.isEmpty() ? Form.GROUPED : Form.SINGLE;
  }
}
