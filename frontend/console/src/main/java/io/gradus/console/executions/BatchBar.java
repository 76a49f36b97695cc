package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.Batch.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How far a batch is: a bar of segments, and the numbers of which it is drawn.
final class BatchBar extends Div {
  private static final long serialVersionUID = 1L;
  private static final List<Outcome> DRAWN =
      List.of(Outcome.DONE, Outcome.REFUSED, Outcome.CANCELLED, Outcome.WAITING);

  private final Div bar = new Div();
  private final transient Map<Outcome, Div> segments = new EnumMap<>(Outcome.class);
  private final transient Map<Outcome, Span> figures = new EnumMap<>(Outcome.class);
  private final transient Map<Outcome, Span> words = new EnumMap<>(Outcome.class);

  /// @param withNumbers whether they are written below it
  BatchBar(boolean withNumbers) {
    addClassName("g-counts");
    bar.addClassName("g-count-bar");
    bar.getElement().setAttribute("role", "progressbar");
    bar.getElement().setAttribute("aria-valuemin", "0");
    Div numbers = new Div();
    numbers.addClassName("g-count-numbers");
    for (Outcome outcome : DRAWN) {
      String colour = "g-status-" + BatchText.status(outcome).key();
      Div segment = new Div();
      segment.addClassNames("g-count-segment", colour);
      segments.put(outcome, segment);
      bar.add(segment);
      Span sample = new Span();
      sample.addClassNames("g-count-sample", colour);
      Span figure = new Span();
      figure.addClassName("g-count-figure");
      figures.put(outcome, figure);
      Span word = new Span();
      words.put(outcome, word);
      Span entry = new Span(sample, figure, word);
      entry.addClassName("g-count-entry");
      numbers.add(entry);
    }
    add(bar);
    if (withNumbers) {
      add(numbers);
    }
  }

  /// Shows this one.
  void set(Batch batch) {
    List<String> said = new ArrayList<>();
    for (Outcome outcome : DRAWN) {
      int count = count(batch, outcome);
      String word = BatchText.word(batch.action(), outcome).toLowerCase(Locale.ROOT);
      Div segment = segments.get(outcome);
      Span figure = figures.get(outcome);
      Span words = this.words.get(outcome);
      if (segment == null || figure == null || words == null) {
        continue;
      }
      segment.setVisible(count > 0);
      segment.getStyle().set("flex-grow", String.valueOf(count));
      figure.setText(Counts.of(count));
      words.setText(word);
      words
          .getParent()
          .ifPresent(it -> it.getElement().getClassList().set("g-count-none", count == 0));
      if (count > 0) {
        said.add(Counts.of(count) + " " + word);
      }
    }
    bar.getElement().setAttribute("aria-label", BatchText.title(batch));
    bar.getElement().setAttribute("aria-valuemax", String.valueOf(batch.total()));
    bar.getElement().setAttribute("aria-valuenow", String.valueOf(batch.total() - batch.waiting()));
    bar.getElement().setAttribute("aria-valuetext", String.join(", ", said));
  }

  /// How many items came out so.
  static int count(Batch batch, Outcome outcome) {
    return switch (outcome) {
      case WAITING -> batch.waiting();
      case DONE -> batch.done();
      case REFUSED -> batch.refused();
      case CANCELLED -> batch.cancelled();
    };
  }
}
