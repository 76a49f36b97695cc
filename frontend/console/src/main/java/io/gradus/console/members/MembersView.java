package io.gradus.console.members;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.people.Directory.Member;
import io.gradus.service.people.MemberService;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/// The people of a tenant: what each may do, and which groups approvals reach them by.
@Route("t/:account([0-9]{12})/members")
@PermitAll
@StyleSheet("gradus-people.css")
public final class MembersView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient MemberService members;
  private final transient MemberDialogs dialogs;
  private final PageHeader header;
  private final Div rows = new Div();

  /// For whoever is signed in.
  public MembersView(SignedIn signedIn, MemberService members) {
    super(signedIn);
    this.members = members;
    this.dialogs = new MemberDialogs(members, this::caller, this::refresh);
    var add = new Button("Add member…", click -> dialogs.add());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    header = new PageHeader("Members", add);
    rows.addClassName("g-page-rows");
    add(header, rows);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    show(caller, event.getLocation().getQueryParameters().getSingleParameter("login").orElse(""));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Members"));
  }

  private void refresh() {
    show(caller(), "");
  }

  /// @param sought the login of the member that somebody came for; empty for none
  private void show(Caller caller, String sought) {
    List<Member> all = members.list(caller);
    header.setMeta(all.size() == 1 ? "1 person" : all.size() + " people");
    var table =
        new RowTable<Member>("Members")
            .column("Person", "g-wide", member -> person(member, caller))
            .text("E-mail", "g-mail", member -> member.email() == null ? "" : member.email())
            .column("Roles", null, member -> RoleChoice.tags(member.roles()))
            .column("Groups", "g-groups", MembersView::groups)
            .column("", "g-actions", this::actions);
    table.pointingAt(member -> member.login().equals(sought)).setRows(all);
    rows.removeAll();
    rows.add(table);
  }

  private static Component person(Member member, Caller caller) {
    var name = new Span(member.displayName());
    name.addClassName("g-strong");
    var login = new Span(member.login());
    login.addClassName("g-secondary");
    var both = new Div(name, login);
    both.addClassName("g-person-cell");
    if (caller.principal().equals("user/" + member.login())) {
      var you = new Span("you");
      you.addClassName("g-tag");
      both.add(you);
    }
    if (!member.active()) {
      both.add(new StatusMark(Status.STOPPED, "May not sign in"));
    }
    return both;
  }

  private static Component groups(Member member) {
    var tags = new Div();
    tags.addClassName("g-tags");
    for (String group : member.groups()) {
      var tag = new Span(group);
      tag.addClassName("g-tag");
      tags.add(tag);
    }
    return tags;
  }

  private Component actions(Member member) {
    var row =
        new Div(
            action("Edit…", member, () -> dialogs.edit(member)),
            action("New password…", member, () -> dialogs.newPassword(member)),
            action("Remove…", member, () -> remove(member)));
    row.addClassName("g-row-actions");
    return row;
  }

  private static Button action(String verb, Member member, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + member.login());
    return button;
  }

  private void remove(Member member) {
    new FormDialog("Remove " + member.displayName() + "?", "Remove member")
        .dangerous()
        .with(
            new Span(
                "They see nothing of this tenant any more. Executions and approvals keep their name."
                    + " Access keys that they made go on working: revoke those apart."))
        .doing(
            () -> {
              Caller caller = caller();
              members.remove(caller, member.login());
              Notice.info("Removed " + member.displayName());
              if (caller.principal().equals("user/" + member.login())) {
                getUI().ifPresent(ui -> ui.navigate(""));
              } else {
                refresh();
              }
            })
        .open();
  }
}
