package io.gradus.console.functions;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.TextArea;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.part.Work;
import io.gradus.service.Caller;
import io.gradus.service.function.FunctionTrial;
import io.gradus.service.function.HttpFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls a function with a payload and shows what it answers.
final class TrialDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private final transient FunctionTrial trial;
  private final transient Supplier<Caller> caller;
  private final String name;
  private final TextArea payload = new TextArea("Payload");
  private final Button call = new Button("Call function", click -> call());
  private final Div answer = new Div();
  private transient @Nullable Thread under;

  TrialDialog(FunctionTrial trial, Supplier<Caller> caller, HttpFunction function) {
    this.trial = trial;
    this.caller = caller;
    this.name = function.name();
    addClassName("g-form-dialog");
    setHeaderTitle("Test " + function.name());
    setCloseOnOutsideClick(false);
    payload.setValue("{}");
    payload.addClassName("g-mono-field");
    payload.setHelperText("JSON, posted to " + function.url() + " as a task would.");
    payload.setMinHeight("120px");
    payload.setMaxHeight("260px");
    payload.setWidthFull();
    answer.addClassName("g-answer");
    answer.getElement().setAttribute("aria-live", "polite");
    var fields = new Div(payload, answer);
    fields.addClassName("g-form");
    add(fields);
    var close = new Button("Close", click -> close());
    close.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    call.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(close, call);
  }

  private void call() {
    UI ui = UI.getCurrent();
    Caller who = caller.get();
    String sent = payload.getValue();
    call.setEnabled(false);
    answer.removeAll();
    var bar = new ProgressBar();
    bar.setIndeterminate(true);
    bar.getElement().setAttribute("aria-label", "Waiting for the answer");
    answer.add(bar);
    under = Work.start(ui, () -> trial.call(who, name, sent), this::show, this::refused);
  }

  private void refused(String sentence) {
    call.setEnabled(true);
    answer.removeAll();
    var problem = new Paragraph(sentence);
    problem.addClassName("g-form-problem");
    answer.add(problem);
  }

  private void show(FunctionTrial.Answer got) {
    call.setEnabled(true);
    answer.removeAll();
    var head = new Div(mark(got), new Span(Moments.duration(got.took())));
    head.addClassName("g-row");
    answer.add(head);
    String problem = got.problem();
    if (problem != null) {
      answer.add(new Paragraph(problem));
      return;
    }
    var body = new Pre(got.body().isEmpty() ? "(an empty answer)" : got.body());
    body.getElement().setAttribute("tabindex", "0");
    body.getElement().setAttribute("aria-label", "Answer");
    body.getElement().setAttribute("role", "region");
    answer.add(body);
  }

  private static StatusMark mark(FunctionTrial.Answer got) {
    String error = got.functionError();
    if (got.isGood()) {
      return new StatusMark(Status.SUCCEEDED, "HTTP " + got.status());
    }
    return new StatusMark(
        Status.FAILED,
        got.problem() != null
            ? "No answer"
            : error != null ? "Function error: " + error : "HTTP " + got.status());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    Thread thread = under;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
