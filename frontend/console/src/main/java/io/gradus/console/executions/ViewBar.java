package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Hr;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Notice;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewService;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The views above the executions: links to lists that have a name, and what can be done with the
/// one that is open. What has no room stands in a menu, which has them all.
///
/// A view stays open while its filters are changed, so that they can be kept in it.
@JsModule("./executions/view-bar.ts")
final class ViewBar extends Nav {
  private static final long serialVersionUID = 1L;

  /// More of them fit no screen.
  private static final int MOST_IN_ROW = 30;

  private final transient SavedViewService views;
  private final transient Supplier<Caller> caller;
  private final transient Consumer<ListQuery> go;
  private final UnorderedList row = new UnorderedList();
  private final NativeButton more = new NativeButton();
  private final ContextMenu moreMenu = new ContextMenu(more);
  private final ViewMenu change;
  private final Button save = new Button("Save view…", _ -> save());
  private transient List<ListedView> all = ListedView.BUILT_IN;
  private transient ListQuery now = ListQuery.ALL;
  private @Nullable String opened;

  /// Whether the link that the keyboard was on is drawn anew.
  private boolean refocus;

  /// @param caller who looks at the page, as they stand now
  /// @param go shows another list
  ViewBar(SavedViewService views, Supplier<Caller> caller, Consumer<ListQuery> go) {
    this.views = views;
    this.caller = caller;
    this.go = go;
    addClassName("g-views");
    getElement().setAttribute("aria-label", "Views");
    more.add(new Span("More"), Glyph.Name.DOWN.glyph());
    more.addClassName("g-view-button");
    more.getElement().setAttribute("aria-label", "More views");
    ViewMenu.opens(more, moreMenu);
    change = new ViewMenu(views, caller, this::again);
    save.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    save.addClassName("g-view-save");
    add(row, save);
    addAttachListener(_ -> fit());
  }

  /// Shows the views as they are now.
  ///
  /// @param query what the page lists
  void show(Caller person, ListQuery query) {
    now = query;
    all = ListedView.of(person, views.list(person));
    ListedView current = ListedView.current(all, now, opened);
    if (current != null) {
      opened = current.id();
    }
    ListedView open = current == null ? ListedView.find(all, opened) : current;
    save.setVisible(current == null);
    draw(person, current, open);
    refocus = false;
    fillMore(current);
    fit();
  }

  /// What has no room is known where it is drawn.
  private void fit() {
    getElement().executeJs("window.gradusViewBar(this)");
  }

  private void draw(Caller person, @Nullable ListedView current, @Nullable ListedView open) {
    change.removeFromParent();
    row.removeAll();
    int drawn = 0;
    for (ListedView view : all) {
      boolean isOpen = view.equals(open);
      if (drawn < MOST_IN_ROW || isOpen) {
        row.add(entry(person, view, view.equals(current), isOpen));
        drawn++;
      }
    }
    ListItem last = new ListItem(more);
    last.addClassName("g-views-more");
    last.getElement().setAttribute("data-always", all.size() > drawn);
    row.add(last);
  }

  private ListItem entry(Caller person, ListedView view, boolean isCurrent, boolean isOpen) {
    Span name = new Span(view.name());
    name.addClassName("g-ellipsis");
    Anchor link = new Anchor(Links.executionsWhere(person.account(), view.query().text()), name);
    link.addClassName("g-view");
    link.setTitle(view.shared() ? view.name() + "\n" + view.sharing() : view.name());
    if (view.shared()) {
      link.add(Glyph.Name.MEMBERS.glyph(), unseen(view.sharing()));
    }
    if (isCurrent) {
      link.getElement().setAttribute("aria-current", "page");
    }
    // Two may list the same: the address does not say which one was meant.
    link.getElement().addEventListener("click", _ -> clicked(view));
    ListItem entry = new ListItem(link);
    if (isOpen) {
      if (refocus) {
        link.focus();
      }
      entry.addClassName("g-view-open");
      boolean edited = !isCurrent;
      if (edited) {
        Span mark = new Span("changed");
        mark.addClassName("g-view-changed");
        entry.add(mark);
      }
      SavedView saved = view.saved();
      if (saved != null && change.show(person, saved, edited ? now : null)) {
        entry.add(change);
      }
    }
    return entry;
  }

  private void clicked(ListedView view) {
    opened = view.id();
    refocus = true;
    if (view.query().equals(now)) {
      show(caller.get(), now);
    }
  }

  private static Span unseen(String text) {
    Span span = new Span(", " + text);
    span.addClassName("g-unseen");
    return span;
  }

  private void fillMore(@Nullable ListedView current) {
    moreMenu.removeAll();
    ListedView before = all.getFirst();
    for (ListedView view : all) {
      if ((view.saved() == null) != (before.saved() == null) || view.owned() != before.owned()) {
        moreMenu.addComponent(new Hr());
      }
      MenuItem item =
          moreMenu.addItem(
              inMenu(view),
              _ -> {
                clicked(view);
                go.accept(view.query());
              });
      item.setCheckable(true);
      item.setChecked(view.equals(current));
      before = view;
    }
  }

  private static Component inMenu(ListedView view) {
    Span name = new Span(view.name());
    name.addClassNames("g-ellipsis", "g-view-name");
    name.setTitle(view.name());
    Div entry = new Div(name);
    entry.addClassName("g-menu-entry");
    if (view.shared()) {
      Span sharing = new Span(view.sharing());
      sharing.addClassNames("g-secondary", "g-view-sharing");
      entry.add(sharing);
    }
    return entry;
  }

  private void save() {
    ViewDialogs.save(
            SavedViewService.mayShare(caller.get()),
            (name, shared) -> {
              SavedView made =
                  views.create(caller.get(), new SavedView.Draft(name, now.text(), shared));
              opened = made.id();
              again();
              Notice.info("Saved " + made.name());
            })
        .open();
  }

  /// Shows the views anew, and puts the keyboard where it can go on.
  private void again() {
    show(caller.get(), now);
    if (change.getParent().isPresent()) {
      change.focus();
    } else if (save.isVisible()) {
      save.focus();
    }
  }
}
