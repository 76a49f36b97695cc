package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/// Switches keys of one letter on or off in the browser, which remembers it.
@Tag("gradus-keys-switch")
@JsModule("./shell/gradus-keys-switch.ts")
public final class KeysSwitch extends Component {
  private static final long serialVersionUID = 1L;
}
