package io.gradus.bench.chaos.simulation;

import java.util.SplittableRandom;

/// When what goes wrong.
interface Plan {
  /// What becomes of the commit of that number.
  CommitFate commit(int number);

  /// Whether a node dies or freezes by itself now; asked every half second.
  boolean strikes();

  /// Things go wrong by chance.
  static Plan chance(SplittableRandom random) {
    return new Plan() {
      @Override
      public CommitFate commit(int number) {
        int draw = random.nextInt(60);
        CommitFate[] fates = CommitFate.values();
        return draw < fates.length ? fates[draw] : CommitFate.DONE;
      }

      @Override
      public boolean strikes() {
        return random.nextInt(30) == 0;
      }
    };
  }

  /// Exactly one commit does not go well.
  static Plan at(int number, CommitFate fate) {
    return new Plan() {
      @Override
      public CommitFate commit(int each) {
        return each == number ? fate : CommitFate.DONE;
      }

      @Override
      public boolean strikes() {
        return false;
      }
    };
  }
}
