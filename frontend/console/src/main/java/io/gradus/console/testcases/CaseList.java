package io.gradus.console.testcases;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.service.testcase.KeptCase;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The test cases by name, each with how its last run ended.
final class CaseList extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Consumer<String> chosen;
  private final transient Map<String, NativeButton> rows = new LinkedHashMap<>();

  CaseList(Consumer<String> chosen) {
    this.chosen = chosen;
    addClassName("g-revisions-list");
    getElement().setAttribute("role", "list");
    getElement().setAttribute("aria-label", "Test cases");
  }

  /// Shows these.
  ///
  /// @param current which of them is shown beside
  void show(List<KeptCase.Summary> all, @Nullable String current) {
    removeAll();
    rows.clear();
    Instant now = Clock.systemUTC().instant();
    for (KeptCase.Summary each : all) {
      KeptCase.LastRun last = each.last();
      Span name = new Span(each.name());
      name.addClassNames("g-revision-number", "g-ellipsis");
      Span when = new Span(last == null ? "" : Moments.relative(last.at(), now));
      when.addClassName("g-tertiary");
      NativeButton row = new NativeButton();
      row.addClickListener(_ -> chosen.accept(each.name()));
      row.add(name, CaseDetail.mark(last == null ? null : Boolean.valueOf(last.passed())), when);
      row.addClassName("g-revision-row");
      row.setTitle(each.name());
      rows.put(each.name(), row);
      Div item = new Div(row);
      item.getElement().setAttribute("role", "listitem");
      add(item);
    }
    mark(current);
  }

  /// Marks which one is shown beside.
  void mark(@Nullable String current) {
    rows.forEach(
        (name, row) -> {
          if (name.equals(current)) {
            row.getElement().setAttribute("aria-current", "true");
          } else {
            row.getElement().removeAttribute("aria-current");
          }
        });
  }
}
