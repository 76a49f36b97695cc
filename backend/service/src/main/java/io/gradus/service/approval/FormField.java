package io.gradus.service.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A field of an approval's form, as its schema describes it.
///
/// @param name the property that the answer has
/// @param label what a person reads: the schema's title, or the name
/// @param help the schema's description
/// @param choices what may be chosen; empty where anything of the kind may be written
/// @param initial the schema's default
/// @param maxLength of a text
public record FormField(
    String name,
    String label,
    @Nullable String help,
    Kind kind,
    boolean required,
    List<Choice> choices,
    @Nullable JsonNode initial,
    @Nullable Integer maxLength) {
  public FormField {
    choices = List.copyOf(choices);
  }

  /// What is written into it.
  public enum Kind {
    TEXT,
    /// A text of several lines.
    LINES,
    NUMBER,
    INTEGER,
    BOOLEAN,
    DATE,
    /// One of the choices.
    CHOICE,
    /// Any number of the choices.
    CHOICES
  }

  /// @param value what the answer then has
  /// @param label what a person reads
  public record Choice(JsonNode value, String label) {}
}
