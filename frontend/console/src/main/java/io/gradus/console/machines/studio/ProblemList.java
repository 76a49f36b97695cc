package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import java.util.function.Consumer;

/// The faults, each a line that leads to its place.
final class ProblemList extends Section {
  private static final long serialVersionUID = 1L;

  private final Span errors = new Span();
  private final Span warnings = new Span();
  private final Span none = new Span("No problems");
  private final Div rows = new Div();
  private final Button fold;
  private final transient Consumer<Fault> chosen;
  private final transient Consumer<Fault> mended;
  private boolean readOnly;

  /// @param chosen told the fault whose place a person wants to see
  /// @param mended told the fault that a person wants to be offered fixes for
  ProblemList(Consumer<Fault> chosen, Consumer<Fault> mended) {
    this.chosen = chosen;
    this.mended = mended;
    addClassName("g-problems");
    getElement().setAttribute("aria-label", "Problems");
    errors.addClassNames("g-status-badge", "g-status-fail");
    warnings.addClassNames("g-status-badge", "g-status-retry");
    none.addClassName("g-tertiary");
    fold = new Button(Glyph.Name.DOWN.glyph(), click -> setFolded(!hasClassName("g-folded")));
    fold.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_ICON);
    var key = new Span("F8 goes to the next, Ctrl . mends");
    key.addClassNames("g-tertiary", "g-problems-hint");
    var head = new Div(new H2("Problems"), errors, warnings, none, key, fold);
    head.addClassName("g-problems-head");
    rows.addClassName("g-problems-rows");
    rows.getElement().setAttribute("role", "list");
    add(head, rows);
    setFolded(false);
    show(0, 0);
  }

  private void setFolded(boolean folded) {
    setClassName("g-folded", folded);
    fold.setAriaLabel(folded ? "Show the problems" : "Fold the problems away");
    fold.getElement().setAttribute("aria-expanded", String.valueOf(!folded));
  }

  /// Offers no fixes where nothing can be written.
  void setReadOnly(boolean reads) {
    readOnly = reads;
  }

  void show(Verdict verdict) {
    show(verdict.errors(), verdict.warnings());
    rows.removeAll();
    verdict.faults().forEach(fault -> rows.add(row(fault)));
  }

  private void show(long errorCount, long warningCount) {
    errors.setVisible(errorCount > 0);
    warnings.setVisible(warningCount > 0);
    none.setVisible(errorCount + warningCount == 0);
    errors.setText(counted(errorCount, "error"));
    warnings.setText(counted(warningCount, "warning"));
    setClassName("g-problems-none", errorCount + warningCount == 0);
  }

  static String counted(long count, String what) {
    String shown = count >= Verdict.SHOWN ? count + " or more" : String.valueOf(count);
    return shown + " " + what + (count == 1 ? "" : "s");
  }

  private Div row(Fault fault) {
    var mark = fault.isError() ? Glyph.Name.STATUS_ERR.glyph() : Glyph.Name.STATUS_WARN.glyph();
    mark.addClassName(fault.isError() ? "g-status-fail" : "g-status-retry");
    var kind = new Span(fault.isError() ? "Error: " : "Warning: ");
    kind.addClassName("g-unseen");
    var message = new Span(fault.diagnostic().message());
    message.addClassName("g-problem-message");
    var code = new Span(fault.diagnostic().code().name());
    code.addClassNames("g-problem-code", "g-mono");
    var where = new Span(fault.where());
    where.addClassNames("g-problem-where", "g-ellipsis");
    where.setTitle(fault.where());
    var place = new Span(fault.line() + ":" + fault.column());
    place.addClassNames("g-problem-place", "g-mono");
    var button = new NativeButton();
    button.addClickListener(click -> chosen.accept(fault));
    button.add(mark, kind, message, code, where, place);
    button.addClassName("g-problem");
    var row = new Div(button);
    row.addClassName("g-problem-row");
    if (fault.isMendable() && !readOnly) {
      var fix = new NativeButton("Fix…", click -> mended.accept(fault));
      fix.addClassNames("g-link", "g-problem-fix");
      fix.setAriaLabel("Fix: " + fault.diagnostic().message());
      row.add(fix);
    }
    row.getElement().setAttribute("role", "listitem");
    return row;
  }
}
