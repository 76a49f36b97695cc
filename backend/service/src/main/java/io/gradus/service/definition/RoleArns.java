package io.gradus.service.definition;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.regex.Pattern;

/// The ARNs of roles, which are kept and told but grant nothing here.
public final class RoleArns {
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[^\\p{Cntrl}]+");

  private RoleArns() {}

  /// Lets an ARN of a role pass.
  ///
  /// @throws Refusal InvalidArn
  public static void check(String roleArn) {
    if (!ROLE_ARN.matcher(roleArn).matches()) {
      throw new Refusal(ErrorCode.INVALID_ARN, "Invalid Role Arn: '" + roleArn + "'");
    }
  }
}
