package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.jdbc.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/// Reads histories: rows that each hold a run of events.
public final class HistoryReader {
  private static final String FORWARD =
      """
      select first_event_id, events from (
        select first_event_id, events, sum(octet_length(events)) over (
            order by first_event_id rows between unbounded preceding and 1 preceding) as before
        from history
        where tenant_id = ? and execution_id = ? and first_event_id >= coalesce((
            select max(first_event_id) from history
            where tenant_id = ? and execution_id = ? and first_event_id <= ?), 0)
        order by first_event_id limit ?) runs
      where coalesce(before, 0) < ? order by first_event_id""";

  private static final String CONTAINING =
      """
      with r as (
        select distinct g.tenant_id, g.id, h.first_event_id
        from unnest(?::uuid[], ?::uuid[], ?::bigint[]) g(tenant_id, id, event_id)
        cross join lateral (
          select first_event_id from history
          where tenant_id = g.tenant_id and execution_id = g.id and first_event_id <= g.event_id
          order by first_event_id desc limit 1) h)
      select r.tenant_id, r.id, h.first_event_id, h.events
      from r join history h
        on h.tenant_id = r.tenant_id and h.execution_id = r.id and h.first_event_id = r.first_event_id
      order by 1, 2, 3""";

  private final Sessions sessions;

  /// @param engine `Database.engine()`
  public HistoryReader(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// An execution's runs in order, from the one that holds an event.
  ///
  /// @param fromEventId 1 for all
  /// @param limit of runs
  /// @param bytes what they may come to together; one run is read at least
  public List<HistoryRun> forward(ExecutionKey key, long fromEventId, int limit, long bytes) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORWARD)) {
            int index = KeyArrays.bind(statement, 1, key);
            index = KeyArrays.bind(statement, index, key);
            statement.setLong(index, fromEventId);
            statement.setInt(index + 1, limit);
            statement.setLong(index + 2, bytes);
            return runs(statement);
          }
        });
  }

  /// The runs that hold these events, each once and in order.
  public Map<ExecutionKey, List<HistoryRun>> containing(
      Map<ExecutionKey, ? extends Collection<Long>> events) {
    List<UUID> tenants = new ArrayList<>();
    List<UUID> ids = new ArrayList<>();
    List<Long> eventIds = new ArrayList<>();
    events.forEach(
        (key, wanted) ->
            wanted.forEach(
                event -> {
                  tenants.add(key.tenant().value());
                  ids.add(key.id());
                  eventIds.add(event);
                }));
    if (eventIds.isEmpty()) {
      return Map.of();
    }
    return sessions.call(
        connection -> {
          Map<ExecutionKey, List<HistoryRun>> found = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(CONTAINING)) {
            statement.setArray(1, connection.createArrayOf("uuid", tenants.toArray()));
            statement.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
            statement.setArray(3, connection.createArrayOf("int8", eventIds.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found
                    .computeIfAbsent(KeyArrays.read(rows), _ -> new ArrayList<>())
                    .add(new HistoryRun(rows.getLong(3), rows.getBytes(4)));
              }
            }
          }
          return found;
        });
  }

  private static List<HistoryRun> runs(PreparedStatement statement) throws SQLException {
    List<HistoryRun> runs = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        runs.add(new HistoryRun(rows.getLong(1), rows.getBytes(2)));
      }
    }
    return runs;
  }
}
