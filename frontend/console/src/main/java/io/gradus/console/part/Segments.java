package io.gradus.console.part;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// A few choices side by side, one of which holds: `Graph | Split | Code`.
public final class Segments<T extends Serializable> extends Div {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<T, Button> buttons = new LinkedHashMap<>();
  private final transient Consumer<T> chosen;

  /// @param label what is chosen, for people who do not see the row
  /// @param words the choices and their words, in their order
  /// @param chosen told what a person chose
  public Segments(String label, Map<T, String> words, Consumer<T> chosen) {
    this.chosen = chosen;
    addClassName("g-segments");
    getElement().setAttribute("role", "group");
    getElement().setAttribute("aria-label", label);
    words.forEach(
        (value, word) -> {
          var button = new Button(word, click -> this.chosen.accept(value));
          buttons.put(value, button);
          add(button);
        });
  }

  /// Shows that this one holds.
  public void show(T value) {
    buttons.forEach(
        (each, button) ->
            button.getElement().setAttribute("aria-pressed", String.valueOf(each.equals(value))));
  }

  /// The button of a choice.
  public Button button(T value) {
    Button button = buttons.get(value);
    if (button == null) {
      throw new IllegalArgumentException(
          "expected one of " + buttons.keySet() + ", found " + value);
    }
    return button;
  }
}
