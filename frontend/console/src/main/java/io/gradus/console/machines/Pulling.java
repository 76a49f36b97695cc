package io.gradus.console.machines;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.di.Instantiator;
import io.gradus.console.machines.studio.Handover;
import io.gradus.console.machines.studio.Written;
import io.gradus.console.part.Work;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.pull.PullService.Machine;
import io.gradus.service.pull.PullService.Pulled;
import java.util.Iterator;
import java.util.function.Consumer;

/// Takes over what was chosen, one after the other, for as long as somebody looks.
final class Pulling {
  private final PullPlan plan;
  private final Caller caller;
  private final StateMachineService machines;
  private final UI ui = UI.getCurrent();

  Pulling(PullPlan plan, Caller caller) {
    this.plan = plan;
    this.caller = caller;
    machines = Instantiator.get(ui).getOrCreate(StateMachineService.class);
  }

  /// Begins. A single one is not made: it is looked at first.
  ///
  /// @param results of several, while they are shown
  /// @param opening opens a single one in the studio
  /// @param done when the last of several is made
  void start(ImportResults results, Consumer<Handover> opening, Runnable done) {
    if (plan.chosen().size() > 1) {
      next(plan.chosen().iterator(), results, done);
      return;
    }
    Machine only = plan.chosen().getFirst();
    plan.refuse("");
    plan.setBusy(true);
    read(
        only,
        pulled -> opening.accept(handover(pulled)),
        why -> {
          plan.setBusy(false);
          plan.refuse(why);
        });
  }

  private void next(Iterator<Machine> left, ImportResults results, Runnable done) {
    if (!results.isAttached()) {
      return;
    }
    if (!left.hasNext()) {
      done.run();
      return;
    }
    Machine each = left.next();
    read(
        each,
        pulled -> {
          results.create(machines, caller, handover(pulled), note(pulled));
          next(left, results, done);
        },
        why -> {
          results.refused(each.name(), why);
          next(left, results, done);
        });
  }

  private void read(Machine machine, Consumer<Pulled> then, Consumer<String> refused) {
    String source = plan.source();
    Work.start(ui, () -> plan.pulls().pull(caller, source, machine.arn()), then, refused);
  }

  private static Handover handover(Pulled pulled) {
    return new Handover(
        pulled.name(), Written.stored(pulled.definition()), pulled.type(), pulled.tags());
  }

  private static String note(Pulled pulled) {
    return pulled.withoutTags() == null ? "" : "Without its tags: " + pulled.withoutTags();
  }
}
