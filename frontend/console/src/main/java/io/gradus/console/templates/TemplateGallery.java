package io.gradus.console.templates;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.service.Caller;
import io.gradus.service.template.Template;
import io.gradus.service.template.Template.Category;
import io.gradus.service.template.TemplateService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All templates as cards with live graphs, narrowed down by kind and by words.
@StyleSheet("gradus-templates.css")
public final class TemplateGallery extends Section {
  private static final long serialVersionUID = 1L;

  private final ArrayList<TemplateCard> cards = new ArrayList<>();
  private final Span count = new Span();
  private final TextField words = new TextField();
  private final H2 heading = new H2("Templates");
  private final Div grid = new Div();
  private final LinkedHashMap<@Nullable Category, Button> choices = new LinkedHashMap<>();
  private transient Filter filter = Filter.ALL;
  private transient Consumer<Filter> onFilter = chosen -> {};

  /// What is shown.
  ///
  /// @param category null for every one
  /// @param words all of them must occur, in any case
  public record Filter(@Nullable Category category, String words) {
    /// Everything.
    public static final Filter ALL = new Filter(null, "");

    private static final Pattern WORD = Pattern.compile("\\S+");

    boolean fits(Template template) {
      String text =
          String.join(
                  " ",
                  template.title(),
                  template.sentence(),
                  template.category().title(),
                  TemplateCard.features(template))
              .toLowerCase(Locale.ROOT);
      return (category == null || category == template.category())
          && WORD.matcher(words.toLowerCase(Locale.ROOT))
              .results()
              .allMatch(word -> text.contains(word.group()));
    }
  }

  /// A gallery for whoever the caller is.
  ///
  /// @param caller asked anew for each action
  public TemplateGallery(String account, TemplateService templates, Supplier<Caller> caller) {
    addClassName("g-gallery");
    var actions = new TemplateActions(templates, caller);
    for (Template template : templates.all()) {
      cards.add(new TemplateCard(account, template, actions));
    }
    count.addClassName("g-tertiary");
    grid.addClassName("g-gallery-grid");
    add(toolbar(), grid);
    show(Filter.ALL);
  }

  private Component toolbar() {
    var kinds = new Div();
    kinds.addClassName("g-segments");
    kinds.getElement().setAttribute("role", "group").setAttribute("aria-label", "Kind");
    kinds.add(choice(null, "All"));
    for (Category category : Category.values()) {
      kinds.add(choice(category, category.title()));
    }
    words.setPlaceholder("Filter templates");
    words.setAriaLabel("Filter templates");
    words.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    words.setClearButtonVisible(true);
    words.setValueChangeMode(ValueChangeMode.LAZY);
    words.setValueChangeTimeout(150);
    words.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            choose(new Filter(filter.category(), change.getValue()));
          }
        });
    var title = new Div(heading, count);
    title.addClassName("g-gallery-title");
    var bar = new Div(title, kinds, words);
    bar.addClassName("g-gallery-bar");
    return bar;
  }

  private Button choice(@Nullable Category category, String text) {
    var button = new Button(text, click -> choose(new Filter(category, filter.words())));
    choices.put(category, button);
    return button;
  }

  /// Leaves the title to the page around it, save for those who hear the page.
  public void hideTitle() {
    heading.addClassName("g-unseen");
  }

  /// Is told each filter that the person chooses, to keep it in the page's address.
  public void onFilter(Consumer<Filter> listener) {
    onFilter = listener;
  }

  private void choose(Filter chosen) {
    show(chosen);
    onFilter.accept(chosen);
  }

  /// Shows the templates that fit.
  public void show(Filter chosen) {
    filter = chosen;
    if (!words.getValue().equals(chosen.words())) {
      words.setValue(chosen.words());
    }
    choices.forEach(
        (category, button) ->
            button
                .getElement()
                .setAttribute("aria-pressed", String.valueOf(category == chosen.category())));
    List<TemplateCard> fitting =
        cards.stream().filter(card -> chosen.fits(card.template())).toList();
    count.setText(
        fitting.size() == cards.size()
            ? cards.size() + " templates"
            : fitting.size() + " of " + cards.size() + " templates");
    cards.forEach(card -> card.setVisible(fitting.contains(card)));
    grid.removeAll();
    fitting.forEach(grid::add);
    if (fitting.isEmpty()) {
      grid.add(
          new EmptyState(
              "No template fits",
              "None of the "
                  + cards.size()
                  + " templates has all of these words in its title or description.",
              new Button("Show all", click -> choose(Filter.ALL))));
    }
  }
}
