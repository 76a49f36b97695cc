package io.gradus.app.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Takes part only in nodes that have the role.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnRole.HasRole.class)
public @interface ConditionalOnRole {
  /// The role.
  ServerSettings.Role value();

  /// Reads `gradus.roles`, where all is the default.
  final class HasRole implements Condition {
    private static final Bindable<Set<ServerSettings.Role>> ROLES =
        Bindable.setOf(ServerSettings.Role.class);

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      ServerSettings.Role role =
          metadata
              .getAnnotations()
              .get(ConditionalOnRole.class)
              .getEnum("value", ServerSettings.Role.class);
      Set<ServerSettings.Role> roles =
          Binder.get(context.getEnvironment())
              .bind("gradus.roles", ROLES)
              .orElse(Set.of(ServerSettings.Role.values()));
      return roles.contains(role);
    }
  }
}
