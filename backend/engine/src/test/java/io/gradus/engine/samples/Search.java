package io.gradus.engine.samples;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for plans by which a machine goes every way that it has. It begins with the empty plan,
/// mends what is missing until the execution comes to its end, and then bends runs that came to a
/// state towards the ways that were not gone there.
final class Search {
  private static final int MENDS = 60;
  private static final int BASES = 6;
  private static final int MAX_RUNS = 2_500;
  private static final int RUNS_PER_WAY = 200;
  private static final Pattern VARYING = Pattern.compile("«\\d+»|#?\\d+|\\{.*");
  private static final String ANY_ERROR = "Sample.Error";

  private final Definition definition;
  private final Map<Way, Run> gone = new LinkedHashMap<>();
  private final Map<Way, String> reached = new LinkedHashMap<>();
  private final List<Run> bases = new ArrayList<>();
  private final Set<String> entered = new HashSet<>();
  private final Set<String> tried = new HashSet<>();

  /// Failures that no other kind of value has mended before.
  private final Set<String> hopeless = new HashSet<>();

  private final Set<String> known = new HashSet<>();
  private int runs;

  Search(Definition definition) {
    this.definition = definition;
  }

  /// Every way that was gone, with a run that did and came to its end.
  Map<Way, Run> gone() {
    return gone;
  }

  /// Ways that were gone, but the machine could not evaluate a state after that; with the cause.
  Map<Way, String> reached() {
    return reached;
  }

  int runs() {
    return runs;
  }

  Set<Way> explore() {
    Set<Way> all = Way.of(definition);
    pursue(new Plan(), new Way("", Way.Kind.DONE, 0));
    boolean progress = true;
    while (progress && runs < MAX_RUNS) {
      progress = false;
      for (Way way : all) {
        if (!gone.containsKey(way)) {
          progress |= seek(way);
        }
      }
    }
    Set<Way> left = new LinkedHashSet<>(all);
    left.removeAll(gone.keySet());
    return left;
  }

  private boolean seek(Way way) {
    int before = gone.size() + entered.size();
    int used = 0;
    int until = runs + RUNS_PER_WAY;
    for (Run base : List.copyOf(bases).reversed()) {
      List<Visit> stays = base.visitsOf(way.state());
      if (stays.isEmpty() || used == BASES) {
        continue;
      }
      used++;
      for (Visit visit : new LinkedHashSet<>(List.of(stays.getFirst(), stays.getLast()))) {
        if (!tried.add(way + " " + System.identityHashCode(base) + " " + visit.eventId)) {
          continue;
        }
        for (Plan plan : plans(way, base, visit)) {
          pursue(plan, way);
          if (gone.containsKey(way) || runs > until) {
            return true;
          }
        }
      }
    }
    return gone.size() + entered.size() > before;
  }

  private List<Plan> plans(Way way, Run base, Visit visit) {
    return switch (way.kind()) {
      case RULE -> Chooser.plans(base, visit, way.number());
      case DEFAULT ->
          visit.state instanceof State.Choice choice
              ? Chooser.plans(base, visit, choice.rules().size())
              : List.of();
      case DONE -> done(base, visit);
      case NO_ITEM -> Repair.items(base, visit, 0);
      case ONE_ITEM -> Repair.items(base, visit, 1);
      case SEVERAL_ITEMS -> Repair.items(base, visit, 2);
      case RETRY, EXHAUSTED, CATCH -> errors(way, base, visit);
    };
  }

  private List<Plan> done(Run base, Visit visit) {
    Plan mended = Repair.missing(base, visit);
    if (mended != null) {
      return List.of(mended);
    }
    List<Plan> plans = new ArrayList<>();
    // What a line of work below, or one beside it, decided may be why it was not done.
    boolean ended = !visit.exited && visit.call >= 0 && visit.error == null;
    for (Visit inner : base.visits()) {
      if (inner.state instanceof State.Choice choice
          && (ended || inner.frame.value().startsWith(visit.frame.value() + "/"))) {
        for (int rule = 0; rule <= choice.rules().size(); rule++) {
          plans.addAll(Chooser.plans(base, inner, rule).stream().limit(2).toList());
        }
      }
    }
    plans.addAll(Repair.otherKinds(base, visit));
    return plans;
  }

  private List<Plan> errors(Way way, Run base, Visit visit) {
    List<Plan> plans = new ArrayList<>();
    for (String error : candidates(way, visit.state)) {
      int retrier = Visit.retrier(visit.state, error);
      int allowed = retrier < 0 ? 0 : visit.policy().retriers().get(retrier).maxAttempts();
      boolean fits =
          way.kind() == Way.Kind.CATCH
              ? Visit.catcher(visit.state, error) == way.number()
              : retrier == way.number();
      if (!fits) {
        continue;
      }
      boolean once = way.kind() == Way.Kind.RETRY;
      if (visit.state instanceof State.Task) {
        if (visit.call >= 0) {
          Plan.Failure failure = new Plan.Failure(error, once ? 1 : allowed + 1, false);
          plans.add(base.plan().copy().failing(way.state(), visit.call, failure));
        }
        continue;
      }
      for (Visit inner : base.visits()) {
        if (inner.call >= 0 && inner.frame.value().startsWith(visit.frame.value() + "/")) {
          int at = Visit.retrier(inner.state, error);
          int times = at < 0 ? 1 : inner.policy().retriers().get(at).maxAttempts() + 1;
          Plan.Failure failure = new Plan.Failure(error, times, !once);
          plans.add(base.plan().copy().failing(inner.name(), inner.call, failure));
        }
      }
    }
    return plans;
  }

  private static Set<String> candidates(Way way, State state) {
    ErrorPolicy policy = Visit.policy(state);
    List<ErrorName> named =
        way.kind() == Way.Kind.CATCH
            ? policy.catchers().get(way.number()).errors()
            : policy.retriers().get(way.number()).errors();
    Set<String> errors = new LinkedHashSet<>();
    for (ErrorName each : named) {
      if (each.equals(ErrorName.ALL) || each.equals(ErrorName.TASK_FAILED)) {
        errors.add(ANY_ERROR);
      } else if (!each.equals(ErrorName.RUNTIME)) {
        errors.add(each.value());
      }
    }
    errors.add(ErrorName.TIMEOUT.value());
    return errors;
  }

  /// Runs a plan, and mends it until its execution comes to an end that is meant.
  private void pursue(Plan first, Way focus) {
    Run run = run(first);
    String stuck = "";
    for (int i = 0; i < MENDS && runs < MAX_RUNS; i++) {
      if (run.circles()) {
        Run out = leaveCircle(run);
        if (out == null) {
          return;
        }
        run = out;
        continue;
      }
      Visit failing = run.isSound() ? undone(run, focus) : run.failing();
      if (failing == null) {
        return;
      }
      String here = failing.name() + failing.eventId + run.end().cause();
      Plan mended = here.equals(stuck) ? null : Repair.missing(run, failing);
      stuck = here;
      if (mended != null && known.contains(mended.toString())) {
        return;
      }
      Run next =
          mended != null
              ? run(mended)
              : failing.state instanceof State.Choice choice
                  ? anyRule(run, failing, choice)
                  : anyKind(run, failing);
      if (next == null) {
        return;
      }
      run = next;
    }
  }

  /// The stay of the wanted state whose work was not done, though nothing made it fail on purpose.
  private @Nullable Visit undone(Run run, Way focus) {
    if (focus.kind() != Way.Kind.DONE || gone.containsKey(focus)) {
      return null;
    }
    return run.visitsOf(focus.state()).stream()
        .filter(each -> !each.isDone() && (each.call < 0 || each.result != null))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Run anyKind(Run run, Visit failing) {
    String failure =
        failing.name() + VARYING.matcher(String.valueOf(run.end().cause())).replaceAll("");
    if (hopeless.contains(failure)) {
      return null;
    }
    for (Plan plan : Repair.otherKinds(run, failing)) {
      if (known.contains(plan.toString())) {
        continue;
      }
      Run next = run(plan);
      Visit now = next.failing();
      if (next.isSound()
          || next.circles()
          || now == null
          || now.eventId > failing.eventId
          || (next.facts() > run.facts() && !now.name().equals(failing.name()))) {
        return next;
      }
    }
    hopeless.add(failure);
    return null;
  }

  private @Nullable Run anyRule(Run run, Visit failing, State.Choice choice) {
    int ways = choice.rules().size() + (choice.fallback() == null ? 0 : 1);
    for (int rule = ways - 1; rule >= 0; rule--) {
      for (Plan plan : Chooser.plans(run, failing, rule)) {
        Run next = run(plan);
        Visit now = next.failing();
        if (now == null || now.eventId > failing.eventId) {
          return next;
        }
      }
    }
    for (Visit before : run.visitsOf(failing.name()).reversed()) {
      for (int rule = ways - 1; rule >= 0 && before.exited; rule--) {
        for (Plan plan : Chooser.plans(run, before, rule)) {
          Run next = run(plan);
          if (next.isSound()) {
            return next;
          }
        }
      }
    }
    return null;
  }

  /// Another way at a Choice that the run comes to again and again.
  private @Nullable Run leaveCircle(Run run) {
    Map<String, List<Visit>> stays = new LinkedHashMap<>();
    for (Visit visit : run.visits()) {
      if (visit.state instanceof State.Choice) {
        stays.computeIfAbsent(visit.name(), _ -> new ArrayList<>()).add(visit);
      }
    }
    for (List<Visit> same : stays.values()) {
      if (same.size() < 10 || !(same.getFirst().state instanceof State.Choice choice)) {
        continue;
      }
      for (int rule = 0; rule <= choice.rules().size(); rule++) {
        for (Visit at : List.of(same.get(1), same.getFirst())) {
          for (Plan plan : Chooser.plans(run, at, rule).stream().limit(2).toList()) {
            Run next = run(plan);
            if (!next.circles()) {
              return next;
            }
          }
        }
      }
    }
    return null;
  }

  private Run run(Plan plan) {
    runs++;
    known.add(plan.toString());
    Run run = Trial.run(definition, plan);
    boolean news = false;
    if (run.isSound()) {
      for (Way way : run.ways()) {
        news |= gone.putIfAbsent(way, run) == null;
      }
    }
    if (!run.circles() && !run.isSound()) {
      for (Way way : run.ways()) {
        reached.putIfAbsent(way, String.valueOf(run.end().cause()));
      }
    }
    for (Visit visit : run.visits()) {
      news |= entered.add(visit.name());
    }
    if (news) {
      bases.add(run);
    }
    return run;
  }
}
