package io.gradus.console.approvals;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.text.JsonLayout;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is decided on, as names and values. All of it is text that somebody else wrote: only web
/// addresses become links, and they open apart from the console.
final class ContextList extends Div {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ENTRIES = 200;
  private static final Set<String> LINK_TEXTS = Set.of("label", "title", "name", "text");
  private static final Set<String> LINK_TARGETS = Set.of("url", "href", "link");

  ContextList(JsonNode context) {
    addClassName("g-appr-context");
    if (!context.isObject()) {
      add(value(context));
      return;
    }
    var list = new DescriptionList();
    int shown = 0;
    for (Map.Entry<String, JsonNode> entry : context.properties()) {
      if (shown++ == MAX_ENTRIES) {
        break;
      }
      var term = new Term(Labels.of(entry.getKey()));
      term.setTitle(entry.getKey());
      list.add(term, new Description(value(entry.getValue())));
    }
    add(list);
    if (context.size() > MAX_ENTRIES) {
      add(new Span((context.size() - MAX_ENTRIES) + " more are in the execution's input"));
    }
  }

  private static Component value(JsonNode value) {
    if (value.isArray() && !value.isEmpty() && isFlat(value)) {
      var all = new Div();
      all.addClassName("g-appr-values");
      value.forEach(one -> all.add(one(one)));
      return all;
    }
    return one(value);
  }

  private static boolean isFlat(JsonNode array) {
    for (JsonNode one : array) {
      if (one.isArray() || (one.isObject() && link(one).isEmpty())) {
        return false;
      }
    }
    return true;
  }

  private static Component one(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue();
      return web(text).<Component>map(uri -> anchor(text, uri)).orElseGet(() -> new Span(text));
    }
    if (value.isObject()) {
      Optional<Anchor> link = link(value);
      if (link.isPresent()) {
        return link.get();
      }
    }
    if (value.isContainer()) {
      var json = new Pre(Objects.requireNonNull(JsonLayout.indented(value.toString())));
      json.addClassName("g-mono");
      json.getElement().setAttribute("tabindex", "0");
      return json;
    }
    if (value.isBoolean()) {
      return new Span(value.booleanValue() ? "Yes" : "No");
    }
    return new Span(value.isNull() ? "–" : value.asString(""));
  }

  /// An object of an address and what to call it.
  private static Optional<Anchor> link(JsonNode object) {
    if (object.size() != 2) {
      return Optional.empty();
    }
    String text = null;
    String target = null;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey().toLowerCase(Locale.ROOT);
      if (entry.getValue().isString() && LINK_TEXTS.contains(key)) {
        text = entry.getValue().stringValue();
      } else if (entry.getValue().isString() && LINK_TARGETS.contains(key)) {
        target = entry.getValue().stringValue();
      }
    }
    String name = text;
    return target == null || name == null || name.isBlank()
        ? Optional.empty()
        : web(target).map(uri -> anchor(name, uri));
  }

  private static Optional<URI> web(@Nullable String text) {
    if (text == null || !(text.startsWith("http://") || text.startsWith("https://"))) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() == null || uri.getUserInfo() != null
          ? Optional.empty()
          : Optional.of(uri);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Anchor anchor(String text, URI uri) {
    var anchor = new Anchor(uri.toASCIIString(), text);
    anchor.setTarget("_blank");
    anchor.getElement().setAttribute("rel", "noopener noreferrer");
    anchor.setTitle(uri.toString());
    return anchor;
  }

  /// For tests: the texts of all links and where they lead.
  List<String> links() {
    List<String> links = new ArrayList<>();
    collect(this, links);
    return links;
  }

  private static void collect(Component in, List<String> links) {
    if (in instanceof Anchor anchor) {
      links.add(anchor.getText() + " → " + anchor.getHref());
    }
    in.getChildren().forEach(child -> collect(child, links));
  }
}
