package io.gradus.console.session;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import java.io.Serializable;

/// Where somebody begins: what they were on their way to, or else where their work is.
public final class FirstPage {
  private record Wanted(String address) implements Serializable {}

  private FirstPage() {}

  /// A tenant's first page for this caller: the inbox for those who only approve, because nothing
  /// else waits for them.
  public static String of(Caller caller) {
    boolean approvesAlone =
        caller.allows(Permission.APPROVE)
            && !caller.allows(Permission.RUN)
            && !caller.allows(Permission.AUTHOR)
            && !caller.allows(Permission.ADMINISTER);
    return approvesAlone
        ? Links.approvals(caller.account())
        : Links.stateMachines(caller.account());
  }

  /// Remembers for this tab where somebody wanted to go who has to do something else first.
  public static void remember(UI ui, String address) {
    ComponentUtil.setData(ui, Wanted.class, new Wanted(address));
  }

  /// Goes on to there, or to the root where nothing was remembered.
  public static void goOn(UI ui) {
    Wanted wanted = ComponentUtil.getData(ui, Wanted.class);
    ComponentUtil.setData(ui, Wanted.class, null);
    ui.navigate(wanted == null ? "" : wanted.address());
  }
}
