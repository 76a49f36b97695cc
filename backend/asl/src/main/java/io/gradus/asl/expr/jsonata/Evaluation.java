package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Failures;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.Expr;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One evaluation under way: what its functions draw from, and what it may still spend.
final class Evaluation {
  static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

  private final Scope scope;
  private final Budget budget = new Budget();
  private final Weights weights = new Weights();

  private Evaluation(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  Budget budget() {
    return budget;
  }

  /// Checks a value that the expression has made.
  void made(@Nullable Object value) {
    budget.spend(value instanceof String text ? Weights.of(text) : 1);
    weights.weigh(value, budget);
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
        throw failure(expr, location, "returned nothing (undefined).");
      }
      return Values.json(value, evaluation.budget);
    } catch (EvaluationFailure e) {
      throw e;
    } catch (Values.UnsupportedResult _) {
      throw failure(expr, location, "returned an unsupported result type.");
    } catch (StackOverflowError _) {
      throw threw(expr, location, "The expression is nested or recurses too deeply");
    } catch (OutOfMemoryError _) {
      throw threw(expr, location, "The expression exceeds the evaluation limits");
    } catch (RuntimeException e) {
      throw threw(expr, location, reason(e));
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

  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case JException j -> {
          return Sentences.of(j);
        }
        case Breach b -> {
          return String.valueOf(b.getMessage());
        }
        case StackOverflowError _ -> {
          return "The expression is nested or recurses too deeply";
        }
        default -> {}
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static EvaluationFailure threw(Expr.Jsonata expr, String location, String reason) {
    return failure(expr, location, "threw an error during evaluation. " + reason);
  }

  private static EvaluationFailure failure(Expr.Jsonata expr, String location, String sentence) {
    return Failures.query(Failures.subject(expr, location) + " " + sentence, location);
  }
}
