package io.gradus.console.members;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.people.Directory.Member;
import io.gradus.service.people.Invitation;
import io.gradus.service.people.MemberService;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What is asked before a member is added or changed.
final class MemberDialogs {
  private static final String NEW = "Someone new";
  private static final String KNOWN = "Someone who signs in here already";

  private final MemberService members;
  private final Supplier<Caller> caller;
  private final Runnable changed;

  /// @param changed called when the list is another one
  MemberDialogs(MemberService members, Supplier<Caller> caller, Runnable changed) {
    this.members = members;
    this.caller = caller;
    this.changed = changed;
  }

  void add() {
    var who = new RadioButtonGroup<String>("Who");
    who.setItems(NEW, KNOWN);
    who.setValue(NEW);
    var person = new PersonFields();
    who.addValueChangeListener(change -> person.setKnown(KNOWN.equals(change.getValue())));
    var roles = new RoleChoice(Set.of(Role.VIEWER));
    var groups = groups(Set.of());
    var dialog = new FormDialog("Add member", "Add member");
    dialog
        .with(who, person, roles, groups)
        .doingAndStaying(
            () -> {
              var part = new MemberService.Part(roles.getValue(), groups.getValue());
              if (KNOWN.equals(who.getValue())) {
                Member added = members.add(caller.get(), person.login(), part);
                changed.run();
                dialog.close();
                Notice.info("Added " + added.displayName());
                return;
              }
              Invitation invitation = members.create(caller.get(), person.person(), part);
              changed.run();
              InvitationCard.showIn(dialog, invitation);
            });
    dialog.open();
  }

  void edit(Member member) {
    var roles = new RoleChoice(member.roles());
    var groups = groups(member.groups());
    new FormDialog("Edit " + member.displayName(), "Save member")
        .with(roles, groups)
        .doing(
            () -> {
              members.change(
                  caller.get(),
                  member.login(),
                  new MemberService.Part(roles.getValue(), groups.getValue()));
              changed.run();
              Notice.info("Saved " + member.displayName());
            })
        .open();
  }

  void newPassword(Member member) {
    var dialog = new FormDialog("New password for " + member.displayName(), "Make a password");
    dialog
        .with(
            new Paragraph(
                "The old password and all sessions of "
                    + member.login()
                    + " end at once. The new one holds for a first sign-in within 7 days."))
        .doingAndStaying(
            () ->
                InvitationCard.showIn(dialog, members.resetPassword(caller.get(), member.login())));
    dialog.open();
  }

  private MultiSelectComboBox<String> groups(Set<String> chosen) {
    Set<String> known = new TreeSet<>(chosen);
    members.list(caller.get()).forEach(member -> known.addAll(member.groups()));
    var field = new MultiSelectComboBox<String>("Groups");
    field.setItems(known);
    field.setValue(chosen);
    field.setAllowCustomValue(true);
    field.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
    field.setHelperText("Approvals are addressed to groups. Type a new name to make one.");
    field.setWidthFull();
    field.addCustomValueSetListener(
        typed -> {
          String name = typed.getDetail().strip();
          if (!name.isEmpty()) {
            known.add(name);
            Set<String> now = new LinkedHashSet<>(field.getValue());
            now.add(name);
            field.setItems(known);
            field.setValue(now);
          }
        });
    return field;
  }
}
