package io.gradus.integrations.sql;

import io.gradus.integrations.Arguments;
import io.gradus.integrations.InvalidArguments;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A statement as a task describes it, checked.
///
/// @param connection null for the default
/// @param statement with a `?` for each value
/// @param parameters the values, in order
/// @param maxRows how many rows are read at most
record SqlQuery(
    @Nullable String connection, String statement, List<JsonNode> parameters, int maxRows) {
  static final int DEFAULT_ROWS = 1_000;
  static final int MAX_ROWS = 10_000;

  private static final int MAX_STATEMENT = 100_000;
  private static final int MAX_PARAMETERS = 1_000;
  private static final Set<String> NAMES =
      new LinkedHashSet<>(List.of(Arguments.CONNECTION, "Statement", "Parameters", "MaxRows"));

  static SqlQuery parse(JsonNode json) throws InvalidArguments {
    Arguments arguments = Arguments.of(json, NAMES);
    String statement = arguments.required("Statement");
    if (statement.length() > MAX_STATEMENT || statement.indexOf('\0') >= 0) {
      throw new InvalidArguments(
          "A statement has at most " + MAX_STATEMENT + " characters, and no NUL");
    }
    JsonNode parameters = arguments.value("Parameters");
    if (parameters != null && !parameters.isArray()) {
      throw new InvalidArguments("The value for the field 'Parameters' must be a list");
    }
    List<JsonNode> values = parameters == null ? List.of() : List.copyOf(parameters.values());
    if (values.size() > MAX_PARAMETERS) {
      throw new InvalidArguments("A statement has at most " + MAX_PARAMETERS + " parameters");
    }
    return new SqlQuery(
        arguments.text(Arguments.CONNECTION),
        statement,
        values,
        arguments.number("MaxRows", DEFAULT_ROWS, 1, MAX_ROWS));
  }
}
