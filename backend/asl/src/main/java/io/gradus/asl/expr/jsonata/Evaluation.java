package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Failures;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.jsonata.Views.ObjectView;
import io.gradus.asl.model.Expr;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One evaluation under way: what its functions draw from, and what it may still spend.
final class Evaluation {
  private static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

  private static final String THREW = " threw an error during evaluation";

  private final Scope scope;
  private final Budget budget;
  private final Weights weights = new Weights();

  private Evaluation(Scope scope) {
    this.scope = scope;
    this.budget = new Budget(scope.allowance().units());
  }

  /// The evaluation that calls.
  static Evaluation current() {
    return CURRENT.get();
  }

  Scope scope() {
    return scope;
  }

  Budget budget() {
    return budget;
  }

  /// Checks a value that the expression has made.
  void made(@Nullable Object value) {
    if (value instanceof String text) {
      budget.spend(Weights.of(text));
    } else if (value instanceof List<?> list) {
      budget.spend(1 + list.size() / Budget.CHARACTERS_PER_UNIT);
      weights.weigh(list, budget);
    } else if (value instanceof Map<?, ?> map
        && !(map instanceof ObjectView || map instanceof States)) {
      weights.weigh(map, budget);
    }
  }

  /// Evaluates an expression.
  ///
  /// @throws EvaluationFailure `States.QueryEvaluationError`, whatever goes wrong
  static JsonNode of(Expr.Jsonata expr, String location, States states, Scope scope) {
    Evaluation evaluation = new Evaluation(scope);
    try {
      Compiled compiled = Compiled.of(expr.text());
      Jsonata.Frame frame = bindings(compiled, states, scope);
      Object value =
          ScopedValue.where(CURRENT, evaluation)
              .call(() -> compiled.expression().evaluate(null, frame));
      if (value == null) {
        throw failure(expr, location, " returned nothing (undefined).");
      }
      return scope.allowance().hold(Values.json(value, evaluation.budget));
    } catch (EvaluationFailure e) {
      throw e;
    } catch (Values.UnsupportedResult _) {
      throw failure(expr, location, " returned an unsupported result type.");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw failure(expr, location, ending(e));
    } finally {
      scope.allowance().spend(evaluation.budget.spent());
    }
  }

  private static Jsonata.Frame bindings(Compiled compiled, States states, Scope scope) {
    Jsonata.Frame frame = compiled.expression().createFrame();
    frame.bind("states", states);
    for (String name : compiled.variables()) {
      JsonNode value = scope.variables().get(name);
      if (value != null) {
        frame.bind(name, Values.of(value));
      }
    }
    return frame;
  }

  /// The sentence's end, from whatever the library wrapped the reason in.
  private static String ending(Throwable thrown) {
    Throwable e = thrown;
    while (e.getCause() != null && !(e instanceof JException)) {
      e = e.getCause();
    }
    return switch (e) {
      case JException jsonata -> THREW + Sentences.ending(jsonata);
      case Breach breach -> THREW + ": " + breach.getMessage();
      case StackOverflowError _ -> THREW + ": " + Breach.depth().getMessage();
      case OutOfMemoryError _ -> THREW + ": " + Breach.memory().getMessage();
      case ParseException parse -> THREW + ": " + parse.getMessage();
      case IllegalArgumentException refused -> THREW + ": " + refused.getMessage();
      case Throwable other when other.getClass() == RuntimeException.class ->
          THREW + ": " + other.getMessage();
      default -> " threw an internal error during evaluation."; // its text is the library's affair
    };
  }

  private static EvaluationFailure failure(Expr.Jsonata expr, String location, String sentence) {
    return Failures.query(Failures.subject(expr, location) + sentence, location);
  }
}
