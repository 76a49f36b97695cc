package io.gradus.asl.parse;

import io.gradus.asl.model.Definition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a definition's text.
///
/// @param definition null where any fault is an error: a definition that is there can be run as far
///   as its syntax goes
/// @param diagnostics every fault, in the order of the text as far as possible
public record Parsed(@Nullable Definition definition, List<Diagnostic> diagnostics) {
  public Parsed {
    diagnostics = List.copyOf(diagnostics);
  }
}
