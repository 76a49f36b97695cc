package io.gradus.asl.graph;

import io.gradus.asl.graph.Outline.Entry;
import io.gradus.asl.graph.Outline.Way;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Reason;
import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The outline of a machine that was parsed.
final class ModelOutline {
  private ModelOutline() {}

  static Outline of(StateMachine machine) {
    return new Outline(
        machine.startAt().value(),
        machine.states().values().stream().map(ModelOutline::entry).toList());
  }

  private static Entry entry(State state) {
    return new Entry(
        state.name().value(),
        kind(state),
        ends(state),
        state instanceof State.Task task ? task.resource().arn() : null,
        caption(state),
        ways(state),
        inside(state));
  }

  private static List<Outline> inside(State state) {
    return switch (state) {
      case State.Parallel parallel -> parallel.branches().stream().map(ModelOutline::of).toList();
      case State.MapState map -> List.of(of(map.processor()));
      case State.Pass _, State.Task _, State.Choice _, State.Wait _ -> List.of();
      case State.Succeed _, State.Fail _ -> List.of();
    };
  }

  private static List<Way> ways(State state) {
    List<Way> ways = new ArrayList<>();
    switch (state) {
      case State.Pass pass -> next(pass.then(), ways);
      case State.Wait wait -> next(wait.then(), ways);
      case State.Task task -> {
        next(task.then(), ways);
        catches(task.onError(), ways);
      }
      case State.Parallel parallel -> {
        next(parallel.then(), ways);
        catches(parallel.onError(), ways);
      }
      case State.MapState map -> {
        next(map.then(), ways);
        catches(map.onError(), ways);
      }
      case State.Choice choice -> choice(choice, ways);
      case State.Succeed _, State.Fail _ -> {}
    }
    return ways;
  }

  private static void next(Transition then, List<Way> ways) {
    if (then instanceof Transition.Next(var to)) {
      ways.add(new Way(to.value(), Reason.NEXT, 0, ""));
    }
  }

  private static void catches(ErrorPolicy policy, List<Way> ways) {
    for (int i = 0; i < policy.catchers().size(); i++) {
      ErrorPolicy.Catcher catcher = policy.catchers().get(i);
      String errors =
          catcher.errors().stream().map(Object::toString).collect(Collectors.joining(", "));
      ways.add(new Way(catcher.next().value(), Reason.CATCH, i, ConditionText.bounded(errors)));
    }
  }

  private static void choice(State.Choice choice, List<Way> ways) {
    for (int i = 0; i < choice.rules().size(); i++) {
      ChoiceRule rule = choice.rules().get(i);
      String label = ConditionText.of(rule.condition());
      ways.add(new Way(rule.next().value(), Reason.CHOICE, i, label));
    }
    if (choice.fallback() != null) {
      ways.add(new Way(choice.fallback().value(), Reason.DEFAULT, 0, Captions.DEFAULT));
    }
  }

  private static boolean ends(State state) {
    return switch (state) {
      case State.Pass pass -> pass.then() instanceof Transition.End;
      case State.Task task -> task.then() instanceof Transition.End;
      case State.Wait wait -> wait.then() instanceof Transition.End;
      case State.Parallel parallel -> parallel.then() instanceof Transition.End;
      case State.MapState map -> map.then() instanceof Transition.End;
      case State.Choice _ -> false;
      case State.Succeed _, State.Fail _ -> true;
    };
  }

  private static Kind kind(State state) {
    return switch (state) {
      case State.Pass _ -> Kind.PASS;
      case State.Task _ -> Kind.TASK;
      case State.Choice _ -> Kind.CHOICE;
      case State.Wait _ -> Kind.WAIT;
      case State.Succeed _ -> Kind.SUCCEED;
      case State.Fail _ -> Kind.FAIL;
      case State.Parallel _ -> Kind.PARALLEL;
      case State.MapState _ -> Kind.MAP;
    };
  }

  private static String caption(State state) {
    return switch (state) {
      case State.Task task ->
          Captions.task(task.resource(), name -> argument(arguments(task.data()), name));
      case State.Choice choice -> Captions.counted(choice.rules().size(), "rule");
      case State.Parallel parallel -> Captions.counted(parallel.branches().size(), "branch");
      case State.MapState map ->
          map.map().mode() == MapSpec.Mode.INLINE ? "" : Captions.DISTRIBUTED;
      case State.Wait wait ->
          switch (wait.until()) {
            case State.Wait.Until.Seconds(Expr.Literal(var value)) ->
                Captions.seconds(value.longValue());
            case State.Wait.Until.Seconds(Expr seconds) ->
                Captions.bounded(ConditionText.operand(seconds));
            case State.Wait.Until.Timestamp(Expr timestamp) ->
                Captions.until(ConditionText.operand(timestamp));
          };
      case State.Fail fail -> fail.error() == null ? "" : Captions.error(fail.error());
      case State.Pass _, State.Succeed _ -> "";
    };
  }

  private static @Nullable Expr arguments(DataFlow data) {
    return switch (data) {
      case DataFlow.JsonPath path -> path.parameters();
      case DataFlow.Jsonata jsonata -> jsonata.arguments();
    };
  }

  /// A template without expressions is one literal, otherwise an object of templates.
  private static @Nullable String argument(@Nullable Expr arguments, String name) {
    if (arguments instanceof Expr.Literal(var whole)) {
      return whole.path(name).isString() ? whole.path(name).stringValue() : null;
    }
    return arguments instanceof Expr.Obj(var fields)
            && fields.get(name) instanceof Expr.Literal(var value)
            && value.isString()
        ? value.stringValue()
        : null;
  }
}
