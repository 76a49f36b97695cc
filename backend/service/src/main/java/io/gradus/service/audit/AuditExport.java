package io.gradus.service.audit;

import io.gradus.service.audit.AuditLog.Entry;
import io.gradus.service.audit.AuditLog.Format;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes entries of an audit log for other programs.
sealed interface AuditExport {
  void begin() throws IOException;

  void entry(Entry entry) throws IOException;

  static AuditExport of(Format format, Writer out) {
    return switch (format) {
      case CSV -> new Csv(out);
      case JSON_LINES -> new JsonLines(out);
    };
  }

  /// RFC 4180, with a line of headings.
  record Csv(Writer out) implements AuditExport {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    @Override
    public void begin() throws IOException {
      row(List.of("seq", "at", "who", "action", "target", "source", "before", "after", "hash"));
    }

    @Override
    public void entry(Entry entry) throws IOException {
      row(
          List.of(
              Long.toString(entry.seq()),
              entry.at().toString(),
              entry.who(),
              entry.action(),
              entry.target(),
              entry.source(),
              text(entry.before()),
              text(entry.after()),
              entry.hash()));
    }

    private void row(List<String> cells) throws IOException {
      out.write(cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
    }

    private static String text(@Nullable String json) {
      return json == null ? "" : json;
    }

    /// What a spreadsheet would take for a formula is told that it is text.
    private static String cell(String text) {
      String safe =
          !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
      return '"' + safe.replace("\"", "\"\"") + '"';
    }
  }

  /// One JSON object a line.
  record JsonLines(Writer out) implements AuditExport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void begin() {}

    @Override
    public void entry(Entry entry) throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("seq", entry.seq());
      fields.put("at", entry.at().toString());
      fields.put("who", entry.who());
      fields.put("action", entry.action());
      fields.put("target", entry.target());
      fields.put("source", entry.source());
      put(fields, "before", entry.before());
      put(fields, "after", entry.after());
      fields.put("hash", entry.hash());
      out.write(JSON.writeValueAsString(fields));
      out.write('\n');
    }

    private static void put(Map<String, Object> fields, String name, @Nullable String json) {
      if (json != null) {
        fields.put(name, JSON.readTree(json));
      }
    }
  }
}
