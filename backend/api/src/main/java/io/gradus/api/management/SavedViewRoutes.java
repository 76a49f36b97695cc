package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls about lists of executions that people gave a name to.
final class SavedViewRoutes {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final String VIEWS = "/views";
  private static final String VIEW = VIEWS + "/{id}";

  private final SavedViewService views;

  SavedViewRoutes(SavedViewService views) {
    this.views = views;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            VIEWS,
            "listViews",
            "Lists the caller's saved views by name, then those that others share.",
            OK,
            None.class,
            Views.class,
            (caller, _) -> new Views(views.list(caller).stream().map(Shown::of).toList())),
        new Route<>(
            "POST",
            VIEWS,
            "createView",
            "Saves a view of the list of executions, for the caller or for everyone in the tenant.",
            CREATED,
            Create.class,
            Shown.class,
            this::create),
        new Route<>(
            "GET",
            VIEW,
            "getView",
            "Shows a saved view.",
            OK,
            Id.class,
            Shown.class,
            (caller, r) -> Shown.of(views.get(caller, r.id()))),
        new Route<>(
            "PUT",
            VIEW,
            "changeView",
            "Gives a saved view another name, another query, or shares it; what is left out stays.",
            OK,
            Update.class,
            Shown.class,
            this::change),
        new Route<>(
            "DELETE",
            VIEW,
            "deleteView",
            "Deletes a saved view.",
            NO_CONTENT,
            Id.class,
            Route.Nothing.class,
            this::delete));
  }

  record None() {}

  record Id(@Member(required = true, min = 1, max = 64) String id) {}

  /// @param query the parameters of the list's address in the console, such as
  ///   `status=failed,timed_out&from=24h`
  /// @param shared with everyone in the tenant; only the caller sees it where it is left out
  record Create(
      @Member(required = true, min = 1, max = 80) String name,
      @Member(required = true, max = 2_000) String query,
      @Nullable Boolean shared) {}

  record Update(
      @Member(required = true, min = 1, max = 64) String id,
      @Member(min = 1, max = 80) @Nullable String name,
      @Member(max = 2_000) @Nullable String query,
      @Nullable Boolean shared) {}

  /// @param owner who made it, as the audit log names them
  record Shown(
      String id,
      String name,
      String query,
      Boolean shared,
      String owner,
      Instant createdAt,
      Instant changedAt) {
    static Shown of(SavedView kept) {
      return new Shown(
          kept.id(),
          kept.name(),
          kept.query(),
          kept.shared(),
          kept.owner(),
          kept.createdAt(),
          kept.changedAt());
    }
  }

  record Views(List<Shown> views) {}

  private Shown create(Caller caller, Create request) {
    boolean shared = Boolean.TRUE.equals(request.shared());
    return Shown.of(
        views.create(caller, new SavedView.Draft(request.name(), request.query(), shared)));
  }

  private Shown change(Caller caller, Update request) {
    return Shown.of(
        views.change(
            caller,
            request.id(),
            new SavedView.Changes(request.name(), request.query(), request.shared())));
  }

  private Route.Nothing delete(Caller caller, Id request) {
    views.delete(caller, request.id());
    return new Route.Nothing();
  }
}
