package io.gradus.console.executions;

import io.gradus.service.execution.view.Parting;
import io.gradus.service.execution.view.Parting.Way;
import io.gradus.service.execution.view.VisitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says in a sentence where two executions part.
final class PartingText {
  /// How many states inside of a Parallel or Map are named.
  private static final int MOST_NAMED = 3;

  private PartingText() {}

  /// A piece of the sentence.
  ///
  /// @param state whether it is the name of a state, which leads to it
  record Piece(String text, boolean state) {}

  /// The sentence about these two.
  static List<Piece> of(Compared compared) {
    Sentence sentence = new Sentence();
    if (compared.isOneAndTheSame()) {
      return sentence.text("A and B are one and the same execution.").pieces();
    }
    fork(sentence, "B", compared.right().forkedAt(compared.left()), "A");
    fork(sentence, "A", compared.left().forkedAt(compared.right()), "B");
    Parting parting = compared.comparison().parting();
    if (parting == null) {
      together(sentence, compared);
    } else {
      part(sentence, parting);
      String state = parting.state();
      if (state != null) {
        inside(sentence, compared.inside(state));
      }
    }
    return sentence.pieces();
  }

  private static void fork(Sentence sentence, String fork, @Nullable String state, String of) {
    if (state != null) {
      sentence.text(fork + " was forked from " + of + " at ").state(state).text(". ");
    }
  }

  /// Where two executions part.
  static List<Piece> of(Parting parting) {
    Sentence sentence = new Sentence();
    part(sentence, parting);
    return sentence.pieces();
  }

  private static void part(Sentence sentence, Parting parting) {
    Way left = parting.left();
    Way right = parting.right();
    String state = parting.state();
    if (state == null) {
      begin(sentence, left.next(), right.next());
      return;
    }
    String visit = parting.visit() > 1 ? " (visit " + Counts.of(parting.visit()) + ")" : "";
    switch (parting.why()) {
      case NEXT -> {
        sentence.text("They part after ").state(state).text(visit + ": A ");
        next(sentence, left);
        sentence.text(", B ");
        next(sentence, right);
        sentence.text(".");
      }
      case OUTCOME, BEGINNING -> {
        sentence.text("They part at ").state(state).text(visit + ": in A it ");
        outcome(sentence, left);
        sentence.text(", in B it ");
        outcome(sentence, right);
        sentence.text(".");
      }
    }
  }

  private static void begin(Sentence sentence, @Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      String other = left == null ? right : left;
      sentence.text((left == null ? "A" : "B") + " has not entered any state; ");
      sentence.text((left == null ? "B" : "A") + " began with ");
      sentence.state(other == null ? "" : other).text(".");
    } else {
      sentence.text("They begin with different states: A with ").state(left);
      sentence.text(", B with ").state(right).text(".");
    }
  }

  private static void next(Sentence sentence, Way way) {
    String next = way.next();
    if (next == null) {
      sentence.text("ended there");
    } else {
      sentence.text("went on to ").state(next);
    }
  }

  private static void outcome(Sentence sentence, Way way) {
    VisitStatus status = way.status();
    sentence.text(status == null ? "did not begin" : words(status, way.error()));
    String next = way.next();
    if (next != null) {
      sentence.text(" and led to ").state(next);
    }
  }

  private static String words(VisitStatus status, @Nullable String error) {
    return switch (status) {
      case RUNNING -> "still runs";
      case RETRYING -> "waits to be retried" + (error == null ? "" : " after " + error);
      case CALLBACK, WAITING -> "still waits";
      case SUCCEEDED -> "succeeded" + (error == null ? "" : " after " + error + " was retried");
      case CAUGHT -> "failed" + (error == null ? "" : " with " + error) + ", was caught";
      case FAILED -> "failed" + (error == null ? "" : " with " + error);
      case TIMED_OUT -> "ran when the time was over";
      case ABORTED -> "was stopped";
    };
  }

  private static void together(Sentence sentence, Compared compared) {
    boolean open =
        !compared.left().course().status().isTerminal()
            || !compared.right().course().status().isTerminal();
    List<Compared.Row> differing =
        compared.rows().stream().filter(row -> row.mark().isDifference()).toList();
    sentence.text((open ? "So far both" : "Both") + " went the same way");
    if (differing.isEmpty()) {
      sentence.text(
          compared.comparison().states().isEmpty() ? "." : ": every state came to the same.");
      return;
    }
    sentence.text(" on the top level; what differs: ");
    named(sentence, differing);
    sentence.text(".");
  }

  /// What differs inside of a Parallel or Map at which they part.
  private static void inside(Sentence sentence, List<Compared.Row> inside) {
    List<Compared.Row> differing =
        inside.stream().filter(row -> row.mark().isDifference()).toList();
    if (!differing.isEmpty()) {
      sentence.text(" Inside of it, ");
      named(sentence, differing);
      sentence.text(differing.size() == 1 ? " differs." : " differ.");
    }
  }

  private static void named(Sentence sentence, List<Compared.Row> rows) {
    int shown = Math.min(MOST_NAMED, rows.size());
    int rest = rows.size() - shown;
    for (int i = 0; i < shown; i++) {
      boolean last = i == shown - 1 && rest == 0;
      sentence.text(i == 0 ? "" : last ? " and " : ", ").state(rows.get(i).state());
    }
    if (rest > 0) {
      sentence.text(String.format(Locale.ROOT, " and %,d more", rest));
    }
  }

  private static final class Sentence {
    private final List<Piece> pieces = new ArrayList<>();

    Sentence text(String text) {
      if (!text.isEmpty()) {
        pieces.add(new Piece(text, false));
      }
      return this;
    }

    Sentence state(String name) {
      pieces.add(new Piece(name, true));
      return this;
    }

    List<Piece> pieces() {
      return List.copyOf(pieces);
    }
  }
}
