package io.gradus.service.arn;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;

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
      throw denied(caller, action, resource);
    }
  }

  static Refusal denied(Caller caller, String action, String resource) {
    return new Refusal(
        ErrorCode.ACCESS_DENIED,
        "User: arn:aws:iam::%s:%s is not authorized to perform: states:%s on resource: %s"
            .formatted(caller.account(), caller.principal(), action, resource));
  }
}
