package io.gradus.store;

import static io.gradus.store.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepositoriesTest {
  private final TenantScope scope = Fixture.scope();
  private final PlatformScope platform = Fixture.platform();
  private final StateMachines machines = new StateMachines(scope);
  private final Executions executions = new Executions(scope);
  private final Histories histories = new Histories(scope);
  private final Users users = new Users(platform);
  private final AccessKeys keys = new AccessKeys(scope, platform);
  private final TenantId tenant = Fixture.tenant();

  @Test
  void aStateMachineHasItsNewestRevisionAndKeepsTheOthers() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    var second = Fixture.revision("{\"StartAt\":\"B\"}");

    // when
    var number = machines.update(tenant, machine.id(), second);

    // then
    assertThat(number).contains(2);
    var found = machines.find(tenant, "orders").orElseThrow();
    assertThat(found.revisionId()).isEqualTo(second.id());
    assertThat(found.revisionNumber()).isEqualTo(2);
    assertThat(found.definition()).isEqualTo(bytes("{\"StartAt\":\"B\"}"));
    assertThat(machines.revision(tenant, machine.revision()).orElseThrow().definition())
        .isEqualTo(bytes("{\"StartAt\":\"A\"}"));
    assertThat(machines.revisions(tenant, machine.id(), 10))
        .extracting(StateMachines.StateMachine::revisionNumber)
        .containsExactly(2, 1);
    assertThat(machines.update(tenant, UUID.randomUUID(), Fixture.revision("{}"))).isEmpty();
  }

  @Test
  void aNameIsTakenUntilItsStateMachineIsDeleted() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");

    // when, then
    assertThat(machines.create(tenant, UUID.randomUUID(), "orders", true, Fixture.revision("{}")))
        .isFalse();
    assertThat(machines.delete(tenant, machine.id())).isTrue();
    assertThat(machines.delete(tenant, machine.id())).isFalse();
    assertThat(machines.find(tenant, "orders")).isEmpty();
    assertThat(machines.find(tenant, machine.id()).orElseThrow().deleting()).isTrue();
    assertThat(machines.create(tenant, UUID.randomUUID(), "orders", true, Fixture.revision("{}")))
        .isTrue();
    assertThat(machines.find(tenant, "orders").orElseThrow().express()).isTrue();
  }

  @Test
  void listsAPageAfterAPage() {
    // given
    for (int i = 0; i < 5; i++) {
      Fixture.machine(tenant, "m" + i);
    }

    // when
    List<String> seen = new ArrayList<>();
    String after = "";
    int pages = 0;
    do {
      List<String> page =
          machines.list(tenant, after, 2).stream().map(StateMachines.StateMachine::name).toList();
      seen.addAll(page);
      after = page.isEmpty() ? "" : page.getLast();
      pages++;
    } while (!after.isEmpty());

    // then
    assertThat(pages).isEqualTo(4);
    assertThat(seen).containsExactly("m0", "m1", "m2", "m3", "m4");
    assertThat(Position.parse("nonsense")).isNull();
    assertThat(Position.parse("1.x")).isNull();
  }

  @Test
  void findsExecutionsByNameAndFilter() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    Machine other = Fixture.machine(tenant, "refunds");
    ExecutionKey a = Fixture.started(machine, "a-1", 1);
    ExecutionKey b = Fixture.started(machine, "b-1", 1);
    ExecutionKey c = Fixture.started(other, "a-1", 1);
    Fixture.commit(List.of(), List.of(Fixture.end(b, 1)));

    // when, then
    var detail = executions.find(tenant, "orders", "a-1").orElseThrow();
    assertThat(detail.summary().key()).isEqualTo(a);
    assertThat(detail.summary().stateMachineName()).isEqualTo("orders");
    assertThat(detail.state()).isEqualTo(bytes("state 1"));
    assertThat(executions.find(a)).isPresent();
    assertThat(executions.summary(tenant, "refunds", "a-1").orElseThrow().key()).isEqualTo(c);
    assertThat(executions.summary(tenant, "refunds", "b-1")).isEmpty();
    assertThat(list(Executions.Filter.ALL)).containsExactly(c, b, a);
    assertThat(list(filter(machine.id(), Set.of(), null))).containsExactly(b, a);
    assertThat(list(filter(machine.id(), Set.of(ExecutionStatus.RUNNING), null)))
        .containsExactly(a);
    assertThat(list(filter(null, Set.of(), "a-"))).containsExactly(c, a);
    assertThat(
            list(
                new Executions.Filter(
                    null, Set.of(), Fixture.NOON, Fixture.NOON.plusMillis(1), null)))
        .hasSize(3);
    assertThat(list(new Executions.Filter(null, Set.of(), null, Fixture.NOON, null))).isEmpty();
  }

  @Test
  void pagesExecutionsOfOneMachineAndOfAll() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    for (int i = 0; i < 5; i++) {
      Fixture.started(machine, "e" + i, 1);
    }

    // when, then
    for (@Nullable UUID of : new @Nullable UUID[] {machine.id(), null}) {
      List<String> names = new ArrayList<>();
      Position after = null;
      do {
        var page = executions.list(tenant, filter(of, Set.of(), null), after, 2);
        page.rows().forEach(e -> names.add(e.name()));
        after = page.next();
      } while (after != null);
      assertThat(names).containsExactly("e4", "e3", "e2", "e1", "e0");
    }
  }

  @Test
  void findsWhatPeopleLookFor() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    Machine other = Fixture.machine(tenant, "refunds");
    ExecutionKey a = Fixture.started(machine, "a-1", 0);
    ExecutionKey b = Fixture.started(machine, "b-1", 0);
    ExecutionKey c = Fixture.started(other, "a-2", 0);
    Fixture.commit(List.of(), List.of(Fixture.end(b, 1)));
    ExecutionSearch search = new ExecutionSearch(scope);
    var ended = search.find(tenant, "orders", "b-1").orElseThrow();

    // when, then
    assertThat(ended.key()).isEqualTo(b);
    assertThat(ended.revision()).isEqualTo(1);
    assertThat(search.find(tenant, "orders", "b")).isEmpty();
    assertThat(search.parent(a)).isEmpty();
    assertThat(found(search, null, Set.of(), null)).containsExactly(c, b, a);
    assertThat(found(search, "orders", Set.of(), null)).containsExactly(b, a);
    assertThat(found(search, null, Set.of(ExecutionStatus.RUNNING), null)).containsExactly(c, a);
    assertThat(found(search, null, Set.of(ended.status()), null)).containsExactly(b);
    assertThat(found(search, null, Set.of(), "a-")).containsExactly(c, a);
    assertThat(found(search, "refunds", Set.of(ended.status()), "a-")).isEmpty();
    var late =
        new ExecutionSearch.Wanted(
            null, Set.of(), Fixture.NOON, Fixture.NOON.plusMillis(1), null, null);
    assertThat(search.newest(tenant, late, null, 10).rows()).hasSize(3);
    var early = new ExecutionSearch.Wanted(null, Set.of(), null, Fixture.NOON, null, null);
    assertThat(search.newest(tenant, early, null, 10).rows()).isEmpty();
  }

  @Test
  void findsByTheErrorThatSomethingEndedWith() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    ExecutionKey a = Fixture.started(machine, "a", 0);
    ExecutionKey b = Fixture.started(machine, "b", 0);
    ExecutionKey c = Fixture.started(machine, "c", 0);
    Fixture.commit(
        List.of(),
        List.of(
            Fixture.failed(a, 1, "Payment.Declined"),
            Fixture.failed(b, 1, "\0" + "\uD800" + "x".repeat(300)),
            Fixture.failed(c, 1, "Payment.Declined")));
    ExecutionSearch search = new ExecutionSearch(scope);

    // when
    var declined =
        new ExecutionSearch.Wanted("orders", Set.of(), null, null, null, "Payment.Declined");
    var first = search.newest(tenant, declined, null, 1);
    var second = search.newest(tenant, declined, first.next(), 1);

    // then
    assertThat(first.rows()).extracting(ExecutionSearch.Found::key).containsExactly(c);
    assertThat(first.rows().getFirst().error()).isEqualTo("Payment.Declined");
    assertThat(second.rows()).extracting(ExecutionSearch.Found::key).containsExactly(a);
    assertThat(search.find(tenant, "orders", "b").orElseThrow().error())
        .isEqualTo("??" + "x".repeat(254));
    assertThat(search.newest(Fixture.tenant(), declined, null, 9).rows()).isEmpty();
  }

  private List<ExecutionKey> found(
      ExecutionSearch search,
      @Nullable String machine,
      Set<ExecutionStatus> statuses,
      @Nullable String prefix) {
    List<ExecutionKey> keys = new ArrayList<>();
    Position after = null;
    do {
      var page =
          search.newest(
              tenant,
              new ExecutionSearch.Wanted(machine, statuses, null, null, prefix, null),
              after,
              1);
      page.rows().forEach(row -> keys.add(row.key()));
      after = page.next();
    } while (after != null);
    return keys;
  }

  @Test
  void readsHistoryAndFramesAsTheTenant() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    ExecutionKey key =
        Fixture.started(
            machine,
            "e",
            1,
            new SideRows(
                List.of(new SideRows.FrameRow("r/1!0", bytes("f"))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
    Fixture.commit(List.of(), List.of(Fixture.move(key, 1, 1, SideRows.NONE)));

    // when, then
    assertThat(firsts(histories.forward(key, 1, 10))).containsExactly(1L, 2L);
    assertThat(firsts(histories.forward(key, 2, 10))).containsExactly(2L);
    assertThat(firsts(histories.backward(key, Long.MAX_VALUE, 1))).containsExactly(2L);
    assertThat(firsts(histories.containing(key, List.of(9L, 2L)))).containsExactly(2L);
    assertThat(executions.frames(key)).hasSize(1);
  }

  @Test
  void anotherTenantSeesNothingAndWritesNothing() {
    // given
    Machine machine = Fixture.machine(tenant, "orders");
    ExecutionKey key = Fixture.started(machine, "e", 1);
    TenantId other = Fixture.tenant();
    ExecutionKey asOther = new ExecutionKey(other, key.id());

    // when, then
    assertThat(machines.find(other, "orders")).isEmpty();
    assertThat(machines.find(other, machine.id())).isEmpty();
    assertThat(machines.revision(other, machine.revision())).isEmpty();
    assertThat(machines.update(other, machine.id(), Fixture.revision("{}"))).isEmpty();
    assertThat(machines.delete(other, machine.id())).isFalse();
    assertThat(executions.find(asOther)).isEmpty();
    assertThat(histories.forward(asOther, 1, 10)).isEmpty();
    assertThat(executions.list(other, Executions.Filter.ALL, null, 10).rows()).isEmpty();
    assertThatThrownBy(() -> scope.run(other, () -> machines.find(tenant, "orders")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsDoneInOneScopeIsOneTransaction() {
    // when
    assertThatThrownBy(
            () ->
                scope.run(
                    tenant,
                    () -> {
                      Fixture.machine(tenant, "unborn");
                      throw new IllegalArgumentException("changed my mind");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    boolean there = scope.call(tenant, () -> machines.find(tenant, "unborn").isPresent());

    // then
    assertThat(there).isFalse();
  }

  @Test
  void activitiesFunctionsAndTags() {
    // given
    Activities activities = new Activities(scope);
    Functions functions = new Functions(scope);
    Tags tags = new Tags(scope);
    var paint = new Activities.Activity(UUID.randomUUID(), "paint", null, Fixture.NOON);
    String arn = "arn:aws:states:eu-central-1:123456789012:activity:paint";

    // when, then
    assertThat(activities.create(tenant, paint)).isTrue();
    assertThat(activities.create(tenant, paint)).isFalse();
    assertThat(activities.find(tenant, "paint")).contains(paint);
    assertThat(activities.list(tenant, null, 10).rows()).containsExactly(paint);
    assertThat(activities.delete(tenant, "paint")).isTrue();
    assertThat(activities.delete(tenant, "paint")).isFalse();

    functions.put(tenant, "resize", "https://one", 30, Fixture.NOON);
    functions.put(tenant, "resize", "https://two", 60, Fixture.NOON.plusSeconds(1));
    assertThat(functions.find(tenant, "resize"))
        .contains(
            new Functions.Function(
                "resize", "https://two", 60, Fixture.NOON, Fixture.NOON.plusSeconds(1)));
    assertThat(functions.list(tenant, "", 10)).hasSize(1);
    assertThat(functions.list(tenant, "resize", 10)).isEmpty();
    assertThat(functions.delete(tenant, "resize")).isTrue();

    tags.put(tenant, arn, Map.of("a", "1", "b", "2"));
    tags.put(tenant, arn, Map.of("b", "3"));
    assertThat(tags.find(tenant, arn)).containsExactly(Map.entry("a", "1"), Map.entry("b", "3"));
    assertThat(tags.remove(tenant, arn, List.of("a", "z"))).isEqualTo(1);
    tags.replace(tenant, arn, Map.of("c", "4"));
    assertThat(tags.find(tenant, arn)).containsExactly(Map.entry("c", "4"));
  }

  @Test
  void peopleBelongToTenantsWithRoles() {
    // given
    var ann =
        new Users.User(
            UUID.randomUUID(),
            "ann-" + tenant,
            "Ann",
            null,
            "{argon2}x",
            false,
            true,
            Fixture.NOON);

    // when
    assertThat(users.create(ann)).isTrue();
    assertThat(users.create(ann)).isFalse();
    users.setRoles(tenant, ann.id(), Set.of("viewer"));
    users.setRoles(tenant, ann.id(), Set.of("author", "operator"));

    // then
    assertThat(users.findByLogin(ann.login())).contains(ann);
    assertThat(users.find(ann.id())).contains(ann);
    assertThat(users.memberships(ann.id()))
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.tenant()).isEqualTo(tenant);
              assertThat(m.roles()).containsExactly("author", "operator");
              assertThat(m.tenantActive()).isTrue();
            });
    assertThat(users.members(tenant)).hasSize(1);
    assertThat(users.setGroups(tenant, ann.id(), Set.of("finance", "board"))).isTrue();
    users.setRoles(tenant, ann.id(), Set.of("author"));
    assertThat(users.member(tenant, ann.login()).orElseThrow().groups())
        .containsExactly("board", "finance");
    assertThatThrownBy(() -> users.setGroups(tenant, ann.id(), Set.of("")))
        .isInstanceOf(DatabaseFailure.class);
    assertThatThrownBy(() -> users.setRoles(tenant, ann.id(), Set.of("emperor")))
        .isInstanceOfSatisfying(
            DatabaseFailure.class,
            e -> assertThat(e.kind()).isEqualTo(DatabaseFailure.Kind.REFUSED));
    users.setRoles(tenant, ann.id(), Set.of());
    assertThat(users.memberships(ann.id())).isEmpty();
    assertThat(users.setPasswordHash(ann.id(), "{argon2}y", null)).isTrue();
    assertThat(users.setActive(ann.id(), false)).isTrue();
    assertThat(users.setProfile(ann.id(), "Ann B.", "ann@example.org")).isTrue();
    var now = users.find(ann.id()).orElseThrow();
    assertThat(now.active()).isFalse();
    assertThat(now.passwordVersion()).isEqualTo(1);
    assertThat(now.displayName()).isEqualTo("Ann B.");
    assertThat(now.email()).isEqualTo("ann@example.org");
    assertThat(users.setGroups(tenant, ann.id(), Set.of("board"))).isFalse();
    assertThat(ann.toString()).doesNotContain("argon2");
  }

  @Test
  void anAccessKeyIsFoundByItsIdAlone() {
    // given
    String id =
        "AKIA"
            + tenant.value().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    var fresh =
        new AccessKeys.NewAccessKey(
            id, bytes("sealed"), null, "ci", Set.of("admin"), "user/ann", Fixture.NOON);

    // when
    assertThat(keys.create(tenant, fresh)).isTrue();
    assertThat(keys.create(Fixture.tenant(), fresh)).isFalse();

    // then
    var found = keys.find(id).orElseThrow();
    assertThat(found.tenant()).isEqualTo(tenant);
    assertThat(found.sealedSecret()).isEqualTo(bytes("sealed"));
    assertThat(found.roles()).containsExactly("admin");
    assertThat(found.active()).isTrue();
    assertThat(found.lastUsedAt()).isNull();
    assertThat(keys.find("AKIANONE")).isEmpty();
    assertThat(keys.find("AKIA\0")).isEmpty();
    Instant used = Fixture.NOON.plusSeconds(5);
    keys.touch(tenant, id, used);
    keys.touch(tenant, id, Fixture.NOON);
    keys.flushUsed();
    assertThat(keys.list(tenant))
        .singleElement()
        .satisfies(k -> assertThat(k.lastUsedAt()).isEqualTo(used));
    assertThat(keys.rotate(tenant, id, bytes("other"))).isTrue();
    assertThat(keys.setActive(tenant, id, false)).isTrue();
    assertThat(keys.find(id).orElseThrow().active()).isFalse();
    assertThat(keys.find(id).orElseThrow().sealedSecret()).isEqualTo(bytes("other"));
    assertThat(keys.delete(tenant, id)).isTrue();
    assertThat(keys.delete(tenant, id)).isFalse();
  }

  @Test
  void secretsAndTenants() {
    // given
    Secrets secrets = new Secrets(platform);
    Tenants tenants = new Tenants(platform);
    String name = "token-key-" + tenant;

    // when, then
    assertThat(secrets.find(name)).isEmpty();
    assertThat(secrets.putIfAbsent(name, bytes("one"))).isEqualTo(bytes("one"));
    assertThat(secrets.putIfAbsent(name, bytes("two"))).isEqualTo(bytes("one"));
    secrets.put(name, bytes("three"));
    assertThat(secrets.find(name).orElseThrow()).isEqualTo(bytes("three"));

    var found = tenants.find(tenant).orElseThrow();
    assertThat(tenants.findByAccount(found.account())).contains(found);
    assertThat(tenants.create(found)).isFalse();
    assertThat(tenants.setActive(tenant, false)).isTrue();
    assertThat(tenants.setAwsStrict(tenant, false)).isTrue();
    assertThat(tenants.rename(tenant, "New")).isTrue();
    assertThat(tenants.list())
        .filteredOn(t -> t.id().equals(tenant))
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.active()).isFalse();
              assertThat(t.awsStrict()).isFalse();
              assertThat(t.name()).isEqualTo("New");
            });
    assertThat(tenants.rename(new TenantId(UUID.randomUUID()), "None")).isFalse();
  }

  private static Executions.Filter filter(
      @Nullable UUID machine, Set<ExecutionStatus> statuses, @Nullable String name) {
    return new Executions.Filter(machine, statuses, null, null, name);
  }

  private List<ExecutionKey> list(Executions.Filter filter) {
    return executions.list(tenant, filter, null, 10).rows().stream()
        .map(Executions.Summary::key)
        .toList();
  }

  private static List<Long> firsts(List<HistoryRun> runs) {
    return runs.stream().map(HistoryRun::firstEventId).toList();
  }
}
