package io.gradus.console.machines;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.cloudformation.TemplateMachine;
import io.gradus.console.machines.studio.Handover;
import io.gradus.console.machines.studio.Written;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.util.function.Consumer;

/// What came of an import of several state machines: those that were made, and why the others were
/// not. One that was refused is put right in the studio.
final class ImportResults extends Div {
  private static final long serialVersionUID = 1L;

  private final String account;
  private final transient Consumer<Handover> opening;

  /// @param opening opens a definition in the studio
  ImportResults(String account, Consumer<Handover> opening) {
    this.account = account;
    this.opening = opening;
    addClassName("g-import-plan");
    getElement().setAttribute("role", "status");
  }

  /// The definition as it was filled in, on its way to the studio.
  static Handover handover(TemplateMachine machine, String name, ImportPlan plan) {
    String filled = plan.definition(machine);
    String definition = filled == null ? String.valueOf(machine.definition()) : filled;
    return new Handover(name, Written.stored(definition), machine.type(), machine.tags());
  }

  /// Makes one, and says so.
  ///
  /// @param note said beside it once it is made; the empty text for none
  void create(StateMachineService machines, Caller caller, Handover wanted, String note) {
    try {
      var made =
          machines.create(
              caller,
              new StateMachine.Draft(
                  wanted.name(),
                  wanted.written().text(),
                  Handover.usualRole(account),
                  wanted.type(),
                  null,
                  null,
                  wanted.tags()));
      row(
          new StatusMark(Status.SUCCEEDED, "Created"),
          new Anchor(Links.stateMachine(account, made.name()), made.name()),
          note);
    } catch (Refusal refusal) {
      var mend = new Button("Open in the studio", click -> opening.accept(wanted));
      mend.addThemeVariants(ButtonVariant.LUMO_SMALL);
      refused(wanted.name(), refusal.forPeople(), mend);
    }
  }

  /// Says of one that it was not made.
  void refused(String name, String why, Component... more) {
    row(new StatusMark(Status.FAILED, "Not created"), new Span(name), why, more);
  }

  private void row(Component mark, Component name, String why, Component... more) {
    name.addClassName("g-ellipsis");
    var head = new Div(mark, name);
    head.addClassName("g-row");
    head.add(more);
    var row = new Div(head);
    row.addClassName("g-import-machine");
    if (!why.isEmpty()) {
      var said = new Paragraph(why);
      said.addClassName("g-import-why");
      row.add(said);
    }
    add(row);
  }
}
