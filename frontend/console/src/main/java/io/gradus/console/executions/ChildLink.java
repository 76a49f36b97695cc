package io.gradus.console.executions;

import com.vaadin.flow.component.html.Anchor;
import io.gradus.console.session.Links;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the execution that a task's answer tells of.
final class ChildLink {
  private static final int PARTS = 8;
  private static final JsonMapper JSON = JsonMapper.shared();

  private ChildLink() {}

  /// A link to the execution whose ARN the answer has; none where it has none.
  static List<Anchor> of(@Nullable String answer, String account) {
    if (answer == null) {
      return List.of();
    }
    try {
      JsonNode arn = JSON.readTree(answer).path("ExecutionArn");
      String[] parts = arn.isString() ? arn.stringValue().split(":", -1) : new String[0];
      if (parts.length != PARTS || !parts[5].equals("execution") || !parts[4].equals(account)) {
        return List.of();
      }
      Anchor link =
          new Anchor(Links.execution(account, parts[6], parts[7]), parts[6] + " / " + parts[7]);
      link.addClassName("g-child-link");
      return List.of(link);
    } catch (JacksonException _) {
      return List.of();
    }
  }
}
