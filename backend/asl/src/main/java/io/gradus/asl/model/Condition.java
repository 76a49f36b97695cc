package io.gradus.asl.model;

import java.util.List;

/// What a Choice rule tests.
public sealed interface Condition {
  /// A JSONPath comparison.
  ///
  /// @param operand the constant, or a path for the `…Path` operators
  record Comparison(Expr.Path variable, Operator operator, Expr operand) implements Condition {}

  record And(List<Condition> all) implements Condition {
    public And {
      all = List.copyOf(all);
    }
  }

  record Or(List<Condition> any) implements Condition {
    public Or {
      any = List.copyOf(any);
    }
  }

  record Not(Condition condition) implements Condition {}

  /// A JSONata condition, or a literal boolean.
  record Holds(Expr condition) implements Condition {}

  /// The comparison operators. The `…Path` spellings of the language are the same operator with a
  /// path as operand.
  enum Operator {
    STRING_EQUALS("StringEquals"),
    STRING_LESS_THAN("StringLessThan"),
    STRING_GREATER_THAN("StringGreaterThan"),
    STRING_LESS_THAN_EQUALS("StringLessThanEquals"),
    STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals"),
    STRING_MATCHES("StringMatches"),
    NUMERIC_EQUALS("NumericEquals"),
    NUMERIC_LESS_THAN("NumericLessThan"),
    NUMERIC_GREATER_THAN("NumericGreaterThan"),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals"),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals"),
    BOOLEAN_EQUALS("BooleanEquals"),
    TIMESTAMP_EQUALS("TimestampEquals"),
    TIMESTAMP_LESS_THAN("TimestampLessThan"),
    TIMESTAMP_GREATER_THAN("TimestampGreaterThan"),
    TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals"),
    TIMESTAMP_GREATER_THAN_EQUALS("TimestampGreaterThanEquals"),
    IS_NULL("IsNull"),
    IS_PRESENT("IsPresent"),
    IS_NUMERIC("IsNumeric"),
    IS_STRING("IsString"),
    IS_BOOLEAN("IsBoolean"),
    IS_TIMESTAMP("IsTimestamp");

    private final String wireName;

    Operator(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    /// Whether the language has a `…Path` spelling of this operator.
    public boolean comparesToPath() {
      return this != STRING_MATCHES && !wireName.startsWith("Is");
    }
  }
}
