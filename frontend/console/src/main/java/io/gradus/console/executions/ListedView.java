package io.gradus.console.executions;

import io.gradus.console.part.People;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A view that a person can choose.
///
/// @param saved null for one that everybody has and nobody saved
/// @param owned whether it is the person's own
record ListedView(String name, ListQuery query, @Nullable SavedView saved, boolean owned) {
  /// Those that everybody has.
  static final List<ListedView> BUILT_IN =
      List.of(
          new ListedView("All", ListQuery.ALL, null, false),
          new ListedView(
              "Failed today",
              ListQuery.ALL
                  .withStatuses(Set.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT))
                  .withSince("today"),
              null,
              false),
          new ListedView(
              "Running", ListQuery.ALL.withStatuses(Set.of(ExecutionStatus.RUNNING)), null, false));

  /// All of a caller's: those that everybody has, their own, those that others share.
  ///
  /// @param saved in the service's order
  static List<ListedView> of(Caller caller, List<SavedView> saved) {
    List<ListedView> all = new ArrayList<>(BUILT_IN);
    for (SavedView view : saved) {
      all.add(
          new ListedView(
              view.name(), ListQuery.of(view), view, SavedViewService.owns(caller, view)));
    }
    return List.copyOf(all);
  }

  /// The one that lists this. Of several it is the one that was opened last, or else the first.
  ///
  /// @param opened the id of a saved view; null where none was opened
  static @Nullable ListedView current(
      List<ListedView> all, ListQuery now, @Nullable String opened) {
    ListedView last = find(all, opened);
    if (last != null && last.query().equals(now)) {
      return last;
    }
    return all.stream().filter(view -> view.query().equals(now)).findFirst().orElse(null);
  }

  /// The saved view of that id; null where there is none any more.
  static @Nullable ListedView find(List<ListedView> all, @Nullable String id) {
    return id == null
        ? null
        : all.stream().filter(view -> id.equals(view.id())).findFirst().orElse(null);
  }

  /// Null for one that nobody saved.
  @Nullable String id() {
    return saved == null ? null : saved.id();
  }

  /// Whether everyone in the tenant sees it because somebody shares it.
  boolean shared() {
    return saved != null && saved.shared();
  }

  /// Who shares it, in words; empty where nobody does.
  String sharing() {
    if (saved == null || !saved.shared()) {
      return "";
    }
    return owned ? "Shared by you" : "Shared by " + People.name(saved.owner());
  }
}
