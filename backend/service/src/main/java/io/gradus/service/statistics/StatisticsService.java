package io.gradus.service.statistics;

import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.store.Statistics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells how a tenant's executions went, by what was counted of them.
public class StatisticsService {
  /// How many state machines are told apart.
  public static final int MACHINES = 20;

  /// How many that run are counted at most.
  public static final int MOST_OPEN = 20_000;

  private static final String ACTION = "ListExecutions";

  private final Statistics statistics;
  private final Arns arns;
  private final Clock clock;

  /// Reads them there.
  public StatisticsService(Statistics statistics, Arns arns, Clock clock) {
    this.statistics = statistics;
    this.arns = arns;
    this.clock = clock;
  }

  /// The figures of a range up to now.
  ///
  /// @param stateMachine its name; null for all. One that is deleted still has figures
  /// @throws Refusal StateMachineDoesNotExist
  public Figures figures(Caller caller, Range range, @Nullable String stateMachine) {
    allow(caller, stateMachine);
    boolean express = stateMachine != null && found(caller, stateMachine).express();
    Instant now = clock.instant();
    Statistics.Counted counted = statistics.counted(caller.tenant());
    Map<Instant, Sum> sums = new HashMap<>();
    Sum whole = new Sum();
    for (Statistics.Cell cell :
        statistics.bars(caller.tenant(), buckets(range, now, stateMachine), range.bar())) {
      sums.computeIfAbsent(cell.bar(), _ -> new Sum())
          .add(cell.status(), cell.durationClass(), cell.executions());
      whole.add(cell.status(), cell.durationClass(), cell.executions());
    }
    List<Figures.Bar> bars = new ArrayList<>();
    Sum nothing = new Sum();
    for (Instant at = range.from(now); at.isBefore(range.to(now)); at = at.plus(range.bar())) {
      Sum sum = sums.getOrDefault(at, nothing);
      bars.add(new Figures.Bar(at, sum.outcomes, sum.classes.durations()));
    }
    Statistics.Open open = statistics.open(caller.tenant(), stateMachine, now, MOST_OPEN);
    return new Figures(
        range,
        stateMachine,
        express,
        bars,
        whole.outcomes,
        whole.classes.durations(),
        new Figures.Open(open.executions(), open.all(), open.approvals(), open.approvalsDue()),
        counted.countedTo(),
        counted.settledTo());
  }

  /// The figures of the state machine that an ARN names.
  ///
  /// @throws Refusal InvalidArn, or StateMachineDoesNotExist
  public Figures figuresOf(Caller caller, Range range, String stateMachineArn) {
    StatesArn.StateMachine machine = arns.readStateMachine(caller, ACTION, stateMachineArn);
    return figures(caller, range, machine.name());
  }

  /// The state machines with the most executions, or the most that failed, that first.
  public List<Figures.OfMachine> machines(Caller caller, Range range, Figures.Order order) {
    allow(caller, null);
    Statistics.Buckets buckets = buckets(range, clock.instant(), null);
    List<Statistics.Machine> first =
        statistics.first(
            caller.tenant(),
            buckets,
            switch (order) {
              case STARTED -> Statistics.Order.STARTED;
              case FAILED -> Statistics.Order.FAILED;
            },
            MACHINES);
    Map<String, Sum> sums = new HashMap<>();
    statistics
        .of(caller.tenant(), buckets, first.stream().map(Statistics.Machine::name).toList())
        .forEach(
            cell ->
                sums.computeIfAbsent(cell.stateMachine(), _ -> new Sum())
                    .add(cell.status(), cell.durationClass(), cell.executions()));
    return first.stream()
        .map(
            machine -> {
              Sum sum = sums.getOrDefault(machine.name(), new Sum());
              return new Figures.OfMachine(
                  machine.name(), machine.express(), sum.outcomes, sum.classes.durations());
            })
        .toList();
  }

  private static final class Sum {
    private Outcomes outcomes = Outcomes.NONE;
    private final Durations.Classes classes = new Durations.Classes();

    void add(ExecutionStatus status, int durationClass, long executions) {
      outcomes = outcomes.and(status, executions);
      if (status != ExecutionStatus.RUNNING) {
        classes.add(durationClass, executions);
      }
    }
  }

  private static Statistics.Buckets buckets(
      Range range, Instant now, @Nullable String stateMachine) {
    return new Statistics.Buckets(
        range.spanMinutes(), range.from(now), range.to(now), stateMachine);
  }

  private Statistics.Machine found(Caller caller, String name) {
    return statistics
        .machine(caller.tenant(), name)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
                    "State Machine Does Not Exist: '"
                        + arns.stateMachine(caller, name).text()
                        + "'"));
  }

  private void allow(Caller caller, @Nullable String stateMachine) {
    Access.require(
        caller,
        Permission.READ,
        ACTION,
        arns.stateMachine(caller, stateMachine == null ? "*" : stateMachine).text());
  }
}
