package io.gradus.service.people;

import static io.gradus.service.people.PeopleWorld.part;
import static io.gradus.service.people.PeopleWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.audit.AuditLog;
import io.gradus.service.audit.AuditLog.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditServiceTest {
  private static PeopleWorld world;
  private static int tenants;

  private final String account = "5000000000%02d".formatted(++tenants);
  private Caller admin;

  @BeforeAll
  static void open() {
    world = new PeopleWorld();
  }

  @BeforeEach
  void tenant() {
    admin = world.administrator(account, "ann" + tenants);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void isFilteredByEachOfItsFields() {
    // given
    AccessKey.Summary key = world.keys.create(admin, "ci", null).summary();
    world.clock.by(Duration.ofMinutes(10));
    Instant later = world.clock.instant();
    Caller program =
        new Caller(admin.tenant(), account, "key/" + key.id(), Set.of(Role.ADMIN), "10.0.0.7");
    world.keys.create(program, "second", null);
    world.keys.revoke(program, key.id());

    // when, then
    assertThat(actions(new Query(null, null, null, null, null, null)))
        .containsExactly(
            "RevokeAccessKey", "CreateAccessKey", "CreateAccessKey", "AddMember", "CreateTenant");
    assertThat(actions(new Query("user/ann" + tenants, null, null, null, null, null)))
        .containsExactly("CreateAccessKey");
    assertThat(actions(new Query(null, "RevokeAccessKey", null, null, null, null)))
        .containsExactly("RevokeAccessKey");
    assertThat(
            actions(
                new Query(
                    null, null, key.id().substring(4).toLowerCase(Locale.ROOT), null, null, null)))
        .containsExactly("RevokeAccessKey", "CreateAccessKey");
    assertThat(actions(new Query(null, null, "100%_", null, null, null))).isEmpty();
    assertThat(actions(new Query(null, null, null, "10.0.0", null, null))).hasSize(2);
    assertThat(actions(new Query(null, null, null, null, later, null))).hasSize(2);
    assertThat(actions(new Query(null, null, null, null, null, later))).hasSize(3);
    assertThat(actions(new Query("x\0y", null, null, null, null, null))).isEmpty();
    assertThat(world.audit.facets(admin).people())
        .containsExactly("key/" + key.id(), "user/ann" + tenants, "user/root");
    assertThat(world.audit.facets(admin).actions())
        .containsExactly("AddMember", "CreateAccessKey", "CreateTenant", "RevokeAccessKey");
  }

  @Test
  void isReadAPageAfterAPage() {
    for (int i = 0; i < 5; i++) {
      world.keys.create(admin, "key " + i, null);
    }

    List<Long> seen = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (true) {
      List<AuditLog.Entry> page = world.audit.list(admin, Query.ALL, before, 3);
      page.forEach(entry -> seen.add(entry.seq()));
      if (page.size() < 3) {
        break;
      }
      before = page.getLast().seq();
    }

    assertThat(seen).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void tellsWhereItsChainWasTamperedWith() {
    // given
    world.keys.create(admin, "ci", null);
    AuditLog.Verification sound = world.audit.verify(admin, (_, _) -> true).orElseThrow();
    assertThat(sound.isSound()).isTrue();
    assertThat(sound.entries()).isEqualTo(3);
    assertThat(sound.head()).matches("[0-9a-f]{64}");

    // when
    world.tamper(
        "update audit set who = 'user/mallory' where seq = 2 and tenant_id = '%s'"
            .formatted(admin.tenant()));

    // then
    AuditLog.Verification found = world.audit.verify(admin, (_, _) -> true).orElseThrow();
    assertThat(found.isSound()).isFalse();
    assertThat(found.faultAt()).isEqualTo(2);
    assertThat(found.entries()).isEqualTo(1);
    assertThat(world.audit.verify(admin, (_, _) -> false)).isEmpty();
  }

  @Test
  void leavesAsSpreadsheetAndAsLines() throws IOException {
    // given
    world.keys.create(admin, "=cmd|' /C calc'!A0, \"quoted\"\nand more", null);

    // when
    String csv = export(AuditLog.Format.CSV);
    String lines = export(AuditLog.Format.JSON_LINES);

    // then
    assertThat(csv)
        .startsWith("\"seq\",\"at\",\"who\",\"action\",\"target\",\"source\",\"before\"");
    assertThat(csv).contains("\"CreateAccessKey\"").contains("\\\"\"quoted\\\"\"");
    List<String> rows = lines.lines().toList();
    assertThat(rows).hasSize(5);
    var newest = JsonMapper.builder().build().readTree(rows.getFirst());
    assertThat(newest.get("action").stringValue()).isEqualTo("ExportAuditLog");
    assertThat(lines).contains("{\"description\":\"=cmd|");
  }

  private String export(AuditLog.Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    world.audit.export(admin, Query.ALL, format, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isForAdministratorsAndTheirOwnTenantOnly() {
    Caller author = new Caller(admin.tenant(), account, "user/x", Set.of(Role.AUTHOR), "console");
    refuses(ErrorCode.ACCESS_DENIED, () -> world.audit.list(author, Query.ALL, Long.MAX_VALUE, 10));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.audit.verify(author, (_, _) -> true));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.audit.facets(author));
    refuses(
        ErrorCode.ACCESS_DENIED,
        () ->
            world.audit.export(
                author, Query.ALL, AuditLog.Format.CSV, new ByteArrayOutputStream()));

    Caller other = world.administrator("6000000000%02d".formatted(tenants), "oth" + tenants);
    world.members.change(other, "oth" + tenants, part(Set.of(Role.ADMIN), "secret group"));
    assertThat(world.audit.list(admin, Query.ALL, Long.MAX_VALUE, 100))
        .noneMatch(entry -> String.valueOf(entry.after()).contains("secret group"));
  }

  private List<String> actions(Query query) {
    return world.audit.list(admin, query, Long.MAX_VALUE, 100).stream()
        .map(AuditLog.Entry::action)
        .toList();
  }
}
