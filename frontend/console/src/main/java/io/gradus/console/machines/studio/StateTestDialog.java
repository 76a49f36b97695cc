package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.di.Instantiator;
import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.JsonView;
import io.gradus.console.executions.JsonCheck;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.part.Work;
import io.gradus.engine.TrialOutcome;
import io.gradus.service.Caller;
import io.gradus.service.teststate.StateTest;
import io.gradus.service.teststate.TestStateService;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tries one state of what is written, saved or not: with an input, with a given result in the
/// place of its service or with the service itself, and shows what each step of its data flow gave.
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-people.css")
final class StateTestDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final transient TestStateService tests;
  private final transient Caller caller;
  private final transient Node state;
  private final String definition;
  private final String role;
  private final CodeEditor input = new CodeEditor(CodeEditor.Mode.JSON, "Input");
  private final CodeEditor variables = new CodeEditor(CodeEditor.Mode.JSON, "Variables");
  private final CodeEditor given = new CodeEditor(CodeEditor.Mode.JSON, "Given result");
  private final GivenError error = new GivenError();
  private final transient Map<CodeEditor, Span> faults = new LinkedHashMap<>();
  private final Button run = new Button("Test state", click -> run());
  private final Div answer = new Div();
  private transient @Nullable Thread under;

  private StateTestDialog(
      TestStateService tests, Caller caller, Node state, String definition, String role) {
    this.tests = tests;
    this.caller = caller;
    this.state = state;
    this.definition = definition;
    this.role = role;
    setHeaderTitle("Test " + state.name());
    setWidth("640px");
    setResizable(true);
    setCloseOnOutsideClick(false);
    addClassName("g-state-test");
    input.setValue("{}");
    answer.addClassName("g-answer");
    answer.getElement().setAttribute("aria-live", "polite");
    var body = new Div(field("Input", input));
    body.addClassName("g-start-body");
    if (takesResult()) {
      given.setPlaceholder("{\"Payload\": {\"paid\": true}}");
      var label =
          state.kind() == Kind.TASK
              ? "Given result (without one and without an error, the service is called)"
              : "Given result of the iterations or branches";
      body.add(field(label, given), error);
    }
    var values = new Details("Variables", field("An object of values by name", variables));
    values.setWidthFull();
    body.add(values, answer);
    add(body);
    var close = new Button("Close", click -> close());
    close.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    run.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(close, run);
  }

  /// Opens one.
  ///
  /// @param definition JSON of the whole machine
  /// @param role what a call to a service needs by AWS's rules
  static void open(Caller caller, Node state, String definition, String role) {
    var tests = Instantiator.get(UI.getCurrent()).getOrCreate(TestStateService.class);
    new StateTestDialog(tests, caller, state, definition, role).open();
  }

  private boolean takesResult() {
    return switch (state.kind()) {
      case TASK, PARALLEL, MAP -> true;
      case PASS, CHOICE, WAIT, SUCCEED, FAIL -> false;
    };
  }

  private Component field(String words, CodeEditor editor) {
    var label = new Span(words);
    label.addClassName("g-start-label");
    var fault = new Span();
    fault.addClassName("g-fault");
    fault.getElement().setAttribute("role", "status");
    faults.put(editor, fault);
    editor.addClassNames("g-start-code", "g-state-test-code");
    editor.addTextListener(event -> isSound(editor));
    var field = new Div(label, editor, fault);
    field.addClassName("g-start-body");
    return field;
  }

  private boolean isSound(CodeEditor editor) {
    String text = editor.getValue();
    JsonCheck.Fault found = text.isBlank() && editor != input ? null : JsonCheck.fault(text);
    Span fault = faults.get(editor);
    if (fault != null) {
      fault.setText(found == null ? "" : found.sentence());
    }
    return found == null;
  }

  private void run() {
    if (!given.getValue().isBlank() && error.value() != null) {
      refuse("Give a result or an error, not both.");
      return;
    }
    if (!faults.keySet().stream().map(this::isSound).reduce(true, Boolean::logicalAnd)) {
      return;
    }
    UI ui = UI.getCurrent();
    StateTest.Request wanted = request();
    run.setEnabled(false);
    answer.removeAll();
    var bar = new ProgressBar();
    bar.setIndeterminate(true);
    bar.getElement().setAttribute("aria-label", "Waiting for what comes of it");
    answer.add(bar);
    under = Work.start(ui, () -> tests.test(caller, wanted), this::show, this::refuse);
  }

  private StateTest.Request request() {
    String result = given.getValue();
    String values = variables.getValue();
    return new StateTest.Request(
        definition,
        state.name(),
        role,
        input.getValue(),
        values.isBlank() ? null : values,
        mock(result),
        null,
        new StateTest.Configuration(error.retries(), null, null, null),
        false);
  }

  private StateTest.@Nullable Mock mock(String result) {
    StateTest.MockedError thrown = error.value();
    return result.isBlank() && thrown == null
        ? null
        : new StateTest.Mock(
            result.isBlank() ? null : result, thrown, StateTest.FieldValidation.NONE);
  }

  private void refuse(String sentence) {
    run.setEnabled(true);
    answer.removeAll();
    var problem = new Paragraph(sentence);
    problem.addClassName("g-form-problem");
    answer.add(problem);
  }

  private void show(StateTest.Result got) {
    run.setEnabled(true);
    answer.removeAll();
    TrialOutcome outcome = got.outcome();
    var head = new Div(mark(outcome.status()), new Span(onward(outcome)));
    head.addClassName("g-row");
    answer.add(head);
    if (outcome.error() != null) {
      var error = new Span(outcome.error());
      error.addClassName("g-error-name");
      answer.add(error);
    }
    if (outcome.cause() != null) {
      answer.add(payload("Cause", outcome.cause(), true));
    }
    if (outcome.output() != null) {
      answer.add(payload("Output", outcome.output().toString(), true));
    }
    outcome
        .stages()
        .forEach((stage, value) -> answer.add(payload(words(stage), value.toString(), false)));
    if (!outcome.variables().isEmpty()) {
      answer.add(payload("Variables afterwards", text(outcome.variables()), false));
    }
    head.scrollIntoView();
  }

  private static String text(Map<String, JsonNode> variables) {
    var all = JSON.createObjectNode();
    variables.forEach(all::set);
    return all.toString();
  }

  private static StatusMark mark(TrialOutcome.Status status) {
    return switch (status) {
      case SUCCEEDED -> new StatusMark(Status.SUCCEEDED);
      case FAILED -> new StatusMark(Status.FAILED);
      case RETRIABLE -> new StatusMark(Status.RETRYING, "Would be retried");
      case CAUGHT_ERROR -> new StatusMark(Status.CAUGHT, "Caught error");
    };
  }

  private static String onward(TrialOutcome outcome) {
    Integer after = outcome.handling().backoffSeconds();
    if (after != null) {
      return "after " + after + " s";
    }
    if (outcome.next() != null) {
      return "goes on with " + outcome.next().value();
    }
    return outcome.status() == TrialOutcome.Status.SUCCEEDED ? "and ends there" : "";
  }

  private static String words(Stage stage) {
    return switch (stage) {
      case AFTER_INPUT_PATH -> "After InputPath";
      case AFTER_PARAMETERS -> "After Parameters";
      case AFTER_ARGUMENTS -> "After Arguments";
      case AFTER_ITEMS_PATH -> "After ItemsPath";
      case AFTER_ITEMS_POINTER -> "After ItemsPointer";
      case AFTER_ITEM_SELECTOR -> "After ItemSelector";
      case RESULT -> "Result";
      case AFTER_RESULT_SELECTOR -> "After ResultSelector";
      case AFTER_RESULT_PATH -> "After ResultPath";
    };
  }

  private static Component payload(String words, String text, boolean opened) {
    var view = new JsonView(words, "state-test.json");
    view.setPayload(text);
    var details = new Details(words, view);
    details.setOpened(opened);
    details.setWidthFull();
    return details;
  }

  @Override
  protected void onDetach(DetachEvent event) {
    Thread thread = under;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
