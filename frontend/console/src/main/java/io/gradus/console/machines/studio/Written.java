package io.gradus.console.machines.studio;

import io.gradus.asl.text.JsonLayout;
import io.gradus.asl.text.Yaml;
import io.gradus.console.editor.CodeEditor.Mode;
import org.jspecify.annotations.Nullable;

/// A definition as it stands in the editor.
///
/// @param mode JSON or YAML
public record Written(String text, Mode mode) {
  /// A stored definition, laid out for reading where it was stored in one line.
  public static Written stored(String json) {
    boolean oneLine = json.strip().indexOf('\n') < 0;
    String laidOut = oneLine ? JsonLayout.indented(json) : null;
    return new Written(laidOut == null ? json.replace("\r\n", "\n") : laidOut, Mode.JSON);
  }

  /// JSON, laid out where it can be.
  public static Written laidOut(String json) {
    String laidOut = JsonLayout.indented(json);
    return new Written(laidOut == null ? json : laidOut, Mode.JSON);
  }

  /// What would be stored: JSON, or what was written in its place.
  ///
  /// @return null where it is YAML that can't be read
  public @Nullable String json() {
    if (mode != Mode.YAML) {
      return text;
    }
    return Yaml.toJson(text) instanceof Yaml.Json(String json) ? json : null;
  }

  /// Why the YAML can't be read; null where it can, or where it is JSON.
  Yaml.@Nullable Fault yamlFault() {
    return mode == Mode.YAML && Yaml.toJson(text) instanceof Yaml.Fault fault ? fault : null;
  }

  /// The same in the other language; null where it can't be read as what it is.
  public @Nullable Written as(Mode other) {
    if (other == mode) {
      return this;
    }
    String converted = other == Mode.YAML ? Yaml.ofJson(text) : json();
    return converted == null ? null : new Written(converted, other);
  }

  /// Whether both say the same, however it is laid out.
  public boolean saysTheSameAs(Written other) {
    if (equals(other)) {
      return true;
    }
    String mine = json();
    String its = other.json();
    if (mine == null || its == null) {
      return false;
    }
    String laidOut = JsonLayout.indented(mine);
    return laidOut != null && laidOut.equals(JsonLayout.indented(its));
  }
}
