package io.gradus.console.executions;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.di.Instantiator;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.Version;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ForkService;
import io.gradus.service.execution.ForkService.Which;
import java.util.ArrayList;
import java.util.List;

/// Asks with what a new execution is to begin before a state of this one, and starts it.
@StyleSheet("gradus-executions.css")
final class ForkDialog extends Dialog {
  private static final long serialVersionUID = 1L;
  private static final Page.Request SOME = new Page.Request(50, null);

  private final transient Caller caller;
  private final transient ExecutionFinder.Opened from;
  private final transient ForkService forks;
  private final String state;
  private final long event;
  private final CodeEditor input = new CodeEditor(CodeEditor.Mode.JSON, "Input");
  private final CodeEditor variables = new CodeEditor(CodeEditor.Mode.JSON, "Variables");
  private final Span inputFault = fault();
  private final Span variablesFault = fault();
  private final Span refused = fault();
  private final Select<Choice> definition = new Select<>();
  private final TextField name = new TextField("Name (optional)");
  private final Button start = new Button("Start fork", _ -> start());

  /// A definition that can be run.
  private record Choice(String label, Which which) {}

  private ForkDialog(
      Caller caller,
      ExecutionFinder.Opened from,
      ForkService forks,
      String state,
      ForkService.Offer offer,
      List<Choice> choices) {
    this.caller = caller;
    this.from = from;
    this.forks = forks;
    this.state = state;
    this.event = offer.eventId();
    setHeaderTitle("Fork from " + state);
    setWidth("640px");
    setResizable(true);
    addClassName("g-start");
    Paragraph what =
        new Paragraph(
            "A new execution begins before this state. The states before it are not done again, and"
                + " this execution stays as it is.");
    what.addClassName("g-secondary");
    input.setValue(JsonCheck.laidOut(offer.input()));
    variables.setValue(JsonCheck.laidOut(offer.variables()));
    input.addClassName("g-start-code");
    variables.addClassName("g-start-code");
    input.addTextListener(_ -> check(input, inputFault));
    variables.addTextListener(_ -> check(variables, variablesFault));
    Span label = new Span("Input");
    label.addClassName("g-start-label");
    Details more = new Details("Variables", variables, variablesFault);
    more.setOpened(!offer.variables().equals("{}"));
    more.setWidthFull();
    definition.setLabel("Definition");
    definition.setItems(choices);
    definition.setItemLabelGenerator(Choice::label);
    definition.setValue(choices.getFirst());
    definition.setWidthFull();
    name.setWidthFull();
    name.setMaxLength(80);
    name.setPlaceholder("One is made up");
    Div body = new Div(what, label, input, inputFault, more, definition, name, refused);
    body.addClassName("g-start-body");
    add(body);
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setDisableOnClick(true);
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, start);
  }

  /// Opens one for the entry into a state.
  static void open(Caller caller, ExecutionFinder.Opened from, String state, long event) {
    Instantiator parts = Instantiator.get(UI.getCurrent());
    ForkService forks = parts.getOrCreate(ForkService.class);
    ForkService.Offer offer = forks.offer(caller, from.row().arn(), state, event);
    new ForkDialog(caller, from, forks, state, offer, choices(caller, from, parts)).open();
  }

  private static List<Choice> choices(
      Caller caller, ExecutionFinder.Opened from, Instantiator parts) {
    List<Choice> choices = new ArrayList<>();
    int ran = from.row().revision();
    choices.add(new Choice("Revision " + ran + ", which it ran", Which.SAME));
    try {
      for (Revision.Summary revision :
          parts
              .getOrCreate(AuthoringService.class)
              .revisions(caller, from.stateMachineArn(), SOME)
              .items()) {
        if (revision.number() != ran) {
          choices.add(
              new Choice("Revision " + revision.number(), new Which(null, revision.number())));
        }
      }
      for (Version.Summary version :
          parts
              .getOrCreate(VersionService.class)
              .list(caller, from.stateMachineArn(), SOME)
              .items()) {
        String number = version.arn().substring(version.arn().lastIndexOf(':') + 1);
        choices.add(new Choice("Version " + number, new Which(Integer.valueOf(number), null)));
      }
    } catch (Refusal _) {
      // The state machine is deleted: starting will say so.
    }
    return choices;
  }

  private static Span fault() {
    Span fault = new Span();
    fault.addClassName("g-fault");
    fault.getElement().setAttribute("role", "status");
    return fault;
  }

  private static boolean check(CodeEditor editor, Span fault) {
    JsonCheck.Fault found = JsonCheck.fault(editor.getValue());
    fault.setText(found == null ? "" : found.sentence());
    return found == null;
  }

  private void start() {
    refused.setText("");
    // Both are looked at, so that both faults are shown.
    boolean inputSound = check(input, inputFault);
    boolean variablesSound = check(variables, variablesFault);
    if (!inputSound || !variablesSound) {
      start.setEnabled(true);
      return;
    }
    try {
      Execution.Started started =
          forks.fork(
              caller,
              new ForkService.Fork(
                  from.row().arn(),
                  state,
                  event,
                  input.getValue(),
                  variables.getValue(),
                  definition.getValue().which(),
                  name.getValue().isBlank() ? null : name.getValue().strip(),
                  null,
                  null));
      close();
      String made = started.arn().substring(started.arn().lastIndexOf(':') + 1);
      UI.getCurrent().navigate(Links.execution(caller.account(), from.row().stateMachine(), made));
    } catch (Refusal refusal) {
      refused.setText(refusal.forPeople());
      start.setEnabled(true);
    }
  }
}
