package io.gradus.asl.expr.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Expressions made from seeds, evaluated by Gradus and by JSONata's reference implementation.
/// `-Dgradus.jsonata.seed=N` evaluates one, and says what both made of it; with
/// `-Dgradus.jsonata.cases=N` there are more of them.
class JsonataDifferentialTest {
  private static final int CASES = 4_000;

  /// How many differences are told of.
  private static final int TOLD = 20;

  @Test
  void saysWhatTheReferenceSays() throws IOException, InterruptedException {
    List<Generated> cases = cases();
    List<Answer> expected = expected(cases);
    Map<Known, Integer> known = new EnumMap<>(Known.class);
    List<String> differences = new ArrayList<>();
    int values = 0;
    for (int i = 0; i < cases.size(); i++) {
      Generated one = cases.get(i);
      Answer reference = expected.get(i);
      Answer gradus = Answer.of(one.expression(), one.input());
      if (cases.size() == 1) {
        System.out.println(told(one, reference, gradus));
      }
      if (reference instanceof Answer.Value) {
        values++;
      }
      if (!Comparison.same(reference, gradus)) {
        Optional<Known> why = Known.of(one, reference, gradus);
        why.ifPresent(k -> known.merge(k, 1, Integer::sum));
        if (why.isEmpty() && differences.size() < TOLD) {
          differences.add(told(one, reference, gradus));
        }
      }
    }

    System.out.printf(
        "JSONata: %d expressions, %d of them values; known differences %s%n",
        cases.size(), values, known);
    assertThat(differences).isEmpty();
    assertThat(cases.size() == 1 || values > cases.size() / 2).isTrue();
  }

  private static List<Answer> expected(List<Generated> cases)
      throws IOException, InterruptedException {
    Optional<Reference> started = Reference.start();
    if (started.isEmpty()) {
      System.out.println("SKIPPED: the reference of JSONata needs node and npm, and a registry");
    }
    assumeTrue(started.isPresent(), "SKIPPED: needs node, npm and a registry");
    try (Reference reference = started.orElseThrow()) {
      return reference.answers(cases);
    }
  }

  private static List<Generated> cases() {
    Long seed = Long.getLong("gradus.jsonata.seed");
    return seed != null
        ? List.of(Generated.of(seed))
        : LongStream.rangeClosed(1, Integer.getInteger("gradus.jsonata.cases", CASES))
            .mapToObj(Generated::of)
            .toList();
  }

  private static String told(Generated one, Answer reference, Answer gradus) {
    return "seed %d: %s%n  input %s%n  reference %s%n  Gradus %s%n"
        .formatted(one.seed(), one.expression(), one.input(), reference, gradus);
  }

  @Test
  void callsEveryFunction() {
    List<String> some = cases().stream().map(Generated::expression).toList();

    assertThat(Calls.functions())
        .hasSizeGreaterThan(55)
        .allMatch(name -> some.stream().anyMatch(e -> e.contains("$" + name + "(")));
  }
}
