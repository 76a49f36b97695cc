package io.gradus.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person or a key may do within its tenant.
public enum Role {
  VIEWER,
  OPERATOR,
  AUTHOR,
  APPROVER,
  ADMIN;

  /// One kind of act that is allowed or not.
  public enum Permission {
    /// Look at definitions, executions and their payloads.
    READ,
    /// Start, stop and redrive executions, and work on their tasks.
    RUN,
    /// Change definitions, activities, functions and tags.
    AUTHOR,
    /// Decide on tasks that wait for a person.
    APPROVE,
    /// Change members, access keys and limits.
    ADMINISTER
  }

  /// Whether this role holds the permission.
  public boolean allows(Permission permission) {
    return switch (permission) {
      case READ -> true;
      case RUN -> this == OPERATOR || this == AUTHOR || this == ADMIN;
      case AUTHOR -> this == AUTHOR || this == ADMIN;
      case APPROVE -> this == APPROVER || this == ADMIN;
      case ADMINISTER -> this == ADMIN;
    };
  }

  /// The role's name as it is stored and sent: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role of that name, empty where there is none.
  public static Optional<Role> of(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
