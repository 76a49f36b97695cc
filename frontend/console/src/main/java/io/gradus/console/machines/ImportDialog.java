package io.gradus.console.machines;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.gradus.asl.text.JsonLayout;
import io.gradus.asl.text.Yaml;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.machines.studio.Handover;
import io.gradus.console.machines.studio.Written;
import io.gradus.console.session.Links;
import java.nio.charset.StandardCharsets;

/// Takes a definition that was written elsewhere: pasted or uploaded, JSON or YAML.
public final class ImportDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private final String account;
  private final CodeEditor text = new CodeEditor(Mode.TEXT, "Definition to import");
  private final Span problem = new Span();
  private String name = "";

  /// An import into this tenant.
  public ImportDialog(String account) {
    this.account = account;
    setHeaderTitle("Import a definition");
    addClassName("g-import");
    text.addClassName("g-import-text");
    text.setPlaceholder("Paste Amazon States Language here, as JSON or YAML");
    problem.addClassNames("g-status-fail");
    problem.getElement().setAttribute("role", "alert");
    var upload =
        new Upload(
            UploadHandler.inMemory(
                (metadata, bytes) -> {
                  name = bareName(metadata.fileName());
                  text.setValue(new String(bytes, StandardCharsets.UTF_8));
                }));
    upload.setAcceptedFileExtensions(".json", ".yaml", ".yml", ".asl");
    upload.setMaxFileSize(Yaml.MAX_LENGTH);
    upload.setUploadButton(new Button("Upload a file…"));
    upload.setDropLabel(new Span("or drop it here"));
    upload.setMaxFiles(1);
    upload.addClassName("g-import-upload");
    add(
        new Paragraph("Nothing is created yet: you see it in the studio first."),
        text,
        upload,
        problem);
    var cancel = new Button("Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    var go = new Button("Open in the studio", click -> go());
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(cancel, go);
  }

  private static String bareName(String file) {
    return file.replaceFirst("(\\.asl)?\\.(json|ya?ml|asl)$", "").replaceAll("[^\\w-]+", "-");
  }

  private void go() {
    String pasted = text.getValue();
    if (pasted.isBlank()) {
      problem.setText("Paste a definition or upload a file first.");
      return;
    }
    // What is neither is most likely JSON with a slip: the studio says where.
    boolean json = JsonLayout.indented(pasted) != null || pasted.strip().startsWith("{");
    Written written = json ? Written.stored(pasted) : new Written(pasted, Mode.YAML);
    getUI()
        .ifPresent(
            ui -> {
              close();
              new Handover(name, written).leave(ui);
              ui.navigate(Links.create(account));
            });
  }
}
