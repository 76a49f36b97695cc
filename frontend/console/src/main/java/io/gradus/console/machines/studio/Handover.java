package io.gradus.console.machines.studio;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import io.gradus.asl.validate.MachineType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A definition on its way to the page where a state machine is made of it.
///
/// @param name proposed for the new one; empty for none
public record Handover(String name, Written written, MachineType type, Map<String, String> tags) {
  public Handover {
    tags = Map.copyOf(tags);
  }

  /// A Standard one without tags.
  public Handover(String name, Written written) {
    this(name, written, MachineType.STANDARD, Map.of());
  }

  /// The role that a new state machine has where nobody chose one.
  public static String usualRole(String account) {
    return "arn:aws:iam::" + account + ":role/gradus";
  }

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
