package io.gradus.console.machines.studio;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import org.jspecify.annotations.Nullable;

/// A definition on its way to the page where a state machine is made of it.
///
/// @param name proposed for the new one; empty for none
public record Handover(String name, Written written) {
  /// Leaves it for the next page of this tab.
  public void leave(UI ui) {
    ComponentUtil.setData(ui, Handover.class, this);
  }

  /// Takes what was left, once; null where nothing was.
  public static @Nullable Handover take(UI ui) {
    Handover left = ComponentUtil.getData(ui, Handover.class);
    ComponentUtil.setData(ui, Handover.class, null);
    return left;
  }
}
