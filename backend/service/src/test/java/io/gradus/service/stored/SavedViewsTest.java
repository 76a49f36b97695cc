package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedView.Changes;
import io.gradus.service.savedview.SavedView.Draft;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.store.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Saved views on a real database: whose they are, who sees them, how many there are.
class SavedViewsTest {
  private static StoredWorld world;
  private SavedViewService views;
  private Caller admin;
  private Caller operator;
  private Caller viewer;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  @BeforeEach
  void newTenant() {
    views = world.savedViews;
    admin = world.administrator();
    operator = person("user/olga", Role.OPERATOR);
    viewer = person("user/vera", Role.VIEWER);
  }

  private Caller person(String principal, Role role) {
    return new Caller(admin.tenant(), admin.account(), principal, Set.of(role), "test");
  }

  private static Draft mine(String name) {
    return new Draft(name, "status=failed", false);
  }

  private static Draft ours(String name) {
    return new Draft(name, "status=failed", true);
  }

  private List<String> names(Caller caller) {
    return views.list(caller).stream().map(SavedView::name).toList();
  }

  @Test
  void aViewIsItsOwnersUntilItIsShared() {
    SavedView made = views.create(operator, new Draft("  mine ", "from=24h&status=failed", false));

    assertThat(made.name()).isEqualTo("mine");
    assertThat(made.query()).isEqualTo("status=failed&from=24h");
    assertThat(made.owner()).isEqualTo("user/olga");
    assertThat(views.list(operator)).containsExactly(made);
    for (Caller other : List.of(viewer, admin)) {
      assertThat(names(other)).isEmpty();
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.get(other, made.id()));
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.delete(other, made.id()));
      refuses(
          ErrorCode.RESOURCE_NOT_FOUND, () -> views.change(other, made.id(), Changes.share(true)));
    }

    SavedView shared = views.change(operator, made.id(), Changes.share(true));
    views.create(viewer, mine("z of my own"));

    assertThat(shared.shared()).isTrue();
    assertThat(views.get(viewer, made.id())).isEqualTo(shared);
    assertThat(names(viewer)).containsExactly("z of my own", "mine");
    assertThat(names(admin)).containsExactly("mine");
  }

  @ParameterizedTest
  @EnumSource
  void everyRoleKeepsItsOwnAndThoseWhoRunExecutionsShare(Role role) {
    Caller caller = person("user/" + role.wireName(), role);
    SavedView own = views.create(caller, mine("own"));
    views.change(caller, own.id(), Changes.rename("renamed"));
    views.change(caller, own.id(), Changes.list("machine=orders"));
    views.delete(caller, views.create(caller, mine("gone")).id());
    assertThat(names(caller)).containsExactly("renamed");

    boolean shares = Set.of(Role.OPERATOR, Role.AUTHOR, Role.ADMIN).contains(role);
    assertThat(SavedViewService.mayShare(caller)).isEqualTo(shares);
    if (shares) {
      views.create(caller, ours("ours"));
      views.change(caller, own.id(), Changes.share(true));
      assertThat(names(viewer)).containsExactly("ours", "renamed");
    } else {
      refuses(ErrorCode.ACCESS_DENIED, () -> views.create(caller, ours("ours")));
      refuses(ErrorCode.ACCESS_DENIED, () -> views.change(caller, own.id(), Changes.share(true)));
      assertThat(names(viewer)).doesNotContain("renamed", "ours");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSharedOneIsItsOwnersAndTheAdministratorsToChange(Role role) {
    SavedView view = views.create(operator, ours("ours"));
    Caller caller = person("user/another", role);

    boolean may = role == Role.ADMIN;
    assertThat(SavedViewService.mayChange(caller, view)).isEqualTo(may);
    assertThat(SavedViewService.mayDelete(caller, view)).isEqualTo(may);
    if (may) {
      views.change(caller, view.id(), Changes.rename("theirs"));
      assertThat(names(operator)).containsExactly("theirs");
      views.delete(caller, view.id());
      assertThat(names(operator)).isEmpty();
    } else {
      refuses(ErrorCode.ACCESS_DENIED, () -> views.change(caller, view.id(), Changes.rename("x")));
      refuses(ErrorCode.ACCESS_DENIED, () -> views.change(caller, view.id(), Changes.share(false)));
      refuses(ErrorCode.ACCESS_DENIED, () -> views.delete(caller, view.id()));
      assertThat(names(operator)).containsExactly("ours");
    }
  }

  @Test
  void whoMayNotShareAnyMoreTakesBackAndChangesNothingElse() {
    SavedView first = views.create(operator, ours("first"));
    SavedView second = views.create(operator, ours("second"));
    Caller reads = world.with(operator, Role.VIEWER);

    assertThat(SavedViewService.mayChange(reads, first)).isFalse();
    assertThat(SavedViewService.mayDelete(reads, first)).isTrue();
    refuses(
        ErrorCode.ACCESS_DENIED, () -> views.change(reads, first.id(), Changes.rename("other")));
    refuses(
        ErrorCode.ACCESS_DENIED,
        () -> views.change(reads, first.id(), new Changes("other", null, false)));
    views.change(reads, first.id(), Changes.share(false));
    views.delete(reads, second.id());

    assertThat(names(viewer)).isEmpty();
    assertThat(names(reads)).containsExactly("first");
    views.change(reads, first.id(), Changes.rename("other"));
  }

  @Test
  void anAdministratorTakesBackWhatIsAnothersThen() {
    SavedView view = views.create(operator, ours("ours"));

    SavedView back = views.change(admin, view.id(), Changes.share(false));

    assertThat(back.owner()).isEqualTo("user/olga");
    assertThat(names(admin)).isEmpty();
    assertThat(names(operator)).containsExactly("ours");
  }

  @Test
  void anotherTenantNeitherSeesNorChangesThem() {
    SavedView view = views.create(operator, ours("ours"));
    Caller foreign = world.administrator();
    Caller same =
        new Caller(foreign.tenant(), foreign.account(), "user/olga", Set.of(Role.ADMIN), "test");

    for (Caller other : List.of(foreign, same)) {
      assertThat(names(other)).isEmpty();
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.get(other, view.id()));
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.delete(other, view.id()));
      refuses(
          ErrorCode.RESOURCE_NOT_FOUND, () -> views.change(other, view.id(), Changes.rename("x")));
    }
    assertThat(views.get(viewer, view.id())).isEqualTo(view);
    views.create(same, ours("ours"));
  }

  @Test
  void aNameIsOncePerPersonAndOnceAmongTheShared() {
    views.create(operator, mine("a"));
    SavedView b = views.create(operator, ours("b"));

    refuses(ErrorCode.CONFLICT, () -> views.create(operator, mine("a")));
    refuses(ErrorCode.CONFLICT, () -> views.create(operator, mine(" b ")));
    refuses(ErrorCode.CONFLICT, () -> views.change(operator, b.id(), Changes.rename("a")));
    refuses(ErrorCode.CONFLICT, () -> views.change(admin, b.id(), Changes.rename("a")));
    refuses(ErrorCode.CONFLICT, () -> views.create(admin, ours("b")));
    SavedView theirs = views.create(admin, mine("b"));
    refuses(ErrorCode.CONFLICT, () -> views.change(admin, theirs.id(), Changes.share(true)));
    views.change(operator, b.id(), Changes.share(false));
    views.change(admin, theirs.id(), Changes.share(true));
    refuses(ErrorCode.CONFLICT, () -> views.change(operator, b.id(), Changes.share(true)));
    // as it is called already, it may be called
    views.change(operator, b.id(), Changes.rename("b"));
  }

  @Test
  void whatNoViewIsCalledIsRefused() {
    for (String name : List.of("", " ", "a\nb", "a\0b", "x".repeat(81))) {
      refuses(ErrorCode.VALIDATION, () -> views.create(viewer, mine(name)));
    }
    SavedView longest = views.create(viewer, mine("x".repeat(80)));
    refuses(ErrorCode.VALIDATION, () -> views.change(viewer, longest.id(), Changes.rename("")));
    refuses(ErrorCode.VALIDATION, () -> views.change(viewer, longest.id(), Changes.list("x=y")));
    for (String id : List.of("", "none", "1-1-1-1-1", UUID.randomUUID().toString())) {
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.get(viewer, id));
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.delete(viewer, id));
      refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> views.change(viewer, id, Changes.rename("x")));
    }
  }

  @Test
  void aPersonHasFiftyAndATenantSharesTwoHundred() {
    for (int i = 0; i < SavedView.MAX_OWNED; i++) {
      views.create(viewer, mine("v" + i));
    }
    refuses(ErrorCode.SERVICE_QUOTA_EXCEEDED, () -> views.create(viewer, mine("one more")));
    assertThat(views.list(viewer)).hasSize(SavedView.MAX_OWNED);

    for (int i = 0; i < SavedView.MAX_SHARED; i++) {
      Caller author = person("user/a" + i / SavedView.MAX_OWNED, Role.AUTHOR);
      views.create(author, ours("s" + i));
    }
    refuses(ErrorCode.SERVICE_QUOTA_EXCEEDED, () -> views.create(operator, ours("one more")));
    SavedView own = views.create(operator, mine("one more"));
    refuses(
        ErrorCode.SERVICE_QUOTA_EXCEEDED,
        () -> views.change(operator, own.id(), Changes.share(true)));
    assertThat(views.list(viewer)).hasSize(SavedView.MAX_OWNED + SavedView.MAX_SHARED);
  }

  @Test
  void ofTwoWhoTakeTheSameNameAtOnceOneIsTold() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Caller caller = person("user/p" + i, Role.OPERATOR);
        tries.add(pool.submit(() -> made(caller)));
      }
      int made = 0;
      for (Future<Boolean> each : tries) {
        made += each.get() ? 1 : 0;
      }
      assertThat(made).isOne();
    }
  }

  private boolean made(Caller caller) {
    try {
      views.create(caller, ours("the one"));
      return true;
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
      return false;
    }
  }

  @Test
  void whatIsSharedIsAuditedAndWhatIsPrivateIsNot() {
    SavedView view = views.create(operator, mine("mine"));
    views.change(operator, view.id(), Changes.rename("still mine"));
    views.change(operator, view.id(), Changes.share(true));
    views.change(operator, view.id(), Changes.share(true));
    views.change(admin, view.id(), Changes.list("machine=orders"));
    views.change(operator, view.id(), Changes.share(false));
    views.delete(operator, view.id());
    views.delete(operator, views.create(operator, ours("ours")).id());

    List<AuditEntry.What> audited = world.audited(admin);
    assertThat(audited)
        .extracting(AuditEntry.What::action)
        .containsExactly(
            "UpdateSavedView",
            "UpdateSavedView",
            "UpdateSavedView",
            "CreateSavedView",
            "DeleteSavedView");
    assertThat(audited.get(1).target()).isEqualTo("view/" + view.id());
    assertThat(audited.get(1).who()).isEqualTo("user/ann");
    assertThat(audited.get(1).detail())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"after\":{\"name\":\"still mine\",\"owner\":\"user/olga\","
                + "\"query\":\"machine=orders\",\"shared\":true},"
                + "\"before\":{\"name\":\"still mine\",\"owner\":\"user/olga\","
                + "\"query\":\"status=failed\",\"shared\":true}}");
  }
}
