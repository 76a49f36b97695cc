package io.gradus.console.shell;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.console.shell.NameSearch.Target;
import io.gradus.service.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes to any page, and to whatever the tenant has, by a part of its name. Arrows walk through
/// what was found, Enter opens the first.
final class Palette extends Dialog {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 12;

  /// An ARN of an execution has less.
  private static final int MAX_TYPED = 400;

  private final transient Caller caller;
  private final transient Names names;
  private final transient List<Target> pages;
  private transient @Nullable List<Target> targets;
  private final TextField field = new TextField();
  private final UnorderedList found = new UnorderedList();
  private final Paragraph note = new Paragraph();

  /// @param operator whether the person is the platform's operator
  Palette(Caller caller, boolean operator, Names names) {
    this.caller = caller;
    this.names = names;
    pages =
        Navigation.open(caller, operator).stream()
            .map(page -> new Target(page.glyph(), page.text(), "Page", page.href()))
            .toList();
    addClassName("g-palette");
    getElement().setAttribute("aria-label", "Search or go to");
    field.setPlaceholder("Page, name or ARN");
    field.setAriaLabel("Page, name or ARN");
    field.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    field.setWidthFull();
    field.setAutofocus(true);
    field.setMaxLength(MAX_TYPED);
    field.setValueChangeMode(ValueChangeMode.EAGER);
    field.addValueChangeListener(change -> show(change.getValue()));
    note.addClassName("g-secondary");
    note.getElement().setAttribute("role", "status");
    add(field, found, note);
    show("");
  }

  private void show(String typed) {
    found.removeAll();
    note.setText("");
    if (typed.isBlank()) {
      pages.forEach(this::add);
      return;
    }
    List<Target> best = new ArrayList<>();
    names.named(caller, typed).ifPresent(best::add);
    var search = NameSearch.in(all(), typed, SHOWN);
    best.addAll(search.best());
    best.forEach(this::add);
    if (best.isEmpty()) {
      note.setText("Nothing here has that in its name.");
    } else if (search.more() > 0) {
      note.setText(search.more() + " more: type more of the name.");
    }
    if (!typed.strip().startsWith("arn:")) {
      // There may be millions: their own page looks for them.
      add(
          new Target(
              Glyph.Name.SEARCH,
              typed.strip() + "…",
              "Executions by name",
              Links.executionsNamed(caller.account(), typed.strip())));
    }
  }

  /// Read when the first letter is typed: most who come here go to a page.
  private List<Target> all() {
    List<Target> known = targets;
    if (known == null) {
      known = new ArrayList<>(pages);
      known.addAll(names.of(caller));
      targets = known;
    }
    return known;
  }

  private void add(Target target) {
    var text = new Span(target.text());
    text.addClassName("g-palette-name");
    var kind = new Span(target.kind());
    kind.addClassName("g-tertiary");
    var link = new Anchor(target.href(), target.glyph().glyph(), text, kind);
    link.getElement().addEventListener("click", click -> close());
    found.add(new ListItem(link));
  }
}
