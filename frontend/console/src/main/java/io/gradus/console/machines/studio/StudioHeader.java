package io.gradus.console.machines.studio;

import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.part.Copy;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.session.Links;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.StateMachine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The studio's head: which machine, how it stands, what can be done with it.
final class StudioHeader extends Div {
  private static final long serialVersionUID = 1L;

  /// What a person asks for.
  interface Actions {
    /// Saves what is written.
    void save();

    /// Starts an execution of what is written, which is saved first.
    void run();

    /// Shows what there is besides the definition.
    void settings();

    /// Shows what is published.
    void versions(UI ui);

    /// Lays the text out anew.
    void format();

    /// Begins another machine with this text.
    void duplicate(UI ui);

    /// Hands out the text as a file.
    void export(Mode mode);

    /// Deletes the machine, once its name was typed.
    void delete(UI ui);
  }

  private static final String RUN = "Run…";

  private final PageHeader head = new PageHeader("");
  private final Component shows;
  private final transient Actions actions;
  private final Button save;
  private final Button run;
  private final Span state = new Span();
  private final Copy arn = new Copy("", "ARN");

  StudioHeader(Component shows, Actions actions) {
    this.shows = shows;
    this.actions = actions;
    save = new Button("Save", click -> actions.save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    save.setTooltipText("Ctrl S");
    run = new Button(RUN, Glyph.Name.PLAY.glyph(), click -> actions.run());
    run.setTooltipText("Ctrl Enter");
    run.addClassName("g-run");
    run.setAriaLabel(RUN);
    state.addClassName("g-saved");
    state.getElement().setAttribute("aria-live", "polite");
    add(head);
  }

  /// @param runs whether the person may start executions
  void show(
      StateMachine machine, Revision.Summary newest, String account, boolean writes, boolean runs) {
    head.setHeading(machine.name());
    var type = new Span(machine.type().name().toLowerCase(Locale.ROOT));
    type.addClassName("g-tag");
    arn.setText(machine.arn());
    var revision =
        new Span(
            "Revision "
                + newest.number()
                + " by "
                + People.name(newest.by())
                + ", "
                + Moments.here().brief(newest.at(), Clock.systemUTC().instant()));
    revision.addClassName("g-revision");
    head.setMeta(arn, type, revision, state);
    var revisions = new Anchor(Links.revisions(account, machine.name()), "Revisions");
    revisions.addClassName("g-button-link");
    var tests = new Anchor(Links.testCases(account, machine.name()), "Test cases");
    tests.addClassName("g-button-link");
    state.setText(writes ? "Saved" : "Read only");
    var executions = new Anchor(Links.executionsOf(account, machine.name()), "Executions");
    executions.addClassName("g-button-link");
    var dashboard = new Anchor(Links.dashboardOf(account, machine.name()), "Dashboard");
    dashboard.addClassName("g-button-link");
    List<Component> doable =
        new ArrayList<>(List.of(shows, executions, dashboard, tests, revisions, menu(writes)));
    if (runs) {
      doable.add(run);
    }
    if (writes) {
      doable.add(save);
    }
    head.setActions(doable.toArray(Component[]::new));
  }

  void setDirty(boolean dirty) {
    if (save.isAttached() || save.getParent().isPresent()) {
      state.setText(dirty ? "Unsaved changes" : "Saved");
      state.setClassName("g-unsaved", dirty);
      save.setEnabled(dirty);
      String runs = dirty ? "Save and run…" : RUN;
      run.setText(runs);
      run.setAriaLabel(runs);
    }
  }

  private MenuBar menu(boolean writes) {
    var bar = new MenuBar();
    bar.addThemeVariants(MenuBarVariant.LUMO_ICON, MenuBarVariant.LUMO_TERTIARY_INLINE);
    MenuItem more = bar.addItem(Glyph.Name.MORE.glyph());
    more.setAriaLabel("More");
    var menu = more.getSubMenu();
    menu.addItem("Versions and aliases", click -> actions.versions(ui(click)));
    menu.addItem("Settings…", click -> actions.settings());
    if (writes) {
      menu.addItem("Lay out the text", click -> actions.format());
      menu.addItem("Duplicate…", click -> actions.duplicate(ui(click)));
    }
    menu.addItem("Export as JSON", click -> actions.export(Mode.JSON));
    menu.addItem("Export as YAML", click -> actions.export(Mode.YAML));
    if (writes) {
      menu.addSeparator();
      MenuItem delete = menu.addItem("Delete…", click -> actions.delete(ui(click)));
      delete.addClassName("g-danger");
    }
    return bar;
  }

  private static UI ui(ClickEvent<MenuItem> click) {
    return click.getSource().getUI().orElseThrow();
  }
}
