package io.gradus.service.maprun;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Writes children of a Map Run for other programs.
sealed interface ChildExport {
  void begin() throws IOException;

  void child(ChildRecords.Whole whole) throws IOException;

  static ChildExport of(MapRunViews.Format format, Writer out) {
    return switch (format) {
      case CSV -> new Csv(out);
      case JSON_LINES -> new JsonLines(out);
    };
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  /// RFC 4180, with a line of headings.
  record Csv(Writer out) implements ChildExport {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    @Override
    public void begin() throws IOException {
      row(
          List.of(
              "index",
              "name",
              "status",
              "items",
              "startDate",
              "stopDate",
              "error",
              "cause",
              "input"));
    }

    @Override
    public void child(ChildRecords.Whole whole) throws IOException {
      ChildRecords.Child child = whole.child();
      row(
          List.of(
              Long.toString(child.index()),
              child.name(),
              child.status().name(),
              Integer.toString(child.items()),
              child.startedAt().toString(),
              text(child.stoppedAt()),
              text(whole.error()),
              text(whole.cause()),
              whole.input()));
    }

    private void row(List<String> cells) throws IOException {
      out.write(cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
    }

    /// What a spreadsheet would take for a formula is told that it is text.
    private static String cell(String text) {
      String safe =
          !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
      return '"' + safe.replace("\"", "\"\"") + '"';
    }
  }

  /// One JSON object a line.
  record JsonLines(Writer out) implements ChildExport {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void begin() {}

    @Override
    public void child(ChildRecords.Whole whole) throws IOException {
      ChildRecords.Child child = whole.child();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("index", child.index());
      fields.put("name", child.name());
      fields.put("status", child.status().name());
      fields.put("items", child.items());
      fields.put("startDate", child.startedAt().toString());
      put(fields, "stopDate", child.stoppedAt());
      put(fields, "error", whole.error());
      put(fields, "cause", whole.cause());
      // As it came, but on one line.
      fields.put("input", new RawValue(JSON.readTree(whole.input()).toString()));
      out.write(JSON.writeValueAsString(fields));
      out.write('\n');
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
      if (value != null) {
        fields.put(name, value.toString());
      }
    }
  }
}
