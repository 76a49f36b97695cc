package io.gradus.console.members;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.gradus.service.Role;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Roles to choose from, each with what it lets people do.
public final class RoleChoice extends CheckboxGroup<Role> {
  private static final long serialVersionUID = 1L;

  /// @param chosen at first
  public RoleChoice(Set<Role> chosen) {
    super("Roles");
    addClassName("g-roles");
    addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
    setItems(List.of(Role.values()));
    setItemLabelGenerator(RoleChoice::name);
    setRenderer(new ComponentRenderer<>(RoleChoice::described));
    setValue(chosen);
  }

  /// A role as people read it.
  public static String name(Role role) {
    String word = role.wireName();
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /// Roles as small tags, in the order of what they allow.
  public static Div tags(Set<Role> roles) {
    var tags = new Div();
    tags.addClassName("g-tags");
    roles.stream()
        .sorted()
        .forEach(
            role -> {
              var tag = new Span(role.wireName());
              tag.addClassName("g-tag");
              tags.add(tag);
            });
    return tags;
  }

  private static Div described(Role role) {
    var name = new Span(name(role));
    name.addClassName("g-role-name");
    var may = new Span(may(role));
    may.addClassName("g-secondary");
    var both = new Div(name, may);
    both.addClassName("g-role");
    return both;
  }

  private static String may(Role role) {
    return switch (role) {
      case VIEWER -> "looks at state machines, executions and their payloads";
      case OPERATOR -> "also starts and stops executions, and tests functions";
      case AUTHOR -> "also writes state machines and functions";
      case APPROVER -> "decides on approvals; looks at everything, changes nothing";
      case ADMIN -> "everything above; members, access keys and the audit log";
    };
  }
}
