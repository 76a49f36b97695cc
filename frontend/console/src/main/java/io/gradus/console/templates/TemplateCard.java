package io.gradus.console.templates;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.session.Links;
import io.gradus.service.template.Template;

/// A template in the gallery: its picture, what it does, and what one can do with it.
final class TemplateCard extends Article {
  private static final long serialVersionUID = 1L;

  private final transient Template template;

  TemplateCard(String account, Template template, TemplateActions actions) {
    this.template = template;
    addClassName("g-template");
    String address = Links.template(account, template.id());

    var graph = new StateGraphView();
    graph.setMini(true);
    graph.setLabel("Graph of " + template.title());
    graph.setGraph(template.graph());
    var picture = new Anchor(address, graph);
    picture.addClassName("g-template-picture");
    // The title beside it leads to the same place; once is enough for the keyboard.
    picture.setTabIndex(-1);
    picture.getElement().setAttribute("aria-hidden", "true").setAttribute("router-link", true);

    var title = new Anchor(address, template.title());
    title.getElement().setAttribute("router-link", true);
    var buttons = new Div();
    buttons.addClassName("g-template-actions");
    buttons.add(actions.buttons(template));
    var head = new Div(new H3(title), buttons);
    head.addClassName("g-template-head");

    var sentence = new Paragraph(template.sentence());
    var features = new Paragraph(features(template));
    features.addClassName("g-template-features");
    var text = new Div(head, sentence, features);
    text.addClassName("g-template-text");
    add(picture, text);
  }

  static String features(Template template) {
    return template.states() + " states · " + String.join(", ", template.features());
  }

  Template template() {
    return template;
  }
}
