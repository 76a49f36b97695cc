package io.gradus.console.approvals;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.function.Consumer;

/// Letters that act where nobody writes.
@Tag("gradus-approval-keys")
@JsModule("./approvals/gradus-approval-keys.ts")
final class Letters extends Component {
  private static final long serialVersionUID = 1L;
  private static final String LETTER = "event.detail.letter";

  /// @param letters in lower case
  Letters(String letters, Consumer<String> pressed) {
    getElement().setAttribute("letters", letters);
    getElement()
        .addEventListener(
            "letter", event -> pressed.accept(event.getEventData().get(LETTER).asString("")))
        .addEventData(LETTER);
  }
}
