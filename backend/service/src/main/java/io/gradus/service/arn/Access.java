package io.gradus.service.arn;

import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.Role.Permission;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Says no in AWS's words.
public final class Access {
  private Access() {}

  /// Lets the caller pass where its role holds the permission.
  ///
  /// @param action the operation's name, such as `StartExecution`
  /// @param resource the ARN it is for
  /// @throws Refusal AccessDeniedException
  public static void require(Caller caller, Permission permission, String action, String resource) {
    if (!caller.allows(permission)) {
      String roles =
          Arrays.stream(Role.values())
              .filter(role -> role.allows(permission))
              .map(Role::wireName)
              .collect(Collectors.joining(" or "));
      throw denied(
          caller,
          action,
          resource,
          "Your roles in this tenant do not allow this. It takes the role "
              + roles
              + ", which an administrator of the tenant can give you");
    }
  }

  /// Refuses what belongs to another account.
  static Refusal foreign(Caller caller, String action, String resource) {
    return denied(
        caller,
        action,
        resource,
        "This belongs to another tenant. Choose that tenant above if you are a member of it");
  }

  private static Refusal denied(Caller caller, String action, String resource, String people) {
    return Refusal.denied(
        "User: arn:aws:iam::%s:%s is not authorized to perform: states:%s on resource: %s"
            .formatted(caller.account(), caller.principal(), action, resource),
        people);
  }
}
