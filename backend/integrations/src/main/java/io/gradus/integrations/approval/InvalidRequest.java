package io.gradus.integrations.approval;

/// What a task asks of people cannot be asked so. The message names the field and what is wrong
/// with it, for the author.
public final class InvalidRequest extends Exception {
  private static final long serialVersionUID = 1L;

  /// The error of such a task.
  public static final String ERROR = "Approval.InvalidRequest";

  /// @param place the field, such as `Approvers.Users[2]`
  public InvalidRequest(String place, String what) {
    super("The field '" + place + "' " + what, null, false, false);
  }
}
