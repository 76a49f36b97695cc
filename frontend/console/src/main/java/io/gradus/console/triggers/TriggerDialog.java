package io.gradus.console.triggers;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.arn.Arns;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.Trigger.Draft;
import io.gradus.service.trigger.Trigger.OnQueue;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Proof;
import io.gradus.service.trigger.TriggerService;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks what a trigger is to be, and keeps it.
final class TriggerDialog {
  private static final int MAX_NAME = 64;
  private static final int MAX_ARN_PART = 80;
  private static final int MAX_URL = 2_048;
  private static final int MAX_INPUT = 65_536;
  private static final int MOST_MESSAGES = 10;
  private static final int MACHINE = 6;
  private static final int QUALIFIER = 7;

  private final TriggerService triggers;
  private final Arns arns;
  private final Supplier<Caller> caller;
  private final Consumer<Trigger> changed;

  private final RadioButtonGroup<Kind> kind = new RadioButtonGroup<>("What makes it fire");
  private final TextField name = new TextField("Name");
  private final ComboBox<String> machine = new ComboBox<>("State machine");
  private final TextField qualifier = new TextField("Version or alias");
  private final ScheduleFields schedule;
  private final RadioButtonGroup<Proof> proof = new RadioButtonGroup<>("A request proves itself");
  private final TextField queue = new TextField("Queue URL");
  private final IntegerField batch = new IntegerField("Messages at once");
  private final Div queueFields = new Div(queue, batch);
  private final TextArea input = new TextArea("Input");

  private enum Kind {
    SCHEDULE("A schedule"),
    WEBHOOK("A webhook"),
    QUEUE("An SQS queue");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /// @param machines names of the tenant's state machines
  /// @param changed told what was kept
  TriggerDialog(
      TriggerService triggers,
      Arns arns,
      List<String> machines,
      Supplier<Caller> caller,
      Consumer<Trigger> changed) {
    this.triggers = triggers;
    this.arns = arns;
    this.caller = caller;
    this.changed = changed;
    this.schedule = new ScheduleFields(wanted -> triggers.preview(caller.get(), wanted));
    kind.setItems(Kind.values());
    kind.setItemLabelGenerator(each -> each.text);
    kind.setValue(Kind.SCHEDULE);
    kind.addValueChangeListener(change -> show(change.getValue()));
    name.setMaxLength(MAX_NAME);
    name.setHelperText("1 to 64 letters, digits, - and _. Executions are named after it.");
    name.setWidthFull();
    machine.setItems(machines);
    machine.setWidthFull();
    qualifier.setMaxLength(MAX_ARN_PART);
    qualifier.setPlaceholder("the newest revision");
    qualifier.setWidthFull();
    proof.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    proof.setItems(Proof.values());
    proof.setItemLabelGenerator(TriggerDialog::label);
    proof.setValue(Proof.KEY);
    queue.setMaxLength(MAX_URL);
    queue.setPlaceholder("https://sqs.us-east-1.amazonaws.com/000000000000/orders");
    queue.setHelperText("Reached by the tenant's AWS connection. Each message is an execution.");
    queue.setWidthFull();
    batch.setMin(1);
    batch.setMax(MOST_MESSAGES);
    batch.setStepButtonsVisible(true);
    batch.setValue(MOST_MESSAGES);
    batch.setWidth("160px");
    queueFields.addClassName("g-fields");
    input.addClassName("g-mono-field");
    input.setMaxLength(MAX_INPUT);
    input.setPlaceholder("{\"order\": \"{% $states.input.detail.order %}\"}");
    input.setHelperText(
        "JSON with JSONata ({% … %}) or paths (\"name.$\": \"$.detail\") over the event. Empty: the"
            + " event itself.");
    input.setMinHeight("72px");
    input.setMaxHeight("220px");
    input.setWidthFull();
    show(Kind.SCHEDULE);
  }

  private static String label(Proof proof) {
    return switch (proof) {
      case KEY -> "by a key, in X-Gradus-Key or as a bearer token";
      case SIGNATURE -> "by a signature of its time and body, in X-Gradus-Signature";
      case GITHUB -> "by a signature as GitHub's, in X-Hub-Signature-256";
    };
  }

  private void show(@Nullable Kind chosen) {
    schedule.setVisible(chosen == Kind.SCHEDULE);
    proof.setVisible(chosen == Kind.WEBHOOK);
    queueFields.setVisible(chosen == Kind.QUEUE);
  }

  /// For a new one.
  void create() {
    var dialog = new FormDialog("Create trigger", "Create trigger");
    var target = new Div(machine, qualifier);
    target.addClassName("g-trigger-bounds");
    dialog
        .with(kind, name, target, schedule, proof, queueFields, input)
        .doingAndStaying(
            () -> {
              Trigger.Kept kept =
                  triggers.create(caller.get(), name.getValue().strip(), draft(true));
              done(dialog, kept, "Created ");
            });
    dialog.open();
    name.focus();
  }

  /// For other settings of one that is there.
  void edit(Trigger trigger) {
    String[] parts = trigger.stateMachineArn().split(":", -1);
    machine.setValue(parts.length > MACHINE ? parts[MACHINE] : null);
    qualifier.setValue(parts.length > QUALIFIER ? parts[QUALIFIER] : "");
    input.setValue(trigger.input() == null ? "" : trigger.input());
    switch (trigger.source()) {
      case OnSchedule on -> {
        kind.setValue(Kind.SCHEDULE);
        schedule.set(on);
      }
      case OnWebhook on -> {
        kind.setValue(Kind.WEBHOOK);
        proof.setValue(on.proof());
        proof.setHelperText("Another way of proving takes another secret, shown when you save.");
      }
      case OnQueue on -> {
        kind.setValue(Kind.QUEUE);
        queue.setValue(on.url());
        batch.setValue(on.batchSize());
      }
    }
    var dialog = new FormDialog("Edit " + trigger.name(), "Save trigger");
    var target = new Div(machine, qualifier);
    target.addClassName("g-trigger-bounds");
    dialog
        .with(target, schedule, proof, queueFields, input)
        .doingAndStaying(
            () ->
                done(
                    dialog,
                    triggers.update(caller.get(), trigger.name(), draft(trigger.enabled())),
                    "Saved "));
    dialog.open();
  }

  private void done(FormDialog dialog, Trigger.Kept kept, String what) {
    changed.accept(kept.trigger());
    String secret = kept.secret();
    if (secret == null) {
      dialog.close();
      Notice.info(what + kept.trigger().name());
    } else {
      HookSheet.show(dialog, caller.get().account(), kept.trigger(), secret);
    }
  }

  private Draft draft(boolean enabled) {
    String chosen = machine.getValue();
    if (chosen == null) {
      throw new Refusal(ErrorCode.VALIDATION, "Choose the state machine that it starts");
    }
    var arn = arns.stateMachine(caller.get(), chosen);
    String by = qualifier.getValue().strip();
    String template = input.getValue().strip();
    Integer size = batch.getValue();
    return new Draft(
        by.isEmpty() ? arn.text() : arn.qualified(by).text(),
        template.isEmpty() ? null : template,
        enabled,
        switch (kind.getValue()) {
          case SCHEDULE -> schedule.value();
          case WEBHOOK -> new Trigger.WantedWebhook(proof.getValue());
          case QUEUE ->
              new Trigger.WantedQueue(queue.getValue(), size == null ? MOST_MESSAGES : size);
        });
  }
}
