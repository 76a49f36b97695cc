package io.gradus.console.shell;

import io.gradus.console.part.Glyph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds things by a part of their names, the likeliest first. No kind of thing crowds the others
/// out: a tenant with a thousand state machines still finds its one trigger.
final class NameSearch {
  private static final int OF_EACH_KIND = 3;
  private static final int NOT_FOUND = 5;
  private static final Comparator<Hit> LIKELIEST = Comparator.comparingInt(Hit::rank);

  private NameSearch() {}

  /// Something that has a name and a page.
  ///
  /// @param kind what it is, in words
  /// @param href relative to the console's root
  record Target(Glyph.Name glyph, String text, String kind, String href) {}

  /// What was found.
  ///
  /// @param best in the order to show them
  /// @param more how many are not among them
  record Found(List<Target> best, int more) {
    Found {
      best = List.copyOf(best);
    }
  }

  private record Hit(Target target, int rank) {}

  /// Those that have every word of what was typed in their names. Of names that are equally likely,
  /// those first that stand first.
  static Found in(List<Target> targets, String typed, int most) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    List<String> words = List.of(wanted.split("\\s+"));
    List<Hit> hits =
        targets.stream()
            .map(target -> new Hit(target, rank(target.text(), wanted, words)))
            .filter(hit -> hit.rank() < NOT_FOUND)
            .sorted(LIKELIEST)
            .toList();
    List<Target> best =
        chosen(hits, most).stream().sorted(LIKELIEST).map(hit -> hit.target()).toList();
    return new Found(best, hits.size() - best.size());
  }

  private static int rank(String name, String wanted, List<String> words) {
    String text = name.toLowerCase(Locale.ROOT);
    int at = text.indexOf(wanted);
    if (at < 0) {
      return words.stream().allMatch(text::contains) ? 4 : NOT_FOUND;
    }
    if (at == 0) {
      return text.length() == wanted.length() ? 0 : 1;
    }
    return Character.isLetterOrDigit(text.charAt(at - 1)) ? 3 : 2;
  }

  private static List<Hit> chosen(List<Hit> hits, int most) {
    if (hits.size() <= most) {
      return hits;
    }
    Map<String, Integer> ofKind = new HashMap<>();
    List<Hit> first = new ArrayList<>();
    List<Hit> others = new ArrayList<>();
    for (Hit hit : hits) {
      int number = ofKind.merge(hit.target().kind(), 1, Integer::sum);
      (number <= OF_EACH_KIND ? first : others).add(hit);
    }
    first.addAll(others);
    return first.subList(0, most);
  }
}
