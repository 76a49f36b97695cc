package io.gradus.service.template;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The templates that come with Gradus, read once. They are the same for every tenant and person.
public final class TemplateLibrary {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Template> templates;

  /// Reads them all.
  ///
  /// @throws IllegalStateException if one is not as it should be, which is a fault of the build
  public TemplateLibrary() {
    List<Template> read = new ArrayList<>();
    for (JsonNode id : JSON.readTree(text("templates.json"))) {
      read.add(template(id.stringValue()));
    }
    templates = List.copyOf(read);
  }

  /// All of them, in the order in which they are shown.
  public List<Template> all() {
    return templates;
  }

  /// The one with that id.
  public Optional<Template> find(String id) {
    return templates.stream().filter(template -> template.id().equals(id)).findFirst();
  }

  private static Template template(String id) {
    JsonNode about = JSON.readTree(text(id + "/template.json"));
    String definition = text(id + "/" + id + ".asl.json");
    Definition parsed = DefinitionParser.parse(definition).definition();
    if (parsed == null) {
      throw new IllegalStateException("expected template " + id + " to be a sound definition");
    }
    JsonNode people = about.get("people");
    return new Template(
        id,
        about.required("title").stringValue(),
        about.required("sentence").stringValue(),
        category(id, about.required("category").stringValue()),
        about.required("features").valueStream().map(JsonNode::stringValue).toList(),
        people == null ? null : people.stringValue(),
        definition,
        text(id + "/" + id + ".input.json"),
        text(id + "/" + id + ".mocks.json"),
        about.path("machines").valueStream().map(JsonNode::stringValue).toList(),
        textIfThere(id + "/" + id + ".testcases.json"),
        StateGraph.of(parsed));
  }

  private static Template.Category category(String id, String title) {
    for (Template.Category category : Template.Category.values()) {
      if (category.title().equals(title)) {
        return category;
      }
    }
    throw new IllegalStateException(
        "expected template "
            + id
            + " in one of "
            + List.of(Template.Category.values()).stream()
                .map(Template.Category::title)
                .collect(Collectors.joining(", "))
            + ", found "
            + title);
  }

  private static String text(String path) {
    String text = textIfThere(path);
    if (text == null) {
      throw new IllegalStateException("expected the resource " + path + ", found none");
    }
    return text;
  }

  private static @Nullable String textIfThere(String path) {
    try (InputStream stream = TemplateLibrary.class.getResourceAsStream(path)) {
      if (stream == null) {
        return null;
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
