package io.gradus.console.session;

import org.jspecify.annotations.Nullable;

/// One step of the way to a page.
///
/// @param text what a person reads
/// @param href where it leads, null for the page itself
public record Crumb(String text, @Nullable String href) {
  /// The page itself.
  public Crumb(String text) {
    this(text, null);
  }
}
