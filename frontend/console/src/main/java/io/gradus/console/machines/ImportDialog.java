package io.gradus.console.machines;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.server.streams.UploadHandler;
import io.gradus.asl.cloudformation.Home;
import io.gradus.asl.cloudformation.Placeholders;
import io.gradus.asl.cloudformation.TemplateMachine;
import io.gradus.asl.cloudformation.TemplateMachine.Fault;
import io.gradus.asl.cloudformation.TemplateMachine.Found;
import io.gradus.asl.cloudformation.Templates;
import io.gradus.asl.text.JsonLayout;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.machines.studio.Handover;
import io.gradus.console.machines.studio.Written;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.function.FunctionService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Takes what was written elsewhere, pasted or uploaded, as JSON or YAML: a definition, or a
/// CloudFormation or SAM template with any number of state machines in it.
@StyleSheet("gradus-studio.css")
@StyleSheet("gradus-people.css")
public final class ImportDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  /// So many functions are known by name; what is said of others is left out.
  private static final int MOST_FUNCTIONS = 10_000;

  private final transient Supplier<Caller> caller;
  private final CodeEditor text = new CodeEditor(Mode.TEXT, "Definition or template to import");
  private final Span problem = new Span();
  private final Div paste;
  private String name = "";

  /// An import into the tenant of this caller.
  public ImportDialog(Supplier<Caller> caller) {
    this.caller = caller;
    addClassName("g-import");
    setCloseOnOutsideClick(false);
    text.addClassName("g-import-text");
    text.setPlaceholder(
        "Paste Amazon States Language, or a CloudFormation or SAM template, as JSON or YAML");
    text.addTextListener(_ -> problem.setText(""));
    problem.addClassNames("g-status-fail");
    problem.getElement().setAttribute("role", "alert");
    var upload =
        upload(
            "Upload a file…",
            (file, read) -> {
              name = bareName(file);
              problem.setText("");
              text.setValue(read);
            });
    upload.setDropLabel(new Span("or drop it here"));
    paste =
        new Div(
            new Paragraph("Nothing is created yet: you see it in the studio first."),
            text,
            upload,
            new PullOffer(caller, this::offer),
            problem);
    ask();
  }

  /// What takes the text of a file.
  interface Taking {
    void take(String file, String text);
  }

  /// A button for one file.
  static Upload upload(String words, Taking taking) {
    var upload =
        new Upload(
            UploadHandler.inMemory(
                (metadata, bytes) ->
                    taking.take(metadata.fileName(), new String(bytes, StandardCharsets.UTF_8))));
    upload.setAcceptedFileExtensions(".json", ".yaml", ".yml", ".asl", ".template");
    upload.setMaxFileSize(Templates.MAX_LENGTH);
    upload.setUploadButton(new Button(words));
    upload.setMaxFiles(1);
    // Another may take its place.
    upload.addAllFinishedListener(event -> upload.clearFileList());
    upload.addClassName("g-import-upload");
    return upload;
  }

  private static String bareName(String file) {
    return file.replaceFirst("(\\.asl)?\\.(json|ya?ml|asl|template)$", "")
        .replaceAll("[^\\w-]+", "-");
  }

  private void ask() {
    setHeaderTitle("Import a definition");
    show(List.of(cancel(), primary("Continue", this::go)), paste);
  }

  private void show(List<Button> buttons, Div content) {
    removeAll();
    add(content);
    getFooter().removeAll();
    buttons.forEach(getFooter()::add);
  }

  private Button cancel() {
    var cancel = new Button("Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    return cancel;
  }

  private static Button primary(String words, Runnable work) {
    var button = new Button(words, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return button;
  }

  private void go() {
    String pasted = text.getValue();
    if (pasted.isBlank()) {
      problem.setText("Paste a definition or a template, or upload a file first.");
      return;
    }
    Caller now = caller.get();
    Instantiator parts = Instantiator.get(UI.getCurrent());
    Home home = new Home(parts.getOrCreate(Arns.class).region(), now.account());
    switch (Templates.read(pasted, home)) {
      case Fault(String message, int line, int column) ->
          problem.setText("Line " + line + ", column " + column + ": " + message + ".");
      case Found found when isWhole(found) -> open(new Handover(name, written(pasted)));
      case Found found -> plan(found);
    }
  }

  /// A definition alone in which nothing is left to be filled in.
  private static boolean isWhole(Found found) {
    String definition = found.machines().getFirst().definition();
    return !found.inTemplate() && definition != null && Placeholders.in(definition).isEmpty();
  }

  private static Written written(String pasted) {
    // What is neither is most likely JSON with a slip: the studio says where.
    boolean json = JsonLayout.indented(pasted) != null || pasted.strip().startsWith("{");
    return json ? Written.stored(pasted) : new Written(pasted, Mode.YAML);
  }

  private void plan(Found found) {
    setHeaderTitle(found.inTemplate() ? "Import from a template" : "Fill in the placeholders");
    var functions = Instantiator.get(UI.getCurrent()).getOrCreate(FunctionService.class);
    var known = Set.copyOf(functions.names(caller.get(), MOST_FUNCTIONS));
    var back = new Button("Back", click -> ask());
    back.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    var on = primary("", () -> {});
    var plan = new ImportPlan(found, known);
    plan.whenChanged(() -> label(on, plan));
    on.addClickListener(click -> act(plan));
    label(on, plan);
    show(List.of(back, on), plan);
  }

  private static void label(Button on, ImportPlan plan) {
    int chosen = plan.chosen().size();
    on.setText(chosen > 1 ? "Create " + chosen + " state machines" : "Open in the studio");
    on.setEnabled(chosen > 0);
  }

  private void act(ImportPlan plan) {
    List<TemplateMachine> chosen = plan.chosen();
    if (!plan.isReady()) {
      return;
    }
    if (chosen.size() == 1) {
      TemplateMachine only = chosen.getFirst();
      open(ImportResults.handover(only, only.name().isEmpty() ? name : only.name(), plan));
      return;
    }
    Caller now = caller.get();
    var machines = Instantiator.get(UI.getCurrent()).getOrCreate(StateMachineService.class);
    var results = new ImportResults(now.account(), this::open);
    chosen.forEach(
        each -> results.create(machines, now, ImportResults.handover(each, each.name(), plan), ""));
    setHeaderTitle("Imported");
    show(List.of(primary("Done", this::done)), results);
  }

  /// Shows what an AWS account has, to choose from.
  private void offer(PullPlan plan) {
    setHeaderTitle("Import from AWS");
    var back = new Button("Back", click -> ask());
    back.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    var on = primary("", () -> pull(plan));
    plan.whenChanged(
        () -> {
          on.setText(plan.wanted());
          on.setEnabled(plan.isReady());
        });
    show(List.of(back, on), plan);
  }

  private void pull(PullPlan plan) {
    Caller now = caller.get();
    var done = primary("Done", this::done);
    var results = new ImportResults(now.account(), this::open);
    if (plan.chosen().size() > 1) {
      setHeaderTitle("Importing");
      done.setText("Stop");
      show(List.of(done), results);
    }
    new Pulling(plan, now)
        .start(
            results,
            this::open,
            () -> {
              setHeaderTitle("Imported");
              done.setText("Done");
            });
  }

  private void done() {
    close();
    getUI().ifPresent(ui -> ui.refreshCurrentRoute(true));
  }

  private void open(Handover handover) {
    UI ui = UI.getCurrent();
    close();
    handover.leave(ui);
    ui.navigate(Links.create(caller.get().account()));
  }
}
