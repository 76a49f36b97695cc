package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long something takes; while it goes on, the browser counts by itself.
@Tag("gradus-elapsed")
@JsModule("./executions/gradus-elapsed.ts")
final class Elapsed extends Component {
  private static final long serialVersionUID = 1L;

  /// @param until null while it goes on
  void set(Instant since, @Nullable Instant until) {
    getElement().setAttribute("since", String.valueOf(since.toEpochMilli()));
    if (until == null) {
      getElement().removeAttribute("until");
      getElement().setAttribute("now", String.valueOf(System.currentTimeMillis()));
    } else {
      getElement().setAttribute("until", String.valueOf(until.toEpochMilli()));
    }
  }
}
