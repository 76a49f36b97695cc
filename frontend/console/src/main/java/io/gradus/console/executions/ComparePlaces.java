package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.gradus.service.testcase.run.JsonDifference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The places at which two payloads differ, in short: which member, from what to what.
final class ComparePlaces extends Div {
  private static final long serialVersionUID = 1L;

  /// How many are told; the texts beside each other show the rest.
  private static final int MOST = 6;

  /// As much of a value as is read at a glance.
  private static final int LONGEST = 48;

  /// Beyond so many places nobody counts on.
  private static final int MANY = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private ComparePlaces(List<JsonDifference> differences) {
    addClassName("g-cmp-places");
    int count = differences.size();
    Span counted =
        new Span(
            count == 1
                ? "1 place differs"
                : (count >= MANY ? MANY + " places or more differ" : count + " places differ"));
    counted.addClassName("g-cmp-places-count");
    UnorderedList list = new UnorderedList();
    differences.stream().limit(MOST).map(ComparePlaces::item).forEach(list::add);
    if (count > MOST) {
      ListItem rest =
          new ListItem(new Span("and " + (count >= MANY ? "more" : count - MOST + " more")));
      rest.addClassName("g-secondary");
      list.add(rest);
    }
    add(counted, list);
  }

  /// Those of two JSON texts; empty where there are none, or where one is no JSON that is read.
  static Optional<ComparePlaces> of(String left, String right) {
    try {
      List<JsonDifference> found =
          JsonDifference.between(JSON.readTree(left), JSON.readTree(right), List.of());
      return found.isEmpty() ? Optional.empty() : Optional.of(new ComparePlaces(found));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static ListItem item(JsonDifference difference) {
    Span where =
        new Span(shortened(difference.pointer().isEmpty() ? "The whole" : difference.pointer()));
    where.addClassNames("g-mono", "g-cmp-place");
    where.setTitle(difference.pointer());
    JsonNode left = difference.expected();
    JsonNode right = difference.found();
    if (left == null || right == null) {
      return new ListItem(
          where,
          new Span(" only in " + (left == null ? "B: " : "A: ")),
          value(left == null ? right : left));
    }
    return new ListItem(where, new Span(" "), value(left), new Span(" → "), value(right));
  }

  private static Span value(@Nullable JsonNode value) {
    Span shown = new Span(shortened(String.valueOf(value)));
    shown.addClassName("g-mono");
    return shown;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
