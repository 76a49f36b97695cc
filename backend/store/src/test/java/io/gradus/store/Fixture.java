package io.gradus.store;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.store.commit.GroupCommitter;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.Transition;
import io.gradus.store.commit.Transition.HistoryRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A migrated database of the test run, and short ways to put things into it. Each test makes
/// tenants of its own.
public final class Fixture {
  public static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private static final AtomicLong IDS = new AtomicLong();

  private Fixture() {}

  private static final class Started {
    static final String URL = url();
    static final Database DATABASE = open(URL, new Database.Sizes(4, 2, 6, 2));

    /// An embedded PostgreSQL, or the empty one that `-Dgradus.test.jdbc` names, whose owner is
    /// `postgres` without a password.
    private static String url() {
      String given = System.getProperty("gradus.test.jdbc");
      return given == null ? postgres().getJdbcUrl("postgres", "postgres") : given;
    }
  }

  public static Database database() {
    return Started.DATABASE;
  }

  /// Another database on the same server, migrated and empty.
  public static Database newDatabase(String name) {
    try (var connection = owner();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return open(
        Started.URL.replaceFirst("/[^/?]*([?].*)?$", "/" + name + "$1"),
        new Database.Sizes(1, 1, 1, 1));
  }

  private static Database open(String url, Database.Sizes sizes) {
    return Database.open(new Database.Owner(url, "postgres", "x"), sizes);
  }

  /// A connection that no policy binds.
  public static Connection owner() throws SQLException {
    return DriverManager.getConnection(Started.URL, "postgres", "x");
  }

  public static TenantScope scope() {
    return new TenantScope(database().app());
  }

  public static PlatformScope platform() {
    return new PlatformScope(database().platform());
  }

  /// A new tenant.
  public static TenantId tenant() {
    TenantId id = new TenantId(UUID.randomUUID());
    String account = "%012d".formatted(IDS.incrementAndGet());
    boolean created =
        new Tenants(platform())
            .create(new Tenants.Tenant(id, account, "Tenant " + account, true, true, NOON));
    if (!created) {
      throw new IllegalStateException("expected a free account, found " + account + " taken");
    }
    return id;
  }

  /// A machine with one revision.
  public record Machine(TenantId tenant, UUID id, UUID revision, String name) {}

  public static Machine machine(TenantId tenant, String name) {
    UUID id = UUID.randomUUID();
    StateMachines.NewRevision first = revision("{\"StartAt\":\"A\"}");
    if (!new StateMachines(scope()).create(tenant, id, name, false, first)) {
      throw new IllegalStateException("expected a free name, found " + name + " taken");
    }
    return new Machine(tenant, id, first.id(), name);
  }

  public static StateMachines.NewRevision revision(String definition) {
    return new StateMachines.NewRevision(
        UUID.randomUUID(),
        bytes(definition),
        new StateMachines.Settings("arn:aws:iam::123456789012:role/r", null, null, null),
        "user/ann",
        NOON);
  }

  /// A start with one event, owned by the incarnation.
  public static NewExecution start(Machine machine, String name, int owner) {
    return start(machine, name, owner, SideRows.NONE);
  }

  public static NewExecution start(Machine machine, String name, int owner, SideRows rows) {
    ExecutionKey key = new ExecutionKey(machine.tenant(), timeOrderedId());
    return new NewExecution(
        new Transition(
            key,
            0,
            IDS.incrementAndGet(),
            owner,
            ExecutionStatus.RUNNING,
            null,
            1,
            bytes("state 1"),
            new HistoryRun(1, bytes("events 1")),
            rows),
        machine.id(),
        machine.revision(),
        name,
        bytes("hash of input"),
        NOON,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /// The transition from a version, with one event.
  public static Transition move(ExecutionKey key, long version, int owner, SideRows rows) {
    return new Transition(
        key,
        version,
        IDS.incrementAndGet(),
        owner,
        ExecutionStatus.RUNNING,
        null,
        version + 1,
        bytes("state " + (version + 1)),
        new HistoryRun(version + 1, bytes("events " + (version + 1))),
        rows);
  }

  /// The transition that ends an execution.
  public static Transition end(ExecutionKey key, long version) {
    return new Transition(
        key,
        version,
        IDS.incrementAndGet(),
        0,
        ExecutionStatus.SUCCEEDED,
        NOON,
        version + 1,
        bytes("ended"),
        null,
        SideRows.NONE);
  }

  /// The transition that ends an execution with an error.
  public static Transition failed(ExecutionKey key, long version, String error) {
    return new Transition(
        key,
        version,
        IDS.incrementAndGet(),
        0,
        ExecutionStatus.FAILED,
        NOON,
        version + 1,
        bytes("ended"),
        error,
        null,
        SideRows.NONE);
  }

  /// Commits one start and returns its key.
  public static ExecutionKey started(Machine machine, String name, int owner, SideRows rows) {
    NewExecution start = start(machine, name, owner, rows);
    commit(List.of(start), List.of());
    return start.first().key();
  }

  public static ExecutionKey started(Machine machine, String name, int owner) {
    return started(machine, name, owner, SideRows.NONE);
  }

  /// Commits a group, each of which must be taken.
  public static void commit(List<NewExecution> starts, List<Transition> moves) {
    try (GroupCommitter committer = new GroupCommitter(database().newEngineConnection())) {
      var outcome = committer.commit(starts, moves);
      if (outcome.started().size() != starts.size() || outcome.moved().size() != moves.size()) {
        throw new IllegalStateException("expected all to commit, found " + outcome);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static UUID timeOrderedId() {
    UUID random = UUID.randomUUID();
    long millis = NOON.toEpochMilli() + IDS.incrementAndGet();
    return new UUID(
        (millis << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF),
        random.getLeastSignificantBits());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static EmbeddedPostgres postgres() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
