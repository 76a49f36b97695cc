package io.gradus.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.store.engine.CommitAftermath;
import io.gradus.store.engine.ExecutionClaims;
import io.gradus.store.engine.ExecutionLoader;
import io.gradus.store.engine.HistoryReader;
import io.gradus.store.engine.Inbox;
import io.gradus.store.engine.JobRows;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.LogOutgoing;
import io.gradus.store.engine.LogWriting;
import io.gradus.store.engine.OpenTasks;
import io.gradus.store.engine.Redrives;
import io.gradus.store.engine.Timers;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every statement of the engine reaches every table that is kept per tenant with the tenant in its
/// condition: what row-level security asks of it, and what would let it be sent to one shard when
/// the tables are distributed by tenant (docs/scale-out.md).
class TenantInSqlTest {
  private static final List<Class<?>> STATEMENTS =
      List.of(
          CommitAftermath.class,
          ExecutionClaims.class,
          ExecutionLoader.class,
          HistoryReader.class,
          Inbox.class,
          JobRows.class,
          LogBounds.class,
          LogOutgoing.class,
          LogWriting.class,
          OpenTasks.class,
          Redrives.class,
          Timers.class);

  /// What a node looks for among all tenants' rows of one table, by its own number or by time. None
  /// of it is part of a step.
  private static final Set<String> FOR_ALL =
      Set.of(
          "ExecutionClaims.OPEN execution",
          "ExecutionClaims.OWNED execution",
          "ExecutionClaims.TAKE_OVER execution",
          "JobRows.TAKE job",
          "LogBounds.OLD_DELIVERIES log_delivery",
          "LogBounds.TENANTS log_event",
          "LogOutgoing.TENANTS log_outgoing",
          "LogWriting.TENANTS log_due",
          "Timers.COUNT timer",
          "Timers.SECONDS timer");

  private static final String WORDS =
      "set|where|cross|left|join|using|on|order|values|select|returning|group|limit";

  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?<verb>from|join|update|into)\\s+(?<table>execution|history|frame|task|timer|inbox|job"
              + "|log_due|log_event|log_outgoing|log_delivery|map_run)\\b"
              + "(?:\\s+(?!(?:"
              + WORDS
              + ")\\b)(?<alias>[a-z]\\w*))?");

  @Test
  void everyStatementNamesTheTenantOfEveryTable() throws IllegalAccessException {
    Map<String, String> all = statements();
    assertThat(all).hasSizeGreaterThan(30);
    Set<String> without =
        all.entrySet().stream()
            .flatMap(sql -> without(sql.getKey(), sql.getValue()).stream())
            .collect(Collectors.toSet());
    assertThat(without).isEqualTo(FOR_ALL);
  }

  @Test
  void aStatementWithoutTheTenantIsFound() {
    assertThat(without("A", "select state from execution where id = ?"))
        .containsExactly("A execution");
    assertThat(
            without(
                "B",
                "delete from timer t using unnest(?) g(tenant_id, id) where t.execution_id = g.id"))
        .containsExactly("B timer");
    assertThat(without("C", "insert into inbox (execution_id) values (?)"))
        .containsExactly("C inbox");
    assertThat(
            without(
                "D",
                "select 1 from execution e join history h on h.execution_id = e.id where e.tenant_id = ?"))
        .containsExactly("D history");
  }

  private static Map<String, String> statements() throws IllegalAccessException {
    Map<String, String> all = new TreeMap<>();
    for (GroupSql sql : GroupSql.values()) {
      all.put("GroupSql." + sql, sql.grouped());
      all.put("GroupSql." + sql + ".single", sql.single());
    }
    for (Class<?> type : STATEMENTS) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
          field.setAccessible(true);
          all.put(type.getSimpleName() + "." + field.getName(), (String) field.get(null));
        }
      }
    }
    return all;
  }

  /// The tables that a statement reaches without their tenant.
  private static Set<String> without(String name, String sql) {
    Set<String> without = new java.util.TreeSet<>();
    Matcher table = TABLE.matcher(sql);
    while (table.find()) {
      String alias = table.group("alias");
      String rest = sql.substring(table.end());
      boolean named;
      if (table.group("verb").equals("into")) {
        named = rest.strip().startsWith("(tenant_id,");
      } else if (alias != null) {
        String column = "\\b" + alias + "\\.tenant_id";
        named = Pattern.compile(column + "\\s*=[^<>]|=\\s*" + column + "\\b").matcher(sql).find();
      } else {
        named =
            (table.group("verb").equals("update")
                    ? Pattern.compile("\\bwhere\\s+tenant_id\\s*=")
                    : Pattern.compile("^[^)]*\\btenant_id\\s*="))
                .matcher(rest)
                .find();
      }
      if (!named) {
        without.add(name + " " + table.group("table"));
      }
    }
    return without;
  }
}
