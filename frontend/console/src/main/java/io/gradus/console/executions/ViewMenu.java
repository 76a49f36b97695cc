package io.gradus.console.executions;

import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Hr;
import com.vaadin.flow.component.html.NativeButton;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Notice;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedView.Changes;
import io.gradus.service.savedview.SavedViewService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What can be done with the saved view that is open.
final class ViewMenu extends NativeButton {
  private static final long serialVersionUID = 1L;

  private final transient SavedViewService views;
  private final transient Supplier<Caller> caller;
  private final transient Runnable changed;
  private final ContextMenu menu = new ContextMenu(this);

  /// @param caller who looks at the page, as they stand now
  /// @param changed shows the views anew
  ViewMenu(SavedViewService views, Supplier<Caller> caller, Runnable changed) {
    this.views = views;
    this.caller = caller;
    this.changed = changed;
    add(Glyph.Name.MORE.glyph());
    addClassNames("g-view-button", "g-view-change");
    opens(this, menu);
  }

  /// Makes a button of the row open a menu.
  static void opens(NativeButton button, ContextMenu menu) {
    button.getElement().setAttribute("aria-haspopup", "menu");
    menu.setOpenOnClick(true);
    menu.getElement().setProperty("position", "bottom-start");
    menu.addClassName("g-menu");
  }

  /// Offers what this person may do with it.
  ///
  /// @param other what the page lists, where that is something else than the view does
  /// @return whether there is anything
  boolean show(Caller person, SavedView view, @Nullable ListQuery other) {
    menu.removeAll();
    getElement().setAttribute("aria-label", "Change view " + view.name());
    boolean mayChange = SavedViewService.mayChange(person, view);
    boolean mayDelete = SavedViewService.mayDelete(person, view);
    if (mayChange && other != null) {
      menu.addItem(
          "Update to these filters",
          _ -> attempt(view, Changes.list(other.text()), "Changed " + view.name()));
    }
    if (mayChange) {
      menu.addItem("Rename…", _ -> rename(view));
    }
    if (!view.shared() && SavedViewService.mayShare(person)) {
      menu.addItem(
          "Share with everyone", _ -> attempt(view, Changes.share(true), "Shared " + view.name()));
    }
    if (view.shared() && mayDelete) {
      menu.addItem(
          "Stop sharing",
          _ -> attempt(view, Changes.share(false), "Stopped sharing " + view.name()));
    }
    if (mayDelete) {
      menu.addComponent(new Hr());
      menu.addItem("Delete…", _ -> delete(view)).addClassName("g-danger");
    }
    return mayChange || mayDelete;
  }

  private void rename(SavedView view) {
    ViewDialogs.rename(
            view,
            name -> {
              views.change(caller.get(), view.id(), Changes.rename(name));
              done("Renamed " + view.name());
            })
        .open();
  }

  private void delete(SavedView view) {
    ViewDialogs.delete(
            view,
            () -> {
              views.delete(caller.get(), view.id());
              done("Deleted " + view.name());
            })
        .open();
  }

  /// Somebody else may have deleted it meanwhile, or taken its name.
  private void attempt(SavedView view, Changes changes, String said) {
    try {
      views.change(caller.get(), view.id(), changes);
      done(said);
    } catch (Refusal refusal) {
      changed.run();
      Notice.error(refusal.forPeople());
    }
  }

  private void done(String said) {
    changed.run();
    Notice.info(said);
  }
}
