package io.gradus.console.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.ConsolePage;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.service.people.TenantService;
import io.gradus.service.people.TenantService.Tenant;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// The tenants, for who runs the platform: that they are there, and nothing that they keep.
@Route("tenants")
@PermitAll
@StyleSheet("gradus-people.css")
public final class TenantsView extends Main
    implements ConsolePage, HasDynamicTitle, BeforeEnterObserver {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;
  private final transient TenantService tenants;
  private final transient TenantDialogs dialogs;
  private final transient Clock clock;
  private final PageHeader header;
  private final Div rows = new Div();

  /// For whoever is signed in.
  public TenantsView(SignedIn signedIn, TenantService tenants, Clock clock) {
    this.signedIn = signedIn;
    this.tenants = tenants;
    this.clock = clock;
    this.dialogs = new TenantDialogs(tenants, signedIn::person, this::refresh);
    addClassName("g-page");
    var create = new Button("Create tenant…", click -> dialogs.create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    header = new PageHeader("Tenants", create);
    rows.addClassName("g-page-rows");
    add(header, rows);
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Tenants"));
  }

  @Override
  public String getPageTitle() {
    return title();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!signedIn.person().platformOperator()) {
      event.rerouteToError(NotFoundException.class);
      return;
    }
    refresh();
  }

  private void refresh() {
    List<Tenant> all = tenants.list(signedIn.person());
    long suspended = all.stream().filter(Tenant::suspended).count();
    header.setMeta(
        (all.size() == 1 ? "1 tenant" : all.size() + " tenants")
            + (suspended == 0 ? "" : ", " + suspended + " suspended"));
    rows.removeAll();
    if (all.isEmpty()) {
      rows.add(
          new EmptyState(
              "No tenants",
              "State machines, executions and people belong to a tenant, which is an AWS account"
                  + " number. Create the first one."));
      return;
    }
    Instant now = clock.instant();
    Moments moments = Moments.here();
    var table =
        new RowTable<Tenant>("Tenants")
            .column("Account", "g-nowrap", tenant -> new Code(tenant.account()))
            .text("Name", "g-wide", Tenant::name)
            .column("Status", "g-nowrap", TenantsView::status)
            .text("Limits", "g-nowrap", tenant -> tenant.awsStrict() ? "AWS's" : "Lifted")
            .text("Members", "g-number", tenant -> Integer.toString(tenant.members()))
            .text("Access keys", "g-number", tenant -> Integer.toString(tenant.keys()))
            .column("Created", "g-nowrap", tenant -> moments.span(tenant.createdAt(), now))
            .column("", "g-actions", this::actions);
    table.setRows(all);
    rows.add(table);
  }

  private static Component status(Tenant tenant) {
    return tenant.suspended()
        ? new StatusMark(Status.STOPPED, "Suspended")
        : new StatusMark(Status.SUCCEEDED, "Active");
  }

  private Component actions(Tenant tenant) {
    var row = new Div(action("Rename…", tenant, () -> dialogs.rename(tenant)));
    row.addClassName("g-row-actions");
    row.add(
        tenant.suspended()
            ? action("Resume", tenant, () -> resume(tenant))
            : action("Suspend…", tenant, () -> suspend(tenant)));
    return row;
  }

  private static Button action(String verb, Tenant tenant, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + tenant.account());
    return button;
  }

  private void suspend(Tenant tenant) {
    new FormDialog("Suspend " + tenant.name() + "?", "Suspend tenant")
        .dangerous()
        .with(
            new Span(
                "Its people and access keys are refused within seconds, so nothing new is started and"
                    + " nothing is answered. Executions that run go on by themselves, and wait where"
                    + " they need someone. Nothing is deleted."))
        .doing(
            () -> {
              tenants.suspend(signedIn.person(), tenant.account());
              refresh();
              Notice.info("Suspended " + tenant.name());
            })
        .open();
  }

  private void resume(Tenant tenant) {
    tenants.resume(signedIn.person(), tenant.account());
    refresh();
    Notice.info("Resumed " + tenant.name());
  }
}
