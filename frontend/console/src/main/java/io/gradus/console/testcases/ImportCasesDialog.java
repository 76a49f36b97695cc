package io.gradus.console.testcases;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.service.Refusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Takes test cases that were written elsewhere: pasted or uploaded.
final class ImportCasesDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  /// As much as an editor takes, in bytes.
  private static final int MAX_BYTES = 2 * 1_048_576;

  private final transient Taking taking;
  private final CodeEditor text = new CodeEditor(Mode.JSON, "Test cases to import");
  private final TextField from = new TextField("State machine in the file (optional)");
  private final Span problem = new Span();

  /// Takes a file's text.
  interface Taking {
    /// @param from which state machine of it; null where that is not said
    /// @throws Refusal where it cannot be taken; the dialog says so and stays
    void take(String text, @Nullable String from);
  }

  ImportCasesDialog(Taking taking) {
    this.taking = taking;
    setHeaderTitle("Import test cases");
    addClassName("g-import");
    setWidth("46rem");
    text.addClassName("g-import-text");
    text.setWidth("100%");
    text.addTextListener(_ -> problem.setText(""));
    text.setPlaceholder(
        "Paste MockConfigFile.json of Step Functions Local, or exported test cases");
    from.setHelperText(
        "Where a mock configuration has several: the one of this name is taken otherwise.");
    from.setMaxLength(80);
    from.setWidthFull();
    problem.addClassNames("g-status-fail");
    problem.getElement().setAttribute("role", "alert");
    var upload =
        new Upload(
            UploadHandler.inMemory(
                (metadata, bytes) -> {
                  problem.setText("");
                  text.setValue(new String(bytes, StandardCharsets.UTF_8));
                }));
    upload.setAcceptedFileExtensions(".json");
    upload.setMaxFileSize(MAX_BYTES);
    upload.setUploadButton(new Button("Upload a file…"));
    upload.setDropLabel(new Span("or drop it here"));
    upload.setMaxFiles(1);
    upload.addClassName("g-import-upload");
    add(
        new Paragraph(
            "Test cases of the same names are replaced. Of a mock configuration only the mocks are"
                + " taken: a test case of the same name keeps its input and what it expects."),
        text,
        upload,
        from,
        problem);
    var cancel = new Button("Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    var go = new Button("Import", click -> go());
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(cancel, go);
  }

  private void go() {
    if (text.getValue().isBlank()) {
      problem.setText("Paste test cases or upload a file first.");
      return;
    }
    try {
      String machine = from.getValue().strip();
      taking.take(text.getValue(), machine.isEmpty() ? null : machine);
      close();
    } catch (Refusal refusal) {
      problem.setText(refusal.forPeople());
    }
  }
}
