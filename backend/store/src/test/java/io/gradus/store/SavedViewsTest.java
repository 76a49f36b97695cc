package io.gradus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.store.SavedViews.Extent;
import io.gradus.store.SavedViews.View;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Saved views in the database.
class SavedViewsTest {
  private static final int ALL = 1_000;

  private final SavedViews views = new SavedViews(Fixture.scope());
  private final TenantId tenant = Fixture.tenant();

  private View kept(TenantId of, String owner, String name, boolean shared) {
    View view =
        new View(UUID.randomUUID(), owner, name, "machine=a", shared, Fixture.NOON, Fixture.NOON);
    views.insert(of, view);
    return view;
  }

  @Test
  void aViewIsKeptChangedAndDeleted() {
    View first = kept(tenant, "user/ann", "first", false);
    View changed =
        new View(
            first.id(),
            "user/somebody else",
            "other",
            "",
            true,
            Fixture.NOON.plus(Duration.ofDays(1)),
            Fixture.NOON.plusSeconds(1));

    assertThat(views.find(tenant, first.id())).contains(first);
    assertThat(views.update(tenant, changed)).isTrue();

    assertThat(views.find(tenant, first.id()))
        .as("whose it is and when it was made stays")
        .contains(
            new View(
                first.id(),
                "user/ann",
                "other",
                "",
                true,
                Fixture.NOON,
                Fixture.NOON.plusSeconds(1)));
    assertThat(views.delete(tenant, first.id())).isTrue();
    assertThat(views.delete(tenant, first.id())).isFalse();
    assertThat(views.update(tenant, changed)).isFalse();
    assertThat(views.find(tenant, first.id())).isEmpty();
  }

  @Test
  void theyAreListedByNameWithAnEnd() {
    View b = kept(tenant, "user/ann", "b", true);
    View a = kept(tenant, "user/ann", "a", false);
    View c = kept(tenant, "user/bob", "c", true);
    kept(tenant, "user/bob", "d", false);

    assertThat(views.owned(tenant, "user/ann", ALL)).containsExactly(a, b);
    assertThat(views.owned(tenant, "user/ann", 1)).containsExactly(a);
    assertThat(views.shared(tenant, ALL)).containsExactly(b, c);
    assertThat(views.extentAlone(tenant, "user/ann")).isEqualTo(new Extent(2, 2));
    assertThat(views.extentAlone(tenant, "user/nobody")).isEqualTo(new Extent(0, 2));
  }

  @Test
  void aNameIsOncePerPersonAndOnceAmongTheShared() {
    kept(tenant, "user/ann", "mine", false);
    kept(tenant, "user/ann", "ours", true);

    kept(tenant, "user/bob", "mine", true);
    kept(tenant, "user/bob", "ours", false);
    assertThatThrownBy(() -> kept(tenant, "user/ann", "mine", true))
        .isInstanceOf(DatabaseFailure.class);
    assertThatThrownBy(() -> kept(tenant, "user/cyd", "ours", true))
        .isInstanceOf(DatabaseFailure.class);
  }

  @Test
  void anotherTenantHasNone() {
    View view = kept(tenant, "user/ann", "first", true);
    TenantId other = Fixture.tenant();

    assertThat(views.find(other, view.id())).isEmpty();
    assertThat(views.shared(other, ALL)).isEmpty();
    assertThat(views.owned(other, "user/ann", ALL)).isEmpty();
    assertThat(views.update(other, view)).isFalse();
    assertThat(views.delete(other, view.id())).isFalse();
    assertThat(views.extentAlone(other, "user/ann")).isEqualTo(new Extent(0, 0));
    assertThat(views.find(tenant, view.id())).contains(view);
  }
}
