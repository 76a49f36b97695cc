package io.gradus.console.triggers;

import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import java.util.List;
import java.util.function.Supplier;

/// What is done with triggers, on their list and on each one's page.
final class TriggerActions {

  private final TriggerService triggers;
  private final StateMachineService machines;
  private final Arns arns;
  private final Supplier<Caller> caller;

  TriggerActions(
      TriggerService triggers, StateMachineService machines, Arns arns, Supplier<Caller> caller) {
    this.triggers = triggers;
    this.machines = machines;
    this.arns = arns;
    this.caller = caller;
  }

  /// @param changed called when the page is to be shown anew
  void create(Runnable changed) {
    dialog(changed).create();
  }

  void edit(Trigger trigger, Runnable changed) {
    dialog(changed).edit(trigger);
  }

  private TriggerDialog dialog(Runnable changed) {
    return new TriggerDialog(triggers, arns, names(), caller, _ -> changed.run());
  }

  private List<String> names() {
    return machines.upTo(caller.get(), Integer.MAX_VALUE).stream()
        .map(StateMachine.Summary::name)
        .toList();
  }

  void setEnabled(Trigger trigger, boolean enabled, Runnable changed) {
    try {
      triggers.setEnabled(caller.get(), trigger.name(), enabled);
      Notice.info((enabled ? "Resumed " : "Paused ") + trigger.name());
    } catch (Refusal refusal) {
      Notice.error(refusal.forPeople());
    }
    changed.run();
  }

  void renew(Trigger trigger) {
    var dialog = new FormDialog("Renew the secret of " + trigger.name() + "?", "Renew secret");
    dialog
        .dangerous()
        .with(new Span("Programs that have the old one are refused at once."))
        .doingAndStaying(
            () -> {
              Trigger.Kept kept = triggers.renewSecret(caller.get(), trigger.name());
              String secret = kept.secret();
              if (secret != null) {
                HookSheet.show(dialog, caller.get().account(), kept.trigger(), secret);
              }
            })
        .open();
  }

  void delete(Trigger trigger, Runnable deleted) {
    new FormDialog("Delete " + trigger.name() + "?", "Delete trigger")
        .dangerous()
        .with(
            new Span(
                "It fires no more, and its history goes with it. Executions that it started are not"
                    + " touched."))
        .doing(
            () -> {
              triggers.delete(caller.get(), trigger.name());
              deleted.run();
              Notice.info("Deleted " + trigger.name());
            })
        .open();
  }
}
