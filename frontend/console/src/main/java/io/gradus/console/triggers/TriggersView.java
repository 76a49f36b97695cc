package io.gradus.console.triggers;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.Refreshing;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What starts executions by itself.
@Route("t/:account([0-9]{12})/triggers")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-triggers.css")
public final class TriggersView extends TenantPage {
  private static final long serialVersionUID = 1L;

  /// Between two looks at how triggers stand.
  static final Duration PAUSE = Duration.ofSeconds(3);

  private final transient TriggerService triggers;
  private final transient TriggerActions actions;
  private final transient Clock clock;
  private transient volatile @Nullable List<Trigger> seen;
  private transient volatile @Nullable Caller reader;
  private final Button create = new Button("Create trigger…");
  private final PageHeader header = new PageHeader("Triggers", create);
  private final Div rows = new Div();

  /// For whoever is signed in.
  public TriggersView(
      SignedIn signedIn,
      TriggerService triggers,
      StateMachineService machines,
      Arns arns,
      Clock clock) {
    super(signedIn);
    this.triggers = triggers;
    this.clock = clock;
    this.actions = new TriggerActions(triggers, machines, arns, this::caller);
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.addClickListener(click -> actions.create(this::show));
    rows.addClassName("g-page-rows");
    add(header, rows);
    Refreshing.of(this, PAUSE, () -> Objects.equals(look(), seen) ? null : this::show);
  }

  private List<Trigger> look() {
    Caller who = reader;
    return who == null ? List.of() : triggers.list(who);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    create.setVisible(caller.allows(Permission.AUTHOR));
    show();
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Triggers"));
  }

  private void show() {
    Caller caller = caller();
    reader = caller;
    List<Trigger> all = triggers.list(caller);
    seen = all;
    header.setMeta(all.isEmpty() ? "" : all.size() + " of " + Trigger.MAX_PER_TENANT + " at most");
    rows.removeAll();
    if (all.isEmpty()) {
      rows.add(
          new EmptyState(
              "No triggers",
              "A trigger starts an execution by itself: at the moments of a schedule, for each"
                  + " request of another program, or for each message of an SQS queue.",
              create));
      return;
    }
    header.setActions(create);
    Instant now = clock.instant();
    Moments moments = Moments.here();
    boolean author = caller.allows(Permission.AUTHOR);
    var table =
        new RowTable<Trigger>("Triggers")
            .column("Name", "g-name", this::link)
            .column("Fires", "g-wide", trigger -> TriggerText.fires(trigger.source()))
            .column(
                "Starts",
                "g-name",
                trigger -> TriggerText.machine(account(), trigger.stateMachineArn()))
            .column("Next", "g-nowrap", trigger -> TriggerText.next(trigger, moments, now))
            .column("Last result", "g-nowrap", trigger -> last(trigger, moments, now));
    if (author) {
      table.column("On", null, this::onSwitch).column("", "g-actions", this::actionsOf);
    }
    table.addClassName("g-trigger-list");
    table.setRows(all);
    rows.add(table);
  }

  private Component link(Trigger trigger) {
    return new Anchor(Links.trigger(account(), trigger.name()), trigger.name());
  }

  private Component last(Trigger trigger, Moments moments, Instant now) {
    Trigger.Fire fire = trigger.lastFire();
    if (fire == null) {
      return new Span("");
    }
    var cell = new Div(TriggerText.result(account(), fire), moments.span(fire.at(), now));
    cell.addClassName("g-trigger-last");
    return cell;
  }

  private Component onSwitch(Trigger trigger) {
    var on = new Checkbox(trigger.enabled());
    on.setAriaLabel(trigger.name() + " fires");
    on.getElement().setAttribute("title", trigger.enabled() ? "Pause" : "Resume");
    on.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            actions.setEnabled(trigger, change.getValue(), this::show);
          }
        });
    return on;
  }

  private Component actionsOf(Trigger trigger) {
    var row =
        new Div(
            action("Edit…", trigger, () -> actions.edit(trigger, this::show)),
            action("Delete…", trigger, () -> actions.delete(trigger, this::show)));
    row.addClassName("g-row-actions");
    return row;
  }

  private static Button action(String verb, Trigger trigger, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + trigger.name());
    return button;
  }
}
