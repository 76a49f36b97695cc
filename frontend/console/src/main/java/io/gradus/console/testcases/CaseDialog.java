package io.gradus.console.testcases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.executions.JsonCheck;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Refusal;
import io.gradus.service.testcase.run.TestCase;
import io.gradus.service.testcase.run.TestCaseJson;
import java.io.Serializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks what a test case is made of.
final class CaseDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private static final String MOCKS_HELP =
      "What each Task answers: a list with one entry for each attempt, [{\"return\": any JSON},"
          + " {\"throw\": {\"error\": \"Name\"}}], the last of which repeats; or answers by the number"
          + " of the call, as Step Functions Local has them: {\"0\": {\"Throw\": {\"Error\":"
          + " \"Busy\"}}, \"1-2\": {\"Return\": any JSON}}. A Task without a mock fails the case.";
  private static final String EXPECTED_HELP =
      "{\"output\": any JSON} or {\"error\": \"Name\", \"cause\": \"text\"}; and, if you like,"
          + " \"path\": [\"First state\", \"Next state\"] and \"ignore\": [\"/place/in/the/output\"]."
          + " {} means: it succeeds.";

  private final transient Saving saving;
  private final TextField name = new TextField("Name");
  private final TextField description = new TextField("Description (optional)");
  private final TextField startTime = new TextField("Clock at the start (optional)");
  private final Part input = new Part("Input", "");
  private final Part mocks = new Part("Mocks", MOCKS_HELP);
  private final Part expected = new Part("Expected", EXPECTED_HELP);
  private final Span problem = new Span();

  /// Keeps what was asked for.
  interface Saving {
    /// Keeps it.
    ///
    /// @param run whether to run it then
    /// @throws Refusal where it cannot be kept; the dialog says so and stays
    void save(TestCase testCase, boolean run);
  }

  /// A JSON text with its label and its fault.
  private static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final CodeEditor editor;
    private final Span fault = new Span();
    private final Span label;
    private final Paragraph help;

    Part(String name, String text) {
      editor = new CodeEditor(CodeEditor.Mode.JSON, name);
      editor.addClassNames("g-start-code", "g-case-code");
      editor.addTextListener(_ -> check());
      label = new Span(name);
      label.addClassName("g-start-label");
      help = new Paragraph(text);
      help.addClassNames("g-secondary", "g-case-help");
      help.setVisible(!text.isEmpty());
      fault.addClassName("g-fault");
      fault.getElement().setAttribute("role", "status");
    }

    Component[] components() {
      return new Component[] {label, help, editor, fault};
    }

    void set(JsonNode json) {
      editor.setValue(JsonCheck.laidOut(json.toString()));
    }

    boolean check() {
      JsonCheck.Fault found = JsonCheck.fault(editor.getValue());
      fault.setText(found == null ? "" : found.sentence());
      return found == null;
    }

    JsonNode json() {
      return PayloadJson.MAPPER.readTree(editor.getValue());
    }
  }

  /// @param given to begin with
  /// @param isNew whether it can be named
  CaseDialog(TestCase given, boolean isNew, boolean mayRun, Saving saving) {
    this.saving = saving;
    setHeaderTitle(isNew ? "New test case" : "Edit " + given.name());
    setWidth("720px");
    setResizable(true);
    setCloseOnOutsideClick(false);
    addClassName("g-start");
    name.setValue(given.name());
    name.setReadOnly(!isNew);
    name.setMaxLength(80);
    name.setWidthFull();
    description.setValue(given.description());
    description.setMaxLength(500);
    description.setWidthFull();
    boolean usual = given.startTime().equals(TestCase.USUAL_START);
    startTime.setValue(usual ? "" : given.startTime().toString());
    startTime.setPlaceholder(TestCase.USUAL_START.toString());
    startTime.setHelperText("What $now() and the context object say. Waits take no time.");
    startTime.setMaxLength(40);
    startTime.setWidthFull();
    input.set(given.input());
    mocks.set(given.mocks());
    expected.set(TestCaseJson.write(given.expected()));
    problem.addClassName("g-fault");
    problem.getElement().setAttribute("role", "alert");
    Div body = new Div(name, description);
    body.addClassName("g-start-body");
    body.add(input.components());
    body.add(mocks.components());
    body.add(expected.components());
    body.add(startTime, problem);
    add(body);
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    Button save = new Button("Save", _ -> save(false));
    getFooter().add(cancel, save);
    if (mayRun) {
      Button run = new Button("Save and run", _ -> save(true));
      run.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      getFooter().add(run);
    } else {
      save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    }
  }

  private void save(boolean run) {
    problem.setText("");
    boolean sound = input.check();
    sound &= mocks.check();
    sound &= expected.check();
    if (!sound) {
      return;
    }
    ObjectNode json = PayloadJson.MAPPER.createObjectNode();
    json.put("description", description.getValue().strip());
    json.set("input", input.json());
    json.set("mocks", mocks.json());
    json.set("expected", expected.json());
    if (!startTime.getValue().isBlank()) {
      json.put("startTime", startTime.getValue().strip());
    }
    try {
      saving.save(TestCaseJson.read(name.getValue().strip(), json), run);
      close();
    } catch (Refusal refusal) {
      problem.setText(refusal.forPeople());
    }
  }
}
