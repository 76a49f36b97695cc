package io.gradus.console.machines.studio;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.router.BeforeLeaveEvent;

/// Asks before unsaved work is left behind.
public final class LeaveGuard {
  private LeaveGuard() {}

  /// Holds the navigation until a person decided.
  public static void ask(BeforeLeaveEvent event) {
    BeforeLeaveEvent.ContinueNavigationAction leave = event.postpone();
    var dialog =
        new ConfirmDialog(
            "Leave without saving?",
            "What you wrote is not saved. This browser keeps a draft of it for two weeks and offers it"
                + " when you come back.",
            "Leave",
            confirm -> leave.proceed());
    dialog.setCancelable(true);
    dialog.setCancelText("Stay");
    dialog.addCancelListener(stay -> leave.cancel());
    dialog.open();
  }
}
