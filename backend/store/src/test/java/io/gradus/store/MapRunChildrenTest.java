package io.gradus.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Questions about a Map Run cost as many rows as they give back, however many children it has.
/// `-Dgradus.children=1000000` asks them of a million.
class MapRunChildrenTest {
  /// So many that no status has about a page: of a few rows the planner reads all and sorts them.
  private static final int CHILDREN = Integer.getInteger("gradus.children", 50_000);

  private static final int PAGE = 51;

  /// Two statuses may give a page each.
  private static final long FEW = 2L * PAGE;

  private static final List<ExecutionStatus> FAILED_FIRST =
      List.of(
          ExecutionStatus.FAILED,
          ExecutionStatus.TIMED_OUT,
          ExecutionStatus.ABORTED,
          ExecutionStatus.RUNNING,
          ExecutionStatus.SUCCEEDED);

  private static final TenantScope SCOPE = Fixture.scope();
  private static final MapRunChildren STORE = new MapRunChildren(SCOPE);
  private static final UUID RUN = UUID.randomUUID();
  private static TenantId tenant;

  /// Every 37th failed, the last hundred run, the others succeeded.
  @BeforeAll
  static void aMapRun() throws SQLException {
    tenant = Fixture.tenant();
    Fixture.Machine machine = Fixture.machine(tenant, "orders");
    try (Connection owner = Fixture.owner();
        PreparedStatement insert =
            owner.prepareStatement(
                """
                insert into execution (tenant_id, id, version, owner, moved_by, status, state_machine_id, revision_id,
                    name, input_hash, started_at, stopped_at, last_event_id, state, map_run_id, map_state, item_index,
                    item_count)
                select ?, id, 1, 0, 0, case when i >= ? - 100 then 0 when i % 37 = 0 then 2 else 1 end, ?, ?, id::text,
                    '', now(), case when i >= ? - 100 then null else now() end, 1, '[]', ?, 'M', i, 1
                from (select i, uuidv7() id from generate_series(0, ? - 1) i) t""");
        Statement statement = owner.createStatement()) {
      insert.setObject(1, tenant.value());
      insert.setInt(2, CHILDREN);
      insert.setObject(3, machine.id());
      insert.setObject(4, machine.revision());
      insert.setInt(5, CHILDREN);
      insert.setObject(6, RUN);
      insert.setInt(7, CHILDREN);
      insert.executeUpdate();
      statement.execute("vacuum analyze execution");
    }
  }

  private static <T> T costsLittle(String what, Supplier<T> question) {
    return SCOPE.call(
        tenant,
        () -> {
          long before = read();
          T found = question.get();
          assertThat(read() - before).as(what).isLessThanOrEqualTo(FEW);
          return found;
        });
  }

  /// Rows of executions that this session looked at.
  private static long read() {
    return SCOPE.with(
        tenant,
        db ->
            db.fetchSingle(
                    "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
                        + " from pg_stat_xact_user_tables where relname = 'execution'")
                .get(0, Long.class));
  }

  private static List<Long> indexes(List<MapRunChildren.Child> children) {
    return children.stream().map(MapRunChildren.Child::index).toList();
  }

  @Test
  void aPageIsReadAndNoMore() {
    assertThat(
            indexes(
                costsLittle(
                    "failed first", () -> STORE.byStatus(tenant, RUN, FAILED_FIRST, null, PAGE))))
        .hasSize(PAGE)
        .startsWith(0L, 37L, 74L);
    long middle = CHILDREN / 2;
    var place = new MapRunChildren.Place(ExecutionStatus.SUCCEEDED, middle);
    assertThat(
            indexes(
                costsLittle(
                    "from the middle",
                    () -> STORE.byStatus(tenant, RUN, FAILED_FIRST, place, PAGE))))
        .hasSize(PAGE)
        .allMatch(index -> index > middle);
    assertThat(
            indexes(
                costsLittle(
                    "newest",
                    () ->
                        STORE.newest(
                            tenant, RUN, List.of(ExecutionStatus.SUCCEEDED), middle, PAGE))))
        .hasSize(PAGE)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(
            indexes(
                costsLittle(
                    "in order",
                    () ->
                        STORE.inOrder(
                            tenant,
                            RUN,
                            List.of(ExecutionStatus.FAILED, ExecutionStatus.RUNNING),
                            middle,
                            PAGE))))
        .hasSize(PAGE);
    MapRunChildren.Child one =
        costsLittle("by place", () -> STORE.at(tenant, RUN, List.of(middle))).getFirst();
    assertThat(one.index()).isEqualTo(middle);
    UUID id = one.key().id();
    assertThat(
            indexes(costsLittle("by name", () -> STORE.between(tenant, RUN, id, id, null, PAGE))))
        .containsExactly(middle);
  }

  @Test
  void aSampleCostsWhatItIsLarge() {
    List<Long> places = LongStream.range(0, 40).mapToObj(i -> i * CHILDREN / 40).toList();
    assertThat(costsLittle("sample", () -> STORE.ended(tenant, RUN, places))).hasSize(40);
  }

  @Test
  void theListOfExecutionsDoesNotWalkOverThem() {
    var all = new ExecutionSearch.Wanted(null, Set.of(), null, null, null, null);
    ExecutionSearch search = new ExecutionSearch(SCOPE);
    assertThat(costsLittle("all", () -> search.newest(tenant, all, null, 50)).rows()).isEmpty();
    Revisions machines = new Revisions(SCOPE);
    assertThat(costsLittle("machines", () -> machines.entries(tenant, "", "", 10)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.last()).isNull());
    var failed =
        new ExecutionSearch.Wanted(null, Set.of(ExecutionStatus.FAILED), null, null, null, null);
    assertThat(costsLittle("failed", () -> search.newest(tenant, failed, null, 50)).rows())
        .isEmpty();
    var named = new ExecutionSearch.Wanted("orders", Set.of(), null, null, null, null);
    assertThat(costsLittle("of a machine", () -> search.newest(tenant, named, null, 50)).rows())
        .isEmpty();
  }
}
