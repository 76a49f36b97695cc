package io.gradus.runtime.node;

import io.gradus.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// A database of its own with the schema, and one tenant.
final class TestDatabase implements AutoCloseable {
  static final UUID TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");
  static final String ACCOUNT = "000000000000";

  private final EmbeddedPostgres postgres;

  TestDatabase() {
    try {
      postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open().close();
    run(
        "insert into tenant (id, account, name, aws_strict) values ('%s', '%s', 'test', true)"
            .formatted(TENANT, ACCOUNT));
  }

  int port() {
    return postgres.getPort();
  }

  /// The database as a node knows it.
  Database open() {
    return open(port());
  }

  /// @param port of the server, or of something in between
  static Database open(int port) {
    return Database.open(
        new Database.Owner("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", ""),
        new Database.Sizes(2, 2, 12, 4));
  }

  DataSource owner() {
    return postgres.getPostgresDatabase();
  }

  /// Stores a machine; returns its id, which is its only revision's as well.
  UUID machine(String name, boolean express, String definition) {
    return machine(owner(), name, express, definition);
  }

  static UUID machine(DataSource owner, String name, boolean express, String definition) {
    UUID id = UUID.randomUUID();
    try (Connection connection = owner.getConnection();
        PreparedStatement machine =
            connection.prepareStatement(
                "insert into state_machine (tenant_id, id, name, type, role_arn, revision_id)"
                    + " values (?, ?, ?, ?, 'arn:aws:iam::000000000000:role/test', ?)");
        PreparedStatement revision =
            connection.prepareStatement(
                "insert into state_machine_revision (tenant_id, state_machine_id, id, number,"
                    + " definition, role_arn, created_by) values (?, ?, ?, 1, ?, 'role', 'test')")) {
      machine.setObject(1, TENANT);
      machine.setObject(2, id);
      machine.setString(3, name);
      machine.setInt(4, express ? 1 : 0);
      machine.setObject(5, id);
      machine.executeUpdate();
      revision.setObject(1, TENANT);
      revision.setObject(2, id);
      revision.setObject(3, id);
      revision.setBytes(4, definition.getBytes(StandardCharsets.UTF_8));
      revision.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return id;
  }

  void run(String sql) {
    try (Connection connection = owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The rows of a query, each column as text.
  List<List<String>> rows(String sql) {
    try (Connection connection = owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String from) {
    return Long.parseLong(rows("select count(*) from " + from).getFirst().getFirst());
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
