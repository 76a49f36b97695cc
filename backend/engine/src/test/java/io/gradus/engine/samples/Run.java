package io.gradus.engine.samples;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.State;
import io.gradus.engine.Details;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What became of one trial.
///
/// @param plan the plan, with what was given to calls it did not speak of
/// @param errors those that calls failed with
/// @param circles whether it was given up because it went in circles
record Run(
    Definition definition,
    Plan plan,
    Labels labels,
    List<Visit> visits,
    Set<String> errors,
    Execution end,
    boolean circles,
    int facts) {
  private static final Pattern FAILED_AT = Pattern.compile("entered at the event id #(\\d+)\\)");

  static Run of(
      Definition definition,
      Plan plan,
      Labels labels,
      List<Fact> journal,
      Map<TaskId, Integer> callOf,
      Set<String> errors,
      Execution end,
      boolean circles) {
    List<Visit> visits = new Reader(definition, callOf).read(journal);
    return new Run(definition, plan, labels, visits, errors, end, circles, journal.size());
  }

  static @Nullable String entered(Fact fact) {
    return fact instanceof Fact.HistoryEvent event
            && event.details() instanceof Details.StateEntered entered
        ? event.frame() + " " + entered.name()
        : null;
  }

  /// Whether it came to an end that its machine or its plan means.
  boolean isSound() {
    return !circles
        && (end.status() == ExecutionStatus.SUCCEEDED
            || (end.status() == ExecutionStatus.FAILED && failing() == null));
  }

  /// The stay in which an expression failed, and with it the execution.
  @Nullable Visit failing() {
    String cause = end.cause();
    if (end.status() != ExecutionStatus.FAILED || cause == null) {
      return null;
    }
    Matcher at = FAILED_AT.matcher(cause);
    if (!at.find()) {
      return null;
    }
    long id = Long.parseLong(at.group(1));
    return visits.stream().filter(each -> each.eventId == id).findFirst().orElse(null);
  }

  List<Visit> visitsOf(String state) {
    return visits.stream().filter(each -> each.name().equals(state)).toList();
  }

  Set<Way> ways() {
    Set<Way> ways = new LinkedHashSet<>();
    for (Visit visit : visits) {
      if (visit.state instanceof State.Choice choice) {
        int rule = rule(choice, visit);
        if (visit.exited && rule >= 0) {
          ways.add(
              rule == choice.rules().size()
                  ? new Way(visit.name(), Way.Kind.DEFAULT, 0)
                  : new Way(visit.name(), Way.Kind.RULE, rule));
        }
        continue;
      }
      add(visit, ways);
    }
    return ways;
  }

  private static void add(Visit visit, Set<Way> ways) {
    String name = visit.name();
    if (visit.isDone()) {
      ways.add(new Way(name, Way.Kind.DONE, 0));
      visit.retries.keySet().forEach(each -> ways.add(new Way(name, Way.Kind.RETRY, each)));
      if (visit.items != null) {
        ways.add(
            new Way(
                name,
                switch (visit.items.size()) {
                  case 0 -> Way.Kind.NO_ITEM;
                  case 1 -> Way.Kind.ONE_ITEM;
                  default -> Way.Kind.SEVERAL_ITEMS;
                },
                0));
      }
    } else if (visit.error != null) {
      int retrier = Visit.retrier(visit.state, visit.error);
      List<ErrorPolicy.Retrier> retriers = visit.policy().retriers();
      if (retrier >= 0
          && visit.retries.getOrDefault(retrier, 0) >= retriers.get(retrier).maxAttempts()) {
        ways.add(new Way(name, Way.Kind.EXHAUSTED, retrier));
      }
    }
    if (visit.catcher() >= 0) {
      ways.add(new Way(name, Way.Kind.CATCH, visit.catcher()));
    }
  }

  private static int rule(State.Choice choice, Visit visit) {
    JsonNode effective = visit.effective();
    return effective == null ? -1 : rule(choice, effective, visit.scope());
  }

  /// Which rule a Choice goes by; as many as there are: its Default; -1 where an expression fails.
  static int rule(State.Choice choice, JsonNode effective, io.gradus.asl.expr.Scope scope) {
    try {
      Flow flow = Flow.of(choice);
      int i = 0;
      while (i < choice.rules().size()
          && !flow.holds(choice, choice.rules().get(i), effective, scope)) {
        i++;
      }
      return i;
    } catch (EvaluationFailure _) {
      return -1;
    }
  }

  /// Reads a journal into stays.
  private static final class Reader {
    private final Definition definition;
    private final Map<TaskId, Integer> callOf;
    private final List<Visit> visits = new ArrayList<>();
    private final Map<FrameId, Visit> open = new HashMap<>();
    private final Map<FrameId, Visit> left = new HashMap<>();
    private final Map<FrameId, Map<String, JsonNode>> variables = new HashMap<>();
    private final Map<FrameId, JsonNode> items = new HashMap<>();
    private final Map<FrameId, JsonNode> outputs = new LinkedHashMap<>();
    private JsonNode input = PayloadJson.MAPPER.createObjectNode();

    Reader(Definition definition, Map<TaskId, Integer> callOf) {
      this.definition = definition;
      this.callOf = callOf;
    }

    List<Visit> read(List<Fact> journal) {
      for (Fact fact : journal) {
        FrameId frame = fact.frame();
        switch (fact) {
          case Fact.HistoryEvent event -> event(event.id(), frame, event.details());
          case Fact.RetryArmed retry -> {
            Visit visit = open.get(frame);
            if (visit != null) {
              visit.retries.merge(retry.retrier(), 1, Integer::sum);
              visit.failed = false;
            }
          }
          case Fact.ItemsResolved resolved -> {
            items.put(frame, resolved.items().json());
            Visit visit = open.get(frame);
            if (visit != null) {
              visit.items = resolved.items().json();
            }
          }
          case Fact.MapRunResolved resolved -> {
            Payload given = resolved.items();
            if (given != null) {
              items.put(frame, given.json());
              Visit visit = open.get(frame);
              if (visit != null) {
                visit.items = given.json();
              }
            }
          }
          case Fact.MapRunMoved _,
              Fact.WaitArmed _,
              Fact.BranchFinished _,
              Fact.BranchFailed _,
              Fact.Forked _,
              Fact.Yielded _ -> {}
        }
      }
      return visits;
    }

    private void event(long id, FrameId frame, Details details) {
      Visit visit = open.get(frame);
      switch (details) {
        case Details.ExecutionStarted d -> input = d.input().json();
        case Details.StateEntered d -> enter(id, frame, d);
        case Details.StateExited d -> exit(frame, d);
        case Details.TaskScheduled _ -> {
          Integer call = callOf.get(new TaskId(frame, id));
          if (visit != null && call != null) {
            visit.call = call;
          }
        }
        case Details.TaskSucceeded d when visit != null -> {
          visit.result = d.output().json();
          visit.failed = false;
        }
        case Details.TaskFailed d when visit != null -> {
          visit.error = d.error();
          visit.failed = true;
          tellAround(frame, d.error());
        }
        case Details.ParallelSucceeded _ when visit != null -> visit.result = joined(frame);
        case Details.MapSucceeded _ when visit != null -> visit.result = joined(frame);
        case Details.ParallelFailed _ when visit != null -> fail(visit);
        case Details.MapFailed _ when visit != null -> fail(visit);
        case Details.EvaluationFailed d when visit != null -> {
          visit.error = d.error();
          visit.failed = true;
        }
        case Details.ExecutionFailed d -> ended(frame, d.error());
        default -> {
          // nothing that a stay remembers
        }
      }
    }

    private static void fail(Visit visit) {
      visit.failed = true;
      visit.error = visit.within;
    }

    /// What fails a line of work may fail what it is part of.
    private void tellAround(FrameId frame, @Nullable String error) {
      for (FrameId each = frame.parent(); each != null; each = each.parent()) {
        Visit around = open.get(each);
        if (around != null) {
          around.within = error;
        }
      }
    }

    private void enter(long id, FrameId frame, Details.StateEntered entered) {
      Visit before = left.remove(frame);
      if (before != null) {
        before.next = entered.name().value();
        settle(before);
      }
      Map<String, JsonNode> seen = new HashMap<>();
      JsonNode item = null;
      for (FrameId each = frame; each != null; each = each.parent()) {
        variables.getOrDefault(each, Map.of()).forEach(seen::putIfAbsent);
        FrameId around = each.parent();
        JsonNode all = around == null ? null : items.get(around);
        item = item == null && all != null ? all.get(each.index()) : item;
      }
      State state = definition.state(entered.name());
      Visit visit = new Visit(frame, state, id, entered.input().json(), seen, input, item);
      visits.add(visit);
      open.put(frame, visit);
      if (state instanceof State.Parallel) {
        items.remove(frame);
      }
      if (state instanceof State.Fail fail
          && fail.error() instanceof io.gradus.asl.model.Expr.Literal(JsonNode error)) {
        tellAround(frame, error.stringValue());
      }
    }

    private void exit(FrameId frame, Details.StateExited exited) {
      Visit visit = open.remove(frame);
      if (visit == null) {
        return;
      }
      visit.exited = true;
      JsonNode output = exited.output().json();
      outputs.put(frame, output);
      for (Map.Entry<String, Payload> each : exited.assigned().entrySet()) {
        variables
            .computeIfAbsent(frame, _ -> new HashMap<>())
            .put(each.getKey(), each.getValue().json());
      }
      if (visit.failed && visit.error == null) {
        visit.error = told(output);
      }
      left.put(frame, visit);
    }

    /// The error in a catcher's output, wherever its `ResultPath` put it.
    private static @Nullable String told(JsonNode output) {
      for (JsonNode each : output.findParents("Error")) {
        if (each.has("Cause") && each.get("Error").isString()) {
          return each.get("Error").stringValue();
        }
      }
      return null;
    }

    /// An expression that failed has no event of its own in JSONPath: the next state tells.
    private static void settle(Visit visit) {
      String own =
          switch (visit.state) {
            case State.Task s -> target(s.then());
            case State.Parallel s -> target(s.then());
            case State.MapState s -> target(s.then());
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ ->
                visit.next;
          };
      if (!visit.failed && visit.next != null && !visit.next.equals(own)) {
        visit.failed = true;
      }
    }

    private static @Nullable String target(io.gradus.asl.model.Transition then) {
      return then instanceof io.gradus.asl.model.Transition.Next next ? next.to().value() : null;
    }

    private void ended(FrameId frame, @Nullable String error) {
      for (Visit each : open.values()) {
        boolean around = each.frame.equals(frame) || frame.value().startsWith(each.frame + "/");
        if (around && each.error == null) {
          each.error = error;
        }
      }
    }

    private ArrayNode joined(FrameId frame) {
      Map<Integer, JsonNode> results = new TreeMap<>();
      for (Map.Entry<FrameId, JsonNode> each : outputs.entrySet()) {
        if (frame.equals(each.getKey().parent())) {
          results.put(each.getKey().index(), each.getValue());
        }
      }
      outputs.keySet().removeIf(each -> frame.equals(each.parent()));
      ArrayNode array = PayloadJson.MAPPER.createArrayNode();
      results.values().forEach(array::add);
      return array;
    }
  }
}
