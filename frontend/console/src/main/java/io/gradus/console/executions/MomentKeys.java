package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.function.BiConsumer;

/// Hears the keys that go through an execution's events, wherever nothing is written.
@Tag("gradus-moment-keys")
@JsModule("./executions/gradus-moment-keys.ts")
public final class MomentKeys extends Component {
  private static final long serialVersionUID = 1L;

  /// So many events back or on.
  @DomEvent("moment-step")
  public static final class StepEvent extends ComponentEvent<MomentKeys> {
    private static final long serialVersionUID = 1L;
    private final int by;
    private final boolean rests;

    /// Made by the framework.
    public StepEvent(
        MomentKeys source,
        boolean fromClient,
        @EventData("event.detail.by") int by,
        @EventData("event.detail.rests") boolean rests) {
      super(source, fromClient);
      this.by = by;
      this.rests = rests;
    }
  }

  /// The latest is wanted.
  @DomEvent("moment-live")
  public static final class LiveEvent extends ComponentEvent<MomentKeys> {
    private static final long serialVersionUID = 1L;

    /// Made by the framework.
    public LiveEvent(MomentKeys source, boolean fromClient) {
      super(source, fromClient);
    }
  }

  /// @param step is given how many events to go on, less than none for back; and whether the keys
  ///   rest now
  MomentKeys(BiConsumer<Integer, Boolean> step, Runnable live) {
    addListener(StepEvent.class, event -> step.accept(event.by, event.rests));
    addListener(LiveEvent.class, _ -> live.run());
  }
}
