package io.gradus.integrations.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a task asks of people.
///
/// @param title the question in a line
/// @param description more of it; plain text
/// @param context what they decide on: any JSON; null for nothing
/// @param users logins of those who may decide
/// @param groups whose members may decide
/// @param quorum how many different people have to choose the same outcome; a rejection needs one
/// @param allowStarter whether who started the execution may decide
/// @param outcomes what may be chosen besides [#APPROVED] and [#REJECTED]
/// @param form a JSON Schema of what is answered with the decision; null for nothing
/// @param failOnReject whether a rejection is an error of the task instead of its output
public record ApprovalRequest(
    String title,
    @Nullable String description,
    @Nullable JsonNode context,
    List<String> users,
    List<String> groups,
    int quorum,
    boolean allowStarter,
    List<String> outcomes,
    @Nullable JsonNode form,
    boolean failOnReject) {
  /// The outcome that every approval has.
  public static final String APPROVED = "APPROVED";

  /// The outcome that ends an approval, whatever its quorum.
  public static final String REJECTED = "REJECTED";

  /// The error of a task that was rejected and asked to fail then.
  public static final String REJECTED_ERROR = "Approval.Rejected";

  public ApprovalRequest {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    outcomes = List.copyOf(outcomes);
  }
}
