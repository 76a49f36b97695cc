package io.gradus.console.templates;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What one can do with a template, as far as one may.
public final class TemplateActions {
  private final TemplateService templates;
  private final Supplier<Caller> caller;

  /// @param caller asked anew for each action
  public TemplateActions(TemplateService templates, Supplier<Caller> caller) {
    this.templates = templates;
    this.caller = caller;
  }

  /// The buttons that this caller is shown; empty for those who may only look.
  List<Component> buttons(Template template) {
    Caller now = caller.get();
    List<Component> buttons = new ArrayList<>();
    if (now.allows(Permission.AUTHOR)) {
      if (now.allows(Permission.RUN)) {
        buttons.add(run(template, "Run now"));
      }
      buttons.add(edit(now, template));
    }
    return buttons;
  }

  /// A button that runs the first template of all.
  public Button runFirst() {
    Template first = templates.all().getFirst();
    return primary(run(first, "Run " + first.title() + " now"));
  }

  /// A button that runs the template and shows the execution.
  Button run(Template template, String text) {
    var button = new Button(text, Glyph.Name.PLAY.glyph());
    button.setAriaLabel(text + ": " + template.title());
    button.setDisableOnClick(true);
    button.addClickListener(
        click -> {
          try {
            Caller now = caller.get();
            TemplateService.Run run = templates.run(now, template);
            UI.getCurrent()
                .navigate(Links.execution(now.account(), run.stateMachine(), run.execution()));
          } finally {
            button.setEnabled(true);
          }
        });
    return button;
  }

  private static Component edit(Caller caller, Template template) {
    var link = new Anchor(Links.createFrom(caller.account(), template.id()), "Edit");
    link.addClassNames("g-button-link");
    link.getElement().setAttribute("router-link", true);
    link.setAriaLabel("Edit a copy of " + template.title());
    return link;
  }

  /// The button as the one that matters on its page.
  static Button primary(Button button) {
    button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return button;
  }
}
