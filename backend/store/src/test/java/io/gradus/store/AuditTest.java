package io.gradus.store;

import static io.gradus.store.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.store.AuditEntry.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  private final Database database = Fixture.database();
  private final Audit audit = new Audit(Fixture.scope());
  private final TenantId tenant = Fixture.tenant();

  @Test
  void chainsWhatIsAppended() {
    // when
    audit.append(tenant, List.of(what("CreateStateMachine", "a"), what("DeleteActivity", "b")));
    audit.append(tenant, List.of(what("CreateStateMachine", "c")));
    audit.append(tenant, List.of());

    // then
    List<AuditEntry> entries = audit.list(tenant, AuditFilter.ALL, Long.MAX_VALUE, 10);
    assertThat(entries).extracting(AuditEntry::seq).containsExactly(3L, 2L, 1L);
    assertThat(entries.get(0).previousHash()).isEqualTo(entries.get(1).hash());
    assertThat(entries.get(2).previousHash()).isEqualTo(new byte[32]);
    assertThat(audit.head(tenant).hash()).isEqualTo(entries.getFirst().hash());
    assertThat(audit.verify(tenant)).isEqualTo(new Audit.Verification(3, null));
    assertThat(
            audit.list(
                tenant, new AuditFilter(null, "CreateStateMachine", null, null, null, null), 3, 10))
        .singleElement()
        .satisfies(e -> assertThat(e.what().target()).isEqualTo("a"));
    assertThat(audit.verify(Fixture.tenant())).isEqualTo(new Audit.Verification(0, null));
  }

  @Test
  void appendsOfManyThreadsAndTheEngineMakeOneChain() throws Exception {
    // given
    EngineAudit engine = new EngineAudit(database.engine());
    TenantId other = Fixture.tenant();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();

      // when
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> audit.append(tenant, List.of(what("A", "x")))));
        all.add(
            threads.submit(
                () ->
                    engine.append(
                        Map.of(
                            tenant, List.of(what("B", "x"), what("B", "y")),
                            other, List.of(what("B", "x"))))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    // then
    assertThat(audit.verify(tenant)).isEqualTo(new Audit.Verification(60, null));
    assertThat(audit.verify(other)).isEqualTo(new Audit.Verification(20, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit set who = 'user/eve' where tenant_id = '%s' and seq = 4 | 4",
        "update audit set at = at + interval '1 microsecond' where tenant_id = '%s' and seq = 5 | 5",
        "update audit set detail = null where tenant_id = '%s' and seq = 2 | 2",
        "delete from audit where tenant_id = '%s' and seq = 3 | 3",
        "delete from audit where tenant_id = '%s' and seq = 1 | 1",
        "delete from audit where tenant_id = '%s' and seq = 6 | 6",
        "delete from audit where tenant_id = '%s' and seq > 2 | 3",
        "update audit set hash = previous_hash, previous_hash = hash where tenant_id = '%s' and seq = 4 | 4",
      })
  void findsWhereTheChainWasTamperedWith(String tampering, long seq) throws Exception {
    // given
    for (int i = 1; i <= 6; i++) {
      audit.append(tenant, List.of(what("A", "target " + i)));
    }

    // when
    try (Connection owner = Fixture.owner();
        Statement statement = owner.createStatement()) {
      assertThat(statement.executeUpdate(tampering.formatted(tenant))).isPositive();
    }

    // then
    var verification = audit.verify(tenant);
    assertThat(verification.fault()).isNotNull().extracting(Audit.Fault::seq).isEqualTo(seq);
    assertThat(verification.entries()).isEqualTo(seq - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit set who = 'x'",
        "delete from audit",
        "truncate audit",
        "drop table audit"
      })
  void noRoleChangesWhatIsWritten(String tampering) throws SQLException {
    for (DataSource role :
        List.of(database.app(), database.platform(), database.engine(), database.quartz())) {
      try (Connection connection = role.getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(tampering))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  private static What what(String action, String target) {
    return new What(Fixture.NOON, "user/ann", action, target, "127.0.0.1", bytes("{}"));
  }
}
