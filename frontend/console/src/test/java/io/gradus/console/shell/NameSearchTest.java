package io.gradus.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.console.part.Glyph;
import io.gradus.console.shell.NameSearch.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the command palette finds, and in which order.
class NameSearchTest {
  @Test
  void theLikeliestComesFirst() {
    List<Target> targets = machines("reorder", "new order", "orders", "order", "border order", "x");
    assertThat(texts(NameSearch.in(targets, " Order ", 12)))
        .containsExactly("order", "orders", "new order", "reorder", "border order");
  }

  @Test
  void everyWordMustBeInTheName() {
    List<Target> targets = machines("Mara Lind · mara", "Mara Berg · mb", "Lind");
    assertThat(texts(NameSearch.in(targets, "lind  mara", 12))).containsExactly("Mara Lind · mara");
    assertThat(texts(NameSearch.in(targets, "nobody", 12))).isEmpty();
  }

  @Test
  void noKindCrowdsTheOthersOut() {
    List<Target> targets =
        new ArrayList<>(
            machines(Stream.iterate(0, i -> i + 1).limit(1_000).map(i -> "order-" + i).toList()));
    targets.add(new Target(Glyph.Name.PLUG, "the-order-mails", "Connection", "c"));
    NameSearch.Found found = NameSearch.in(targets, "order", 4);
    assertThat(texts(found)).containsExactly("order-0", "order-1", "order-2", "the-order-mails");
    assertThat(found.more()).isEqualTo(997);

    // What is left is filled up.
    assertThat(NameSearch.in(targets, "order", 12).best()).hasSize(12);
  }

  private static List<Target> machines(String... names) {
    return machines(List.of(names));
  }

  private static List<Target> machines(List<String> names) {
    return names.stream()
        .map(name -> new Target(Glyph.Name.MACHINES, name, "State machine", name))
        .toList();
  }

  private static List<String> texts(NameSearch.Found found) {
    return found.best().stream().map(Target::text).toList();
  }
}
