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
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.di.Instantiator;
import io.gradus.asl.validate.MachineType;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.JsonView;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks what an execution is to be started with, and starts it: a Standard one's page opens, an
/// Express one's result is shown here.
@StyleSheet("gradus-executions.css")
public final class StartDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient Starts executions;
  private final transient StateMachine machine;
  private String target;
  private final TextField name = new TextField("Name (optional)");
  private final CodeEditor input = new CodeEditor(CodeEditor.Mode.JSON, "Input");
  private final CodeEditor mocks = new CodeEditor(CodeEditor.Mode.JSON, "Mocks");
  private final Details mocking;
  private final InputLink link;
  private final Span inputFault = new Span();
  private final Span mocksFault = new Span();
  private final Div result = new Div();
  private final Button start = new Button("Start execution", _ -> start());

  /// How executions are started.
  interface Starts {
    /// A Standard one.
    Execution.Started start(Caller caller, Execution.Start wanted);

    /// An Express one, with its end.
    Execution startSync(Caller caller, Execution.Start wanted);
  }

  private record UseCase(ExecutionService executions) implements Starts {
    @Override
    public Execution.Started start(Caller caller, Execution.Start wanted) {
      return executions.start(caller, wanted);
    }

    @Override
    public Execution startSync(Caller caller, Execution.Start wanted) {
      return executions.startSync(caller, wanted);
    }
  }

  StartDialog(
      Caller caller,
      StateMachine machine,
      Starts executions,
      @Nullable String withInput,
      @Nullable String withMocks) {
    this.caller = caller;
    this.machine = machine;
    target = machine.arn();
    this.executions = executions;
    setHeaderTitle("Start " + machine.name());
    setWidth("640px");
    setResizable(true);
    addClassName("g-start");
    name.setWidthFull();
    name.setMaxLength(80);
    name.setPlaceholder("One is made up");
    name.setHelperText("A name is used once for each state machine.");
    name.setVisible(machine.type() == MachineType.STANDARD);
    input.setValue(withInput == null ? "{}" : JsonCheck.laidOut(withInput));
    mocks.setValue(withMocks == null ? "" : JsonCheck.laidOut(withMocks));
    link = new InputLink(caller.account(), machine.name());
    link.show(input.getValue());
    input.addTextListener(
        _ -> {
          check(input, inputFault, false);
          link.show(input.getValue());
        });
    mocks.addTextListener(_ -> check(mocks, mocksFault, true));
    inputFault.addClassName("g-fault");
    mocksFault.addClassName("g-fault");
    inputFault.getElement().setAttribute("role", "status");
    mocksFault.getElement().setAttribute("role", "status");
    Span label = new Span("Input");
    label.addClassName("g-start-label");
    Div above = new Div(label, link);
    above.addClassName("g-row");
    input.addClassName("g-start-code");
    mocks.addClassName("g-start-code");
    mocks.setPlaceholder("{\"Charge card\": [{\"return\": {\"paid\": true}}]}");
    Paragraph help =
        new Paragraph(
            "Given results of named states, so that they run without their services: for each state"
                + " a list with one entry for each attempt, {\"return\": any JSON} or {\"throw\":"
                + " {\"error\": \"Name\", \"cause\": \"text\"}}. The last one repeats. Where a state starts"
                + " an execution, {\"mocks\": {…}} are that one's.");
    help.addClassName("g-secondary");
    mocking = new Details("Mocks", help, mocks, mocksFault);
    mocking.setOpened(withMocks != null);
    mocking.setWidthFull();
    Div body = new Div(above, input, inputFault, name, mocking, result);
    body.addClassName("g-start-body");
    add(body);
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setDisableOnClick(true);
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, start);
  }

  /// Opens one for this state machine.
  ///
  /// @param input JSON text to begin with, null for `{}`
  /// @param mocks JSON text of given results to begin with, null for none
  public static void open(
      Caller caller, String machineArn, @Nullable String input, @Nullable String mocks) {
    Instantiator parts = Instantiator.get(UI.getCurrent());
    StateMachine machine =
        parts.getOrCreate(StateMachineService.class).describe(caller, machineArn);
    var executions = new UseCase(parts.getOrCreate(ExecutionService.class));
    new StartDialog(caller, machine, executions, input, mocks).open();
  }

  /// Opens one for a version or an alias.
  ///
  /// @param qualified ARN of the state machine, and the version or the alias behind it
  public static void openAt(Caller caller, String qualified) {
    Instantiator parts = Instantiator.get(UI.getCurrent());
    int end = qualified.lastIndexOf(':');
    StateMachine machine =
        parts.getOrCreate(StateMachineService.class).describe(caller, qualified.substring(0, end));
    var executions = new UseCase(parts.getOrCreate(ExecutionService.class));
    var dialog = new StartDialog(caller, machine, executions, null, null);
    dialog.target = qualified;
    // A link leads to the state machine as it stands.
    dialog.link.setVisible(false);
    dialog.setHeaderTitle("Start " + machine.name() + qualified.substring(end));
    dialog.open();
  }

  private boolean check(CodeEditor editor, Span fault, boolean mayBeEmpty) {
    String text = editor.getValue();
    JsonCheck.Fault found = mayBeEmpty && text.isBlank() ? null : JsonCheck.fault(text);
    fault.setText(found == null ? "" : found.sentence());
    return found == null;
  }

  private void start() {
    result.removeAll();
    boolean inputSound = check(input, inputFault, false);
    boolean mocksSound = check(mocks, mocksFault, true);
    if (!inputSound || !mocksSound) {
      start.setEnabled(true);
      return;
    }
    String given = mocks.getValue();
    Execution.Start wanted =
        new Execution.Start(
            target,
            name.getValue().isBlank() ? null : name.getValue().strip(),
            input.getValue(),
            null,
            given.isBlank() ? null : given);
    try {
      if (machine.type() == MachineType.EXPRESS) {
        show(executions.startSync(caller, wanted));
        start.setEnabled(true);
      } else {
        Execution.Started started = executions.start(caller, wanted);
        close();
        String made = started.arn().substring(started.arn().lastIndexOf(':') + 1);
        UI.getCurrent().navigate(Links.execution(caller.account(), machine.name(), made));
      }
    } catch (Refusal refusal) {
      refuse(refusal);
      start.setEnabled(true);
    }
  }

  private void refuse(Refusal refusal) {
    boolean aboutName =
        refusal.code() == ErrorCode.INVALID_NAME
            || refusal.code() == ErrorCode.EXECUTION_ALREADY_EXISTS;
    if (aboutName) {
      name.setErrorMessage(refusal.forPeople());
      name.setInvalid(true);
    } else if (refusal.code() == ErrorCode.INVALID_EXECUTION_INPUT) {
      inputFault.setText(refusal.forPeople());
    } else {
      Span said = new Span(refusal.forPeople());
      said.addClassName("g-fault");
      result.add(said);
    }
  }

  private void show(Execution ended) {
    Status status = Status.of(ended.status());
    java.time.Instant stopped = ended.stoppedAt();
    Span took =
        new Span(
            stopped == null
                ? ""
                : "in " + Moments.duration(Duration.between(ended.startedAt(), stopped)));
    took.addClassName("g-secondary");
    Div head = new Div(new StatusMark(status).asBadge(), took);
    head.addClassName("g-row");
    result.add(head);
    if (ended.status() == ExecutionStatus.SUCCEEDED && ended.output() != null) {
      JsonView view = new JsonView("Output", "output.json");
      view.setPayload(ended.output());
      result.add(view);
    } else {
      Span error = new Span(ended.error() == null ? "No error name was given." : ended.error());
      error.addClassName("g-error-name");
      result.add(error);
      if (ended.cause() != null) {
        JsonView view = new JsonView("Cause", "cause.txt");
        view.setPayload(ended.cause());
        result.add(view);
      }
    }
  }
}
