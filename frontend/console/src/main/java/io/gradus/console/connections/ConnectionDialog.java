package io.gradus.console.connections;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.part.Work;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a connection, or changes one; and tries it as it is typed, before it is kept.
final class ConnectionDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private final transient ConnectionService connections;
  private final transient ConnectionTrial trial;
  private final transient Supplier<Caller> caller;
  private final transient Runnable changed;
  private final transient @Nullable Connection kept;
  private final TextField name = new TextField("Name");
  private final Select<ConnectionKind> kind = new Select<>();
  private final Checkbox leading = new Checkbox("Default: for tasks that name none");
  private final Paragraph about = new Paragraph();
  private final Div place = new Div();
  private final Div answer = new Div();
  private final Div problem = new Div();
  private final Button test = new Button("Test connection", click -> test());
  private final Button save = new Button("Save connection", click -> save());
  private ConnectionForm form;
  private transient @Nullable Thread under;

  /// @param kept the connection that is changed; null for a new one
  /// @param changed called when the list is another one
  ConnectionDialog(
      ConnectionService connections,
      ConnectionTrial trial,
      Supplier<Caller> caller,
      @Nullable Connection kept,
      Runnable changed) {
    this.connections = connections;
    this.trial = trial;
    this.caller = caller;
    this.kept = kept;
    this.changed = changed;
    ConnectionKind first = kept == null ? ConnectionKind.AWS : kept.kind();
    this.form = new ConnectionForm(first, kept);
    addClassName("g-form-dialog");
    setHeaderTitle(kept == null ? "New connection" : "Edit " + kept.name());
    setCloseOnOutsideClick(false);
    name.setMaxLength(64);
    name.setWidthFull();
    name.setHelperText("1 to 64 letters, digits, and . _ -");
    kind.setLabel("Kind");
    kind.setItems(ConnectionKind.values());
    kind.setItemLabelGenerator(ConnectionKind::label);
    kind.setWidthFull();
    kind.setValue(first);
    if (kept != null) {
      name.setValue(kept.name());
      // Neither can be changed. The title has the one, and what the kind is about says the other.
      name.setVisible(false);
      kind.setVisible(false);
      leading.setValue(kept.isDefault());
      leading.setEnabled(!kept.isDefault());
    }
    about.addClassName("g-secondary");
    problem.addClassName("g-form-problem");
    problem.getElement().setAttribute("role", "alert");
    answer.addClassName("g-answer");
    answer.getElement().setAttribute("aria-live", "polite");
    kind.addValueChangeListener(change -> showKind(change.getValue()));
    var fields = new Div(kind, about, name, place, leading, answer, problem);
    fields.addClassName("g-form");
    add(fields);
    var cancel = new Button("Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(cancel, test, save);
    showKind(first);
  }

  private void showKind(ConnectionKind shown) {
    form = new ConnectionForm(shown, kept);
    place.removeAll();
    place.add(form);
    about.setText(shown.about());
    // An HTTP task always names its connection.
    leading.setVisible(shown != ConnectionKind.HTTP);
    test.setText(shown == ConnectionKind.SLACK ? "Post a test message" : "Test connection");
    answer.removeAll();
    refuse("");
  }

  private Connection.Draft draft() {
    return new Connection.Draft(
        name.getValue().strip(),
        kind.getValue(),
        Boolean.TRUE.equals(leading.getValue()),
        form.settings(),
        form.secrets());
  }

  private void refuse(String sentence) {
    problem.setText(sentence);
    problem.setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) {
      problem.scrollIntoView();
    }
  }

  private void save() {
    refuse("");
    try {
      Connection.Draft draft = draft();
      if (kept == null) {
        connections.create(caller.get(), draft);
      } else {
        connections.put(caller.get(), draft);
      }
      close();
      changed.run();
      Notice.info("Saved " + draft.name());
    } catch (Refusal refusal) {
      refuse(refusal.forPeople());
    }
  }

  private void test() {
    refuse("");
    UI ui = UI.getCurrent();
    Caller who = caller.get();
    Connection.Draft draft = draft();
    test.setEnabled(false);
    answer.removeAll();
    var bar = new ProgressBar();
    bar.setIndeterminate(true);
    bar.getElement().setAttribute("aria-label", "Waiting for the answer");
    answer.add(bar);
    under = Work.start(ui, () -> trial.test(who, draft), this::show, this::refused);
  }

  private void refused(String sentence) {
    test.setEnabled(true);
    answer.removeAll();
    refuse(sentence);
  }

  private void show(ConnectionTrial.Result result) {
    test.setEnabled(true);
    answer.removeAll();
    var head =
        new Div(
            new StatusMark(
                result.good() ? Status.SUCCEEDED : Status.FAILED,
                result.good() ? "It works" : "It does not work"),
            new Span(Moments.duration(result.took())));
    head.addClassName("g-row");
    var told = new Paragraph(result.told());
    told.addClassName("g-break");
    answer.add(head, told);
    answer.scrollIntoView();
  }

  @Override
  protected void onDetach(DetachEvent event) {
    Thread thread = under;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
