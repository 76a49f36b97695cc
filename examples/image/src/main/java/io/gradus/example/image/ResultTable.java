package io.gradus.example.image;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came of each image, as a table for people.
final class ResultTable {
  private static final Set<String> REJECTIONS =
      Set.of("UnsupportedFormat", "UnreadableImage", "ImageTooLarge");
  private static final JsonMapper JSON = new JsonMapper();

  private final List<List<String>> rows = new ArrayList<>();
  private boolean withoutPermission;

  ResultTable() {
    rows.add(List.of("IMAGE", "STATUS", "TAGS, OR WHY NOT", "THUMBNAIL"));
  }

  /// Adds what an execution came to, and answers whether it is one of the ends that the definition
  /// foresees: success, or the rejection of an image.
  boolean add(String image, DescribeExecutionResponse end) {
    if (end.status() == ExecutionStatus.SUCCEEDED) {
      JsonNode output = parsed(end.output());
      JsonNode thumbnail = output.path("thumbnail");
      rows.add(
          List.of(
              image,
              end.statusAsString(),
              StreamSupport.stream(output.path("tags").spliterator(), false)
                  .map(tag -> tag.asString(""))
                  .collect(Collectors.joining(", ")),
              "%s (%d×%d)"
                  .formatted(
                      thumbnail.path("path").asString(""),
                      thumbnail.path("width").asInt(0),
                      thumbnail.path("height").asInt(0))));
      return true;
    }
    String why = end.error() == null ? "" : end.error() + ": " + end.cause();
    rows.add(List.of(image, end.statusAsString(), why, ""));
    withoutPermission |= "States.Permissions".equals(end.error());
    return end.error() != null && REJECTIONS.contains(end.error());
  }

  /// Whether a task was not allowed to call its function, as when the egress policy has no
  /// loopback.
  boolean anyWithoutPermission() {
    return withoutPermission;
  }

  void print(PrintStream out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        // A cause can be long; it may stick out rather than push the table off the screen.
        widths[i] = Math.max(widths[i], Math.min(row.get(i).length(), 60));
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i).replace('\n', ' ');
        line.append(cell).repeat(' ', Math.max(0, widths[i] - cell.length()) + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }
}
