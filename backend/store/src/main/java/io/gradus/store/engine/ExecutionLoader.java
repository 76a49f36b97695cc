package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.engine.LogLevel;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows.FrameRow;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads executions as they stand: one query and one snapshot for the rows, their frames and their
/// inboxes. Revisions never change, so they are read once and remembered.
public final class ExecutionLoader {
  private static final int REVISIONS = 2_000;
  private static final byte[][] NO_BYTES = {};
  private static final String[] NO_TEXTS = {};
  private static final Short[] NO_KINDS = {};

  private static final String LOAD =
      """
      select g.tenant_id, g.id, e.version, e.owner, e.moved_by, e.status, e.name, t.account, e.aws_strict,
          e.revision_id, e.started_at, e.stopped_at, e.last_event_id, e.state, e.mocks, e.parent_execution_id,
          e.parent_frame_id, e.parent_attempt, e.trace_header, e.version_arn, e.alias_arn,
          f.ids, f.states, i.sources, i.kinds, i.payloads, e.map_run_id, e.map_state, e.item_index, e.item_count
      from unnest(?::uuid[], ?::uuid[]) g(tenant_id, id)
      join execution e on e.tenant_id = g.tenant_id and e.id = g.id
      join tenant t on t.id = g.tenant_id
      left join lateral (
        select array_agg(frame_id) ids, array_agg(state) states
        from frame where tenant_id = g.tenant_id and execution_id = g.id) f on true
      left join lateral (
        select array_agg(source_id order by created_at, source_id) sources,
            array_agg(kind order by created_at, source_id) kinds,
            array_agg(payload order by created_at, source_id) payloads
        from inbox where tenant_id = g.tenant_id and execution_id = g.id) i on true\
      """;

  private static final String REVISION =
      """
      select r.id, r.state_machine_id, m.name, m.type, r.definition, r.role_arn,
          coalesce(convert_from(r.logging, 'UTF8')::json ->> 'level', 'OFF')
      from unnest(?::uuid[], ?::uuid[]) g(tenant_id, id)
      join state_machine_revision r on r.tenant_id = g.tenant_id and r.id = g.id
      join state_machine m on m.tenant_id = g.tenant_id and m.id = r.state_machine_id\
      """;

  private static final String CHILDREN =
      """
      select tenant_id, id, item_index, item_count, state, name, started_at, stopped_at, aws_strict from execution
      where tenant_id = ? and map_run_id = ? and status = ? and item_index > ?
      order by item_index limit ?\
      """;

  /// Those that were not run anew since: ids are in the order of starting.
  private static final String LAST_CHILDREN =
      """
      select tenant_id, id, item_index, item_count, state, name, started_at, stopped_at, aws_strict from execution e
      where tenant_id = ? and map_run_id = ? and status = ? and item_index > ?
        and not exists (select 1 from execution n where n.tenant_id = e.tenant_id and n.map_run_id = e.map_run_id
          and n.status = any (?) and n.item_index = e.item_index and n.id > e.id)
      order by item_index limit ?\
      """;

  private static final Object[] STATUSES =
      Arrays.stream(ExecutionStatus.values()).map(status -> (short) status.code()).toArray();

  /// Were the status a constant, the planner might go by the index of all that runs.
  private static final String RUNNING_CHILDREN =
      """
      select 1 from map_run r cross join lateral (
        select 1 from execution
        where tenant_id = r.tenant_id and map_run_id = r.id and status = ? limit 1) c
      where r.tenant_id = ? and r.execution_id = ? limit 1\
      """;

  private static final String NAMED =
      """
      select tenant_id, id, state_machine_id, name, status, input_hash, started_at, parent_execution_id,
          parent_frame_id, parent_attempt
      from execution where tenant_id = ? and state_machine_id = ? and name = ?
          and namesake is not distinct from ?::uuid\
      """;

  private final Sessions sessions;
  private final Map<UUID, StoredRevision> revisions =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, StoredRevision> eldest) {
          return size() > REVISIONS;
        }
      };

  /// @param engine `Database.engine()`
  public ExecutionLoader(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// The executions of these keys, those that do not exist left out. Ended ones are among them.
  ///
  /// @throws io.gradus.store.jdbc.DatabaseFailure if they could not be read
  public List<StoredExecution> load(Collection<ExecutionKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return sessions.call(connection -> load(connection, keys));
  }

  /// What a child of a Map Run left behind.
  ///
  /// @param state encoded
  public record ChildState(
      ExecutionKey key,
      long index,
      int items,
      byte[] state,
      String name,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      boolean awsStrict) {}

  /// Children of a Map Run in a status, in their order.
  ///
  /// @param after the place of the last one before, -1 for none
  /// @param last whether one is left out whose items another child has since: an Express child that
  ///   is redriven is another execution
  public List<ChildState> children(
      TenantId tenant, UUID mapRunId, ExecutionStatus status, long after, int limit, boolean last) {
    return sessions.call(
        connection -> {
          List<ChildState> found = new ArrayList<>();
          try (PreparedStatement statement =
              connection.prepareStatement(last ? LAST_CHILDREN : CHILDREN)) {
            statement.setObject(1, tenant.value());
            statement.setObject(2, mapRunId);
            statement.setShort(3, (short) status.code());
            statement.setLong(4, after);
            if (last) {
              statement.setArray(5, connection.createArrayOf("smallint", STATUSES));
            }
            statement.setInt(last ? 6 : 5, limit);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found.add(
                    new ChildState(
                        KeyArrays.read(rows),
                        rows.getLong(3),
                        rows.getInt(4),
                        rows.getBytes(5),
                        rows.getString(6),
                        KeyArrays.instant(rows, 7),
                        KeyArrays.instantOrNull(rows, 8),
                        rows.getBoolean(9)));
              }
            }
          }
          return found;
        });
  }

  /// Whether a Map Run of an execution that is over has children that are still to stop.
  public boolean hasRunningChildren(ExecutionKey execution) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RUNNING_CHILDREN)) {
            statement.setShort(1, (short) ExecutionStatus.RUNNING.code());
            KeyArrays.bind(statement, 2, execution);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next();
            }
          }
        });
  }

  /// Who has a name among a state machine's executions.
  ///
  /// @param namesake what tells it from others of the name; null where there are none
  public Optional<StoredExecution.Named> named(
      TenantId tenant, UUID stateMachineId, String name, @Nullable UUID namesake) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
            // Planned at each call: a plan from when the table was empty would walk over all that
            // the
            // tenant has.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            statement.setObject(1, tenant.value());
            statement.setObject(2, stateMachineId);
            statement.setString(3, name);
            statement.setObject(4, namesake);
            Optional<StoredExecution.Named> found;
            try (ResultSet rows = statement.executeQuery()) {
              found = rows.next() ? Optional.of(named(rows)) : Optional.empty();
            }
            Standbys.awaitAll(connection);
            return found;
          }
        });
  }

  /// A revision, from memory where it was read before.
  public Optional<StoredRevision> revision(TenantId tenant, UUID id) {
    return Optional.ofNullable(
        sessions
            .<Map<UUID, StoredRevision>>call(
                connection -> revisions(connection, Map.of(id, tenant)))
            .get(id));
  }

  private List<StoredExecution> load(Connection connection, Collection<ExecutionKey> keys)
      throws SQLException {
    List<Unrevised> read = new ArrayList<>();
    Map<UUID, TenantId> wanted = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      new KeyArrays(keys).bind(connection, statement, 1);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ExecutionKey key = KeyArrays.read(rows);
          UUID revision = KeyArrays.uuid(rows, 10);
          wanted.put(revision, key.tenant());
          read.add(new Unrevised(revision, row(key, rows)));
        }
      }
    }
    Map<UUID, StoredRevision> found = revisions(connection, wanted);
    List<StoredExecution> executions = new ArrayList<>();
    for (Unrevised row : read) {
      StoredRevision revision = found.get(row.revision());
      if (revision == null) {
        throw new IllegalStateException("expected revision " + row.revision() + ", found none");
      }
      executions.add(row.row().with(revision));
    }
    return executions;
  }

  private record Unrevised(UUID revision, Row row) {}

  @FunctionalInterface
  private interface Row {
    StoredExecution with(StoredRevision revision);
  }

  private static Row row(ExecutionKey key, ResultSet rows) throws SQLException {
    long version = rows.getLong(3);
    int owner = rows.getInt(4);
    long movedBy = rows.getLong(5);
    ExecutionStatus status = ExecutionStatus.ofCode(rows.getInt(6));
    String name = rows.getString(7);
    String account = rows.getString(8);
    boolean awsStrict = rows.getBoolean(9);
    var startedAt = KeyArrays.instant(rows, 11);
    var stoppedAt = KeyArrays.instantOrNull(rows, 12);
    long lastEventId = rows.getLong(13);
    byte[] state = rows.getBytes(14);
    byte[] mocks = rows.getBytes(15);
    var parent = parent(rows, 16);
    String trace = rows.getString(19);
    String versionArn = rows.getString(20);
    String aliasArn = rows.getString(21);
    List<FrameRow> frames = frames(rows);
    List<StoredExecution.Message> inbox = inbox(rows);
    var mapChild = mapChild(rows, 27);
    return revision ->
        new StoredExecution(
            key,
            version,
            owner,
            movedBy,
            status,
            name,
            account,
            awsStrict,
            revision,
            startedAt,
            stoppedAt,
            lastEventId,
            state,
            mocks,
            parent,
            trace,
            versionArn,
            aliasArn,
            frames,
            inbox,
            mapChild);
  }

  private static StoredExecution.@Nullable MapChild mapChild(ResultSet rows, int column)
      throws SQLException {
    UUID id = rows.getObject(column, UUID.class);
    return id == null
        ? null
        : new StoredExecution.MapChild(
            id, rows.getString(column + 1), rows.getLong(column + 2), rows.getInt(column + 3));
  }

  private static NewExecution.@Nullable Parent parent(ResultSet rows, int column)
      throws SQLException {
    UUID id = rows.getObject(column, UUID.class);
    if (id == null) {
      return null;
    }
    FrameId frame = new FrameId(rows.getString(column + 1));
    return new NewExecution.Parent(id, new TaskId(frame, rows.getLong(column + 2)));
  }

  private static List<FrameRow> frames(ResultSet rows) throws SQLException {
    String[] ids = KeyArrays.array(rows, 22, NO_TEXTS);
    byte[][] states = KeyArrays.array(rows, 23, NO_BYTES);
    List<FrameRow> frames = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      frames.add(new FrameRow(ids[i], states[i]));
    }
    return frames;
  }

  private static List<StoredExecution.Message> inbox(ResultSet rows) throws SQLException {
    String[] sources = KeyArrays.array(rows, 24, NO_TEXTS);
    Short[] kinds = KeyArrays.array(rows, 25, NO_KINDS);
    byte[][] payloads = KeyArrays.array(rows, 26, NO_BYTES);
    List<StoredExecution.Message> inbox = new ArrayList<>(sources.length);
    for (int i = 0; i < sources.length; i++) {
      inbox.add(new StoredExecution.Message(sources[i], kinds[i], payloads[i]));
    }
    return inbox;
  }

  private static StoredExecution.Named named(ResultSet rows) throws SQLException {
    return new StoredExecution.Named(
        KeyArrays.read(rows),
        KeyArrays.uuid(rows, 3),
        rows.getString(4),
        ExecutionStatus.ofCode(rows.getInt(5)),
        rows.getBytes(6),
        KeyArrays.instant(rows, 7),
        parent(rows, 8));
  }

  private Map<UUID, StoredRevision> revisions(Connection connection, Map<UUID, TenantId> wanted)
      throws SQLException {
    Map<UUID, StoredRevision> found = new HashMap<>();
    List<ExecutionKey> missing = new ArrayList<>();
    synchronized (revisions) {
      wanted.forEach(
          (id, tenant) -> {
            StoredRevision known = revisions.get(id);
            if (known == null) {
              missing.add(new ExecutionKey(tenant, id));
            } else {
              found.put(id, known);
            }
          });
    }
    if (!missing.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(REVISION)) {
        new KeyArrays(missing).bind(connection, statement, 1);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            StoredRevision revision =
                new StoredRevision(
                    KeyArrays.uuid(rows, 1),
                    KeyArrays.uuid(rows, 2),
                    rows.getString(3),
                    rows.getInt(4) == 1,
                    rows.getBytes(5),
                    rows.getString(6),
                    LogLevel.valueOf(rows.getString(7)));
            found.put(revision.id(), revision);
          }
        }
      }
      synchronized (revisions) {
        missing.forEach(
            key -> {
              StoredRevision revision = found.get(key.id());
              if (revision != null) {
                revisions.put(key.id(), revision);
              }
            });
      }
    }
    return found;
  }
}
