package io.gradus.console.tenants;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.members.InvitationCard;
import io.gradus.console.members.PersonFields;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.service.people.Invitation;
import io.gradus.service.people.Person;
import io.gradus.service.people.TenantService;
import io.gradus.service.people.TenantService.Created;
import io.gradus.service.people.TenantService.Tenant;
import java.util.function.Supplier;

/// What is asked before a tenant is made or renamed.
final class TenantDialogs {
  private static final String NEW = "Someone new";
  private static final String KNOWN = "Someone who signs in here already";

  private final TenantService tenants;
  private final Supplier<Person> operator;
  private final Runnable changed;

  /// @param changed called when the list is another one
  TenantDialogs(TenantService tenants, Supplier<Person> operator, Runnable changed) {
    this.tenants = tenants;
    this.operator = operator;
    this.changed = changed;
  }

  void create() {
    var name = name();
    var account = new TextField("Account");
    account.setHelperText("12 digits. Some that are free are chosen where it stays empty.");
    account.setMaxLength(12);
    account.setAllowedCharPattern("[0-9]");
    account.setWidthFull();
    var who = new RadioButtonGroup<String>("First administrator");
    who.setItems(NEW, KNOWN);
    who.setValue(NEW);
    var person = new PersonFields();
    who.addValueChangeListener(change -> person.setKnown(KNOWN.equals(change.getValue())));
    var dialog = new FormDialog("Create tenant", "Create tenant");
    dialog
        .with(name, account, who, person)
        .doingAndStaying(
            () -> {
              Created created =
                  KNOWN.equals(who.getValue())
                      ? tenants.create(
                          operator.get(), account.getValue(), name.getValue(), person.login())
                      : tenants.create(
                          operator.get(), account.getValue(), name.getValue(), person.person());
              changed.run();
              Notice.info(
                  "Created %s, account %s"
                      .formatted(created.tenant().name(), created.tenant().account()));
              Invitation invitation = created.invitation();
              if (invitation == null) {
                dialog.close();
              } else {
                InvitationCard.showIn(dialog, invitation);
              }
            });
    dialog.open();
    name.focus();
  }

  void rename(Tenant tenant) {
    var name = name();
    name.setValue(tenant.name());
    new FormDialog("Rename " + tenant.account(), "Rename tenant")
        .with(name)
        .doing(
            () -> {
              tenants.rename(operator.get(), tenant.account(), name.getValue());
              changed.run();
            })
        .open();
    name.focus();
  }

  private static TextField name() {
    var name = new TextField("Name");
    name.setMaxLength(80);
    name.setRequiredIndicatorVisible(true);
    name.setWidthFull();
    return name;
  }
}
