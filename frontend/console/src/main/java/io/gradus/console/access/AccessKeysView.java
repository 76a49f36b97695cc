package io.gradus.console.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.members.RoleChoice;
import io.gradus.console.part.Copy;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.arn.Arns;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// The tenant's access keys: with them programs speak to the Step Functions API.
@Route("t/:account([0-9]{12})/access-keys")
@PermitAll
@StyleSheet("gradus-people.css")
public final class AccessKeysView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient AccessKeyService keys;
  private final transient KeyDialogs dialogs;
  private final transient Clock clock;
  private final Button create = new Button("Create access key…");
  private final PageHeader header = new PageHeader("Access keys", create);
  private final Checkbox showRevoked = new Checkbox("Show revoked");
  private final Div rows = new Div();

  /// For whoever is signed in.
  public AccessKeysView(SignedIn signedIn, AccessKeyService keys, Arns arns, Clock clock) {
    super(signedIn);
    this.keys = keys;
    this.clock = clock;
    this.dialogs = new KeyDialogs(keys, arns.region(), this::caller, this::refresh);
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.addClickListener(click -> dialogs.create());
    showRevoked.addValueChangeListener(change -> refresh());
    rows.addClassName("g-page-rows");
    add(header, rows);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    show(
        keys.list(caller),
        event.getLocation().getQueryParameters().getSingleParameter("key").orElse(""));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Access keys"));
  }

  private void refresh() {
    show(keys.list(caller()), "");
  }

  /// @param sought the id of the key that somebody came for; empty for none
  private void show(List<AccessKey.Summary> all, String sought) {
    Instant now = clock.instant();
    List<AccessKey.Summary> usable = all.stream().filter(key -> key.usable(now)).toList();
    boolean some = usable.size() < all.size();
    String inUse = all.isEmpty() ? "" : usable.size() + " in use";
    if (some) {
      header.setMeta(new Span(inUse), showRevoked);
    } else {
      header.setMeta(inUse);
    }
    rows.removeAll();
    List<AccessKey.Summary> shown = (showRevoked.getValue() && some ? all : usable).reversed();
    if (shown.isEmpty()) {
      rows.add(
          new EmptyState(
              all.isEmpty() ? "No access keys" : "No access key is in use",
              "A program needs one to start executions or to work on tasks: the AWS SDKs and the"
                  + " AWS CLI sign their requests with it.",
              create));
      return;
    }
    header.setActions(create);
    var table = table(now);
    table.pointingAt(key -> key.id().equals(sought)).setRows(shown);
    rows.add(table);
  }

  private RowTable<AccessKey.Summary> table(Instant now) {
    Moments moments = Moments.here();
    return new RowTable<AccessKey.Summary>("Access keys")
        .column("Access key ID", "g-nowrap", AccessKeysView::id)
        .text("Description", "g-wide", AccessKey.Summary::description)
        .column("Roles", null, key -> RoleChoice.tags(key.roles()))
        .column("Created", null, key -> created(key, moments, now))
        .column("Last used", "g-nowrap", key -> lastUsed(key, moments, now))
        .column("Status", "g-nowrap", key -> status(key, moments, now))
        .column("", "g-actions", key -> actions(key, now));
  }

  private static Component id(AccessKey.Summary key) {
    var row = new Div(new Code(key.id()), new Copy(key.id(), "access key ID"));
    row.addClassName("g-row");
    return row;
  }

  private static Component created(AccessKey.Summary key, Moments moments, Instant now) {
    var both = new Div(moments.span(key.createdAt(), now));
    if (!key.createdBy().isEmpty()) {
      var by = new Span(" by " + People.name(key.createdBy()));
      by.addClassName("g-secondary");
      both.add(by);
    }
    return both;
  }

  private static Component lastUsed(AccessKey.Summary key, Moments moments, Instant now) {
    Instant used = key.lastUsedAt();
    if (used == null) {
      var never = new Span("Never");
      never.addClassName("g-tertiary");
      return never;
    }
    var span = new Span(Moments.relative(used, now));
    span.setTitle(moments.full(used));
    return span;
  }

  private static Component status(AccessKey.Summary key, Moments moments, Instant now) {
    if (!key.active()) {
      return new StatusMark(Status.STOPPED, "Revoked");
    }
    Instant expiry = key.expiresAt();
    if (expiry == null) {
      return new StatusMark(Status.SUCCEEDED, "Active");
    }
    if (!key.usable(now)) {
      return new StatusMark(Status.STOPPED, "Expired");
    }
    var mark = new StatusMark(Status.WAITING, "Ends " + Moments.relative(expiry, now));
    mark.setTitle(moments.full(expiry));
    return mark;
  }

  private Component actions(AccessKey.Summary key, Instant now) {
    var row = new Div();
    row.addClassName("g-row-actions");
    if (key.usable(now) && key.expiresAt() == null) {
      row.add(action("Rotate…", key, () -> dialogs.rotate(key)));
    }
    if (key.usable(now)) {
      row.add(action("Revoke…", key, () -> revoke(key)));
    }
    return row;
  }

  private static Button action(String verb, AccessKey.Summary key, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + key.id());
    return button;
  }

  private void revoke(AccessKey.Summary key) {
    new FormDialog("Revoke " + key.id() + "?", "Revoke access key")
        .dangerous()
        .with(
            new Span(
                "Programs that sign with it are refused within seconds. A revoked key never works"
                    + " again."))
        .doing(
            () -> {
              keys.revoke(caller(), key.id());
              refresh();
              Notice.info("Revoked " + key.id());
            })
        .open();
  }
}
