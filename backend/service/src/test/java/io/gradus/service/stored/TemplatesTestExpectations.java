package io.gradus.service.stored;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What executions of the templates are to come to.
public final class TemplatesTestExpectations {
  private static final JsonNode ALL = read();

  private TemplatesTestExpectations() {}

  /// Those of one template; the first is of the template as it is shown.
  public static List<JsonNode> of(String id) {
    return ALL.required(id).valueStream().toList();
  }

  private static JsonNode read() {
    try (InputStream stream =
        TemplatesTestExpectations.class.getResourceAsStream("templates-test.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
