package io.gradus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds for every table that there is or will be: asked of the catalogue, not of a list.
class RowLevelSecurityTest {
  /// Indexes that do not begin with the tenant, and why.
  private static final Map<String, String> ACROSS_TENANTS =
      Map.of(
          "access_key_by_id", "the look-up that comes before a tenant is known",
          "execution_open", "take-over: what a dead node had, of whatever tenant",
          "timer_in_order", "what is due, of whatever tenant",
          "inbox_by_age", "what waits longest, of whatever tenant",
          "approval_mail_due", "what is to be sent, of whatever tenant",
          "job_due", "what is to be looked at, of whatever tenant",
          "trigger_due", "what is to be seen to, of whatever tenant",
          "batch_due", "what is to be worked on, of whatever tenant",
          "execution_ended", "what ended in a time, of whatever tenant");

  private static final String TENANT_TABLES =
      """
      (select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relispartition
       from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and (c.relname = 'tenant' or exists (select from pg_attribute a
           where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))) t
      """;

  @Test
  void isEnabledAndForcedOnEveryTableWithATenant() throws SQLException {
    assertThat(names("select relname from " + TENANT_TABLES)).contains("execution", "audit", "tag");
    assertThat(
            names(
                "select relname from "
                    + TENANT_TABLES
                    + " where not (relrowsecurity and relforcerowsecurity)"))
        .isEmpty();
  }

  @Test
  void letsTheAppRoleSeeOneTenantOfEveryTableItMayRead() throws SQLException {
    assertThat(
            names(
                "select relname from "
                    + TENANT_TABLES
                    + """
                       where not relispartition and has_table_privilege('gradus_app', oid, 'select')
                        and not exists (select from pg_policies p
                          where p.schemaname = 'public' and p.tablename = relname
                            and p.roles = '{gradus_app}' and p.cmd = 'ALL' and p.permissive = 'PERMISSIVE'
                            and p.qual like '%NULLIF(current_setting(''app.tenant''%'
                            and p.with_check = p.qual)"""))
        .isEmpty();
    assertThat(
            names(
                """
                select tablename || '.' || policyname from pg_policies
                where roles && array['gradus_app', 'public']::name[]
                  and (qual is null or qual not like '%current_setting(''app.tenant''%')"""))
        .as("no second policy may widen the first")
        .isEmpty();
  }

  @Test
  void isNotGoneAroundByAPartition() throws SQLException {
    assertThat(
            names(
                """
                select c.relname || ' ' || r.rolname from pg_class c, pg_roles r
                where c.relispartition and c.relkind = 'r' and r.rolname like 'gradus_%'
                  and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete')"""))
        .isEmpty();
  }

  @Test
  void bindsTheRolesThatPeopleAndTheEngineWorkUnder() throws SQLException {
    assertThat(
            names(
                """
                select rolname from pg_roles where rolname like 'gradus_%'
                  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
                    or exists (select from pg_class c where c.relowner = pg_roles.oid)
                    or exists (select from pg_auth_members m where m.member = pg_roles.oid))"""))
        .isEmpty();
  }

  @Test
  void keepsTheEngineFromPeopleAndTheirKeys() throws SQLException {
    assertThat(
            names(
                """
                select table_name from information_schema.role_table_grants
                where grantee = 'gradus_engine' and table_schema = 'public'
                  and table_name in ('app_user', 'access_key', 'membership', 'secret')"""))
        .isEmpty();
    assertThat(
            names(
                """
                select table_name from information_schema.role_table_grants
                where grantee = 'gradus_platform' and table_schema = 'public'
                  and table_name in ('execution', 'history', 'frame', 'task', 'timer', 'inbox',
                    'state_machine', 'state_machine_revision')"""))
        .as("who stands above tenants reads no payload")
        .isEmpty();
  }

  @Test
  void givesNobodyARightToAlterTheAuditLog() throws SQLException {
    assertThat(
            names(
                """
                select grantee || ' ' || privilege_type from information_schema.role_table_grants
                where table_name = 'audit' and grantee <> 'postgres'
                  and privilege_type not in ('SELECT', 'INSERT')"""))
        .isEmpty();
  }

  @Test
  void leadsEveryPrimaryKeyAndIndexWithTheTenant() throws SQLException {
    assertThat(
            names(
                "select relname from "
                    + TENANT_TABLES
                    + " where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)"))
        .as("tables without a primary key")
        .isEmpty();
    assertThat(
            names(
                """
                select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid
                  join
                """
                    + TENANT_TABLES
                    + """
                       on t.oid = i.indrelid
                      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
                    where t.relname <> 'tenant' and a.attname <> 'tenant_id'"""))
        .containsExactlyInAnyOrderElementsOf(ACROSS_TENANTS.keySet());
  }

  @Test
  void leadsEveryForeignKeyBetweenTenantsTablesWithTheTenant() throws SQLException {
    assertThat(
            names(
                "select k.conname from pg_constraint k join "
                    + TENANT_TABLES
                    + """
                       on t.oid = k.conrelid
                      join pg_attribute mine on mine.attrelid = k.conrelid and mine.attnum = k.conkey[1]
                      join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = k.confkey[1]
                      where k.contype = 'f' and k.confrelid <> 'app_user'::regclass
                        and not (mine.attname = 'tenant_id' and theirs.attname
                          = case when k.confrelid = 'tenant'::regclass then 'id' else 'tenant_id' end)"""))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_function", "tag", "activity", "saved_view"})
  void refusesAForeignTenantsRow(String table) throws SQLException {
    TenantId mine = TestDatabase.tenant();
    TenantId foreign = TestDatabase.tenant();
    try (Connection app = TestDatabase.as("gradus_app").getConnection()) {
      app.setAutoCommit(false);
      enter(app, mine);
      insert(app, table, mine);
      assertThat(count(app, table)).isOne();
      app.commit();

      enter(app, foreign);
      assertThat(count(app, table)).as("rows of the other tenant that are seen").isZero();
      assertThat(update(app, "delete from " + table)).isZero();
      assertThatThrownBy(() -> insert(app, table, mine)).hasMessageContaining("row-level security");
      app.rollback();

      assertThat(count(app, table)).as("rows seen without a tenant").isZero();
    }
    assertThat(
            TestDatabase.count(
                "select count(*) from " + table + " where tenant_id = ?", mine.value()))
        .isOne();
  }

  private static void enter(Connection app, TenantId tenant) throws SQLException {
    try (PreparedStatement set = app.prepareStatement("select set_config('app.tenant', ?, true)")) {
      set.setString(1, tenant.toString());
      set.execute();
    }
  }

  private static void insert(Connection app, String table, TenantId tenant) throws SQLException {
    String values =
        switch (table) {
          case "http_function" ->
              "(tenant_id, name, url, timeout_seconds) values (?, 'f', 'http://x', 3)";
          case "tag" -> "(tenant_id, resource_arn, key, value) values (?, 'arn', 'k', 'v')";
          case "saved_view" ->
              "(tenant_id, id, owner, name, query, shared, created_at, changed_at)"
                  + " values (?, '%s', 'user/a', 'v', '', true, now(), now())"
                      .formatted(UUID.randomUUID());
          case "activity" ->
              "(tenant_id, id, name) values (?, '%s', 'a')".formatted(UUID.randomUUID());
          default -> throw new IllegalArgumentException(table);
        };
    try (PreparedStatement insert = app.prepareStatement("insert into " + table + values)) {
      insert.setObject(1, tenant.value());
      insert.executeUpdate();
    }
  }

  private static long count(Connection app, String table) throws SQLException {
    try (Statement statement = app.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static int update(Connection app, String sql) throws SQLException {
    try (Statement statement = app.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static List<String> names(String sql) throws SQLException {
    try (Connection connection = TestDatabase.owner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
