package io.gradus.console.triggers;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.Copy;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.part.Refreshing;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.Trigger.OnQueue;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.TriggerService;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A trigger: what makes it fire, what it starts, and the last times that it did.
@Route("t/:account([0-9]{12})/triggers/:name")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-triggers.css")
public final class TriggerView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient TriggerService triggers;
  private final transient TriggerActions actions;
  private final transient Clock clock;
  private final PageHeader header = new PageHeader("");
  private final Div body = new Div();
  private transient volatile @Nullable Told seen;
  private transient volatile @Nullable Caller reader;
  private volatile String name = "";

  /// All that the page tells of.
  private record Told(@Nullable Trigger trigger, List<Trigger.Fire> fires) {}

  /// For whoever is signed in.
  public TriggerView(
      SignedIn signedIn,
      TriggerService triggers,
      StateMachineService machines,
      Arns arns,
      Clock clock) {
    super(signedIn);
    this.triggers = triggers;
    this.clock = clock;
    this.actions = new TriggerActions(triggers, machines, arns, this::caller);
    body.addClassName("g-page-rows");
    add(header, body);
    Refreshing.of(this, TriggersView.PAUSE, () -> Objects.equals(look(), seen) ? null : this::show);
  }

  private Told look() {
    Caller who = reader;
    return who == null ? new Told(null, List.of()) : look(who);
  }

  private Told look(Caller who) {
    return new Told(triggers.describe(who, name), triggers.fires(who, name));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    try {
      show();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.RESOURCE_NOT_FOUND
          || refusal.code() == ErrorCode.INVALID_NAME) {
        throw new NothingThere(
            "There is no such trigger",
            "This tenant has no trigger " + name + ". It may have been deleted.",
            new Crumb("Triggers", Links.triggers(account())));
      }
      throw refusal;
    }
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Triggers", Links.triggers(account())), new Crumb(name));
  }

  private void show() {
    Caller caller = caller();
    reader = caller;
    Told told = look(caller);
    seen = told;
    Trigger trigger = Objects.requireNonNull(told.trigger());
    List<Trigger.Fire> fires = told.fires();
    Instant now = clock.instant();
    Moments moments = Moments.here();
    header.setHeading(trigger.name());
    header.setMeta(TriggerText.standing(trigger, moments, now));
    header.setActions(caller.allows(Permission.AUTHOR) ? doable(trigger) : new Component[0]);
    body.removeAll();
    String problem = trigger.problem();
    if (problem != null) {
      var warning = new Div(new Span(problem));
      if (trigger.source() instanceof OnQueue) {
        warning.add(new Anchor(Links.connections(account()), "Connections"));
      }
      warning.addClassNames("g-form-problem", "g-trigger-problem");
      body.add(warning);
    }
    body.add(facts(trigger, moments, now), history(fires, moments, now));
  }

  private Component[] doable(Trigger trigger) {
    List<Component> doable = new ArrayList<>();
    doable.add(button("Delete…", () -> actions.delete(trigger, this::leave)));
    if (trigger.source() instanceof OnWebhook) {
      doable.add(button("Renew secret…", () -> actions.renew(trigger)));
    }
    doable.add(
        button(
            trigger.enabled() ? "Pause" : "Resume",
            () -> actions.setEnabled(trigger, !trigger.enabled(), this::show)));
    Button edit = button("Edit…", () -> actions.edit(trigger, this::show));
    edit.removeThemeVariants(ButtonVariant.LUMO_TERTIARY);
    edit.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    doable.add(edit);
    return doable.toArray(Component[]::new);
  }

  private void leave() {
    getUI().ifPresent(ui -> ui.navigate(Links.triggers(account())));
  }

  private static Button button(String text, Runnable work) {
    var button = new Button(text, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  private Component facts(Trigger trigger, Moments moments, Instant now) {
    var list = new DescriptionList();
    list.addClassName("g-trigger-facts");
    switch (trigger.source()) {
      case OnSchedule on -> {
        fact(list, "Schedule", new Code(on.expression()));
        fact(list, "Time zone", new Span(on.timeZone()));
        if (on.start() != null) {
          fact(list, "Not before", moments.span(on.start(), now));
        }
        if (on.end() != null) {
          fact(list, "Not after", moments.span(on.end(), now));
        }
        fact(
            list,
            "Missed moments",
            new Span(on.catchUp() ? "the latest is made up for, once" : "are left out"));
      }
      case OnWebhook on -> {
        fact(list, "URL", address(on));
        fact(list, "Requests come", new Span(TriggerText.proof(on.proof())));
      }
      case OnQueue on -> {
        var url = new Code(on.url());
        url.addClassName("g-break");
        fact(list, "Queue", url);
        fact(list, "Messages at once", new Span(String.valueOf(on.batchSize())));
      }
    }
    fact(list, "Starts", TriggerText.machine(account(), trigger.stateMachineArn()));
    fact(list, "Input", input(trigger));
    fact(list, "Made by", new Span(People.name(trigger.createdBy())));
    fact(list, "Changed", moments.span(trigger.updatedAt(), now));
    return list;
  }

  private static Component input(Trigger trigger) {
    String template = trigger.input();
    if (template == null) {
      return new Span("the event itself");
    }
    var pre = new Pre(template);
    pre.getElement().setAttribute("tabindex", "0");
    pre.getElement().setAttribute("role", "region");
    pre.getElement().setAttribute("aria-label", "Input template");
    return pre;
  }

  private Component address(OnWebhook on) {
    var row = new Div();
    row.addClassName("g-once-row");
    HookSheet.withUrl(on.path(account()), url -> row.add(new Code(url), new Copy(url, "URL")));
    return row;
  }

  private static void fact(DescriptionList list, String term, Component value) {
    list.add(new DescriptionList.Term(term), new DescriptionList.Description(value));
  }

  private Component history(List<Trigger.Fire> fires, Moments moments, Instant now) {
    var title = new H2("History");
    title.addClassName("g-trigger-title");
    var section = new Section(title);
    if (fires.isEmpty()) {
      section.add(new EmptyState("Not fired yet", "Each time that it fires is told here."));
      return section;
    }
    var table =
        new RowTable<Trigger.Fire>("History")
            .column("Fired", "g-nowrap", fire -> moments.span(fire.at(), now))
            .column("Result", "g-nowrap", fire -> TriggerText.result(account(), fire))
            .column("Event", null, fire -> new Code(fire.eventId()))
            .column("What happened", "g-wide", this::told);
    table.setRows(fires);
    section.add(table);
    return section;
  }

  private Component told(Trigger.Fire fire) {
    return fire.executionArn() == null
        ? new Span(String.valueOf(fire.cause()))
        : TriggerText.execution(account(), fire.executionArn());
  }
}
