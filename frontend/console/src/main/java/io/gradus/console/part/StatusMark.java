package io.gradus.console.part;

import com.vaadin.flow.component.html.Span;

/// A status as its shape and its word.
public final class StatusMark extends Span {
  private static final long serialVersionUID = 1L;

  private final Glyph shape = new Glyph("");
  private final Span word = new Span();
  private Status shown = Status.NOT_REACHED;

  /// Says the status by its own word.
  public StatusMark(Status status) {
    this(status, status.word());
  }

  /// Says the status by another word, such as `Retry 2 of 5`.
  public StatusMark(Status status, String text) {
    addClassName("g-status");
    add(shape, word);
    set(status, text);
  }

  /// Says another status from now on.
  public void set(Status status, String text) {
    shape.getElement().setAttribute("name", "status-" + status.key());
    word.setText(text);
    removeClassName("g-status-" + shown.key());
    addClassName("g-status-" + status.key());
    shown = status;
  }

  /// Shows it on a tint of its colour.
  public StatusMark asBadge() {
    addClassName("g-status-badge");
    return this;
  }
}
