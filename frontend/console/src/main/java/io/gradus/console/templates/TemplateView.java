package io.gradus.console.templates;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateService;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;

/// A template from near: its whole graph beside its definition, its input and its mocks.
@Route("t/:account([0-9]{12})/templates/:template")
@StyleSheet("gradus-templates.css")
@PermitAll
public final class TemplateView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient TemplateService templates;
  private String title = "";

  /// An empty page.
  public TemplateView(SignedIn signedIn, TemplateService templates) {
    super(signedIn);
    this.templates = templates;
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    Template template =
        event
            .getRouteParameters()
            .get("template")
            .flatMap(templates::find)
            .orElseThrow(() -> NothingThere.template(account()));
    title = template.title();
    addClassName("g-page-fixed");
    removeAll();
    add(header(template), about(template), sides(template, caller));
  }

  private Component header(Template template) {
    List<Component> actions =
        new ArrayList<>(new TemplateActions(templates, this::caller).buttons(template));
    if (!actions.isEmpty() && actions.getFirst() instanceof Button run) {
      TemplateActions.primary(run);
      actions.add(actions.removeFirst());
    }
    var header = new PageHeader(template.title(), actions.toArray(Component[]::new));
    header.setMeta(template.category().title() + " · " + TemplateCard.features(template));
    return header;
  }

  private Component about(Template template) {
    var about = new Paragraph(template.sentence());
    if (template.people() != null) {
      about.setText(template.sentence() + " " + template.people());
    }
    for (int i = 0; i < template.machines().size(); i++) {
      about.add(i == 0 ? " It starts " : " and ");
      about.add(other(template.machines().get(i)));
    }
    if (!template.machines().isEmpty()) {
      about.add(", which are made along with it.");
    }
    about.addClassName("g-template-about");
    return about;
  }

  private Anchor other(String id) {
    String text = templates.find(id).map(Template::title).orElse(id);
    var link = new Anchor(Links.template(account(), id), text);
    link.getElement().setAttribute("router-link", true);
    return link;
  }

  private Component sides(Template template, Caller caller) {
    var graph = new StateGraphView();
    graph.setLabel("Graph of " + template.title());
    graph.setFileName(template.id());
    graph.setGraph(template.graph());
    var picture = new Div(graph);
    picture.addClassName("g-template-graph");

    var texts = new TabSheet();
    texts.add("Definition", code("Definition", templates.definitionFor(caller, template)));
    String login = caller.principal().substring(caller.principal().indexOf('/') + 1);
    texts.add("Input", code("Input", template.inputFor(login)));
    texts.add("Mocks", code("Mocks", template.mocks()));
    if (template.testCases() != null) {
      texts.add("Test cases", code("Test cases", template.testCases()));
    }
    texts.addClassName("g-template-texts");

    var sides = new Div(picture, texts);
    sides.addClassName("g-template-sides");
    return sides;
  }

  private static Component code(String label, String json) {
    var editor = new CodeEditor(CodeEditor.Mode.JSON, label);
    editor.setReadOnly(true);
    editor.setValue(json);
    return editor;
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Templates", Links.templates(account())), new Crumb(title));
  }
}
