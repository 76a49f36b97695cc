package io.gradus.console.machines;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.console.templates.TemplateActions;
import io.gradus.console.templates.TemplateGallery;
import io.gradus.service.Caller;
import io.gradus.service.template.TemplateService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a tenant without state machines sees: three ways in.
final class FirstScreen extends Div {
  private static final long serialVersionUID = 1L;

  FirstScreen(String account, TemplateService templates, Supplier<Caller> caller, boolean writes) {
    addClassName("g-first");
    var title = new H1("Start with a state machine");
    var text =
        new Paragraph(
            writes
                ? "There are none yet. A template runs at once with mocked services, so you need no AWS"
                    + " account."
                : "There are none yet, and your role lets you look at them, not make them.");
    text.addClassName("g-first-text");
    add(title, text);
    if (writes) {
      add(ways(account, templates, caller));
    }
    add(new TemplateGallery(account, templates, caller));
  }

  private static Component ways(
      String account, TemplateService templates, Supplier<Caller> caller) {
    var paste = new Button("Import…", click -> new ImportDialog(caller).open());
    var empty = new Anchor(Links.create(account), "New state machine");
    empty.addClassName("g-button-link");
    var row =
        new Div(
            way(
                Glyph.Name.PLAY,
                "From a template",
                "Pick one below, press Run now and watch it move through its graph.",
                new TemplateActions(templates, caller).runFirst()),
            way(
                Glyph.Name.DOWNLOAD,
                "Import",
                "Paste or upload a definition or a CloudFormation or SAM template, or take state"
                    + " machines over from AWS.",
                paste),
            way(
                Glyph.Name.PLUS,
                "Empty canvas",
                "Start from one Pass state and write on, with the graph beside the text.",
                empty));
    row.addClassName("g-first-ways");
    return row;
  }

  private static Component way(
      Glyph.Name glyph, String title, String text, @Nullable Component action) {
    var head = new H2(glyph.glyph(), new Span(title));
    var way = new Div(head, new Paragraph(text));
    way.addClassName("g-first-way");
    if (action != null) {
      way.add(action);
    }
    if (action instanceof Button button) {
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    }
    return way;
  }
}
