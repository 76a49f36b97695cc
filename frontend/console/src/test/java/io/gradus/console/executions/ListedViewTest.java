package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.savedview.SavedView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which view a list is of.
class ListedViewTest {
  private static final Caller ANN =
      new Caller(
          new TenantId(new UUID(0, 1)), "000000000000", "user/ann", Set.of(Role.VIEWER), "test");

  private final List<ListedView> all =
      ListedView.of(
          ANN,
          List.of(
              saved("mine", "user/ann", "machine=orders", false),
              saved("again", "user/ann", "machine=orders", true),
              saved("theirs", "user/bob", "status=running", true)));

  private static SavedView saved(String name, String owner, String query, boolean shared) {
    return new SavedView(name + "-id", owner, name, query, shared, Instant.EPOCH, Instant.EPOCH);
  }

  @Test
  void whatEverybodyHasComesFirst() {
    assertThat(all)
        .extracting(ListedView::name)
        .containsExactly("All", "Failed today", "Running", "mine", "again", "theirs");
    assertThat(all)
        .extracting(ListedView::sharing)
        .containsExactly("", "", "", "", "Shared by you", "Shared by bob");
  }

  @Test
  void theOneThatWasOpenedIsMeantAsLongAsItListsTheSame() {
    ListQuery orders = ListQuery.ALL.withMachine("orders");

    assertThat(name(ListQuery.ALL, null)).isEqualTo("All");
    assertThat(name(orders, null)).isEqualTo("mine");
    assertThat(name(orders, "again-id")).isEqualTo("again");
    assertThat(name(orders, "gone-id")).isEqualTo("mine");
    assertThat(name(all.get(2).query(), null)).isEqualTo("Running");
    assertThat(name(all.get(2).query(), "theirs-id")).isEqualTo("theirs");
    assertThat(name(all.get(2).query(), "mine-id")).isEqualTo("Running");
    assertThat(ListedView.current(all, orders.withName("x"), "mine-id")).isNull();
    assertThat(ListedView.find(all, "mine-id")).isEqualTo(all.get(3));
    assertThat(ListedView.find(all, null)).isNull();
  }

  private String name(ListQuery now, @Nullable String opened) {
    return Objects.requireNonNull(ListedView.current(all, now, opened)).name();
  }
}
