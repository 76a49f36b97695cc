package io.gradus.asl.expr;

import io.gradus.asl.model.ErrorName;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/// What all expressions of one state may spend together. Each is bounded by itself, but a
/// definition has room for thousands of them, and each may name the whole input.
///
/// Counts work and characters and not time, so that a decision ends the same way wherever it is
/// made. Not for several threads.
public final class Allowance {
  /// How long what a state's templates make may be when it is written out: twice the largest
  /// payload there can be.
  static final int CHARACTERS = 32 * 1024 * 1024;

  /// Work in the units of [io.gradus.asl.expr.jsonata]: of one expression that takes all it may,
  /// five times.
  static final long UNITS = 100_000_000;

  /// What stands around a value: quotes, a comma, a colon, brackets.
  private static final int AROUND = 4;

  private static final int NUMBER = 8;

  private final LongConsumer spent;
  private long units = UNITS;
  private long characters = CHARACTERS;

  /// One that nobody else wants to know of.
  public Allowance() {
    this(_ -> {});
  }

  /// @param spent is told the work as it is spent
  public Allowance(LongConsumer spent) {
    this.spent = spent;
  }

  /// Work that is left.
  public long units() {
    return units;
  }

  /// Notes work that is done.
  public void spend(long work) {
    units = Math.max(0, units - work);
    spent.accept(work);
  }

  /// Makes room for a value, as often as it is there: the tree holds it once, its text does not.
  ///
  /// @return the value
  /// @throws EvaluationFailure `States.DataLimitExceeded` where there is none
  public JsonNode hold(JsonNode value) {
    weigh(value);
    return value;
  }

  private void weigh(JsonNode value) {
    if (value.isString()) {
      take(value.stringValue().length());
    } else if (value.isArray()) {
      take(0);
      for (JsonNode item : value) {
        weigh(item);
      }
    } else if (value.isObject()) {
      take(0);
      for (var member : value.properties()) {
        take(member.getKey().length());
        weigh(member.getValue());
      }
    } else {
      take(NUMBER);
    }
  }

  private void take(int length) {
    characters -= length + AROUND;
    if (characters < 0) {
      throw new EvaluationFailure(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The state/task returned a result with a size exceeding the maximum number of bytes"
              + " service limit.",
          null);
    }
  }
}
