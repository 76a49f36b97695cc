package io.gradus.console.profile;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.gradus.console.part.KeysSwitch;
import java.util.Locale;

/// How the console looks and listens in this browser, which keeps it for itself.
final class Looks extends Div {
  private static final long serialVersionUID = 1L;

  private final RadioButtonGroup<Theme> theme = new RadioButtonGroup<>("Theme");

  private enum Theme {
    SYSTEM("As the system"),
    LIGHT("Light"),
    DARK("Dark");

    private final String text;

    Theme(String text) {
      this.text = text;
    }

    private String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Looks() {
    addClassName("g-form");
    theme.setItems(Theme.values());
    theme.setItemLabelGenerator(choice -> choice.text);
    theme.setValue(Theme.SYSTEM);
    theme.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            getElement().executeJs("window.gradusTheme?.choose($0)", change.getValue().wire());
          }
        });
    add(theme, new KeysSwitch());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    getElement()
        .executeJs("return window.gradusTheme?.chosen() ?? 'system'")
        .then(String.class, this::show);
  }

  private void show(String wire) {
    for (Theme choice : Theme.values()) {
      if (choice.wire().equals(wire)) {
        theme.setValue(choice);
      }
    }
  }
}
