package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.Strictness;
import io.gradus.service.limit.LimitService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls about AWS's limits: whether they hold for the tenant, and for a state machine.
final class LimitRoutes {
  private static final int OK = 200;

  private final LimitService limits;

  LimitRoutes(LimitService limits) {
    this.limits = limits;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/limits",
            "getLimits",
            "Says whether AWS's limits hold for the tenant.",
            OK,
            None.class,
            Tenant.class,
            (caller, _) -> new Tenant(limits.ofTenant(caller))),
        new Route<>(
            "PUT",
            "/limits",
            "setLimits",
            "Lets AWS's limits hold for the tenant, or not, for what is started from now on.",
            OK,
            Tenant.class,
            Tenant.class,
            this::setTenant),
        new Route<>(
            "GET",
            "/limits/{stateMachineArn}",
            "getStateMachineLimits",
            "Says whether AWS's limits hold for a state machine.",
            OK,
            MachineArn.class,
            Machine.class,
            (caller, r) -> Machine.of(limits.ofMachine(caller, r.stateMachineArn()))),
        new Route<>(
            "PUT",
            "/limits/{stateMachineArn}",
            "setStateMachineLimits",
            "Lets AWS's limits hold for a state machine, or not, or as for its tenant.",
            OK,
            SetMachine.class,
            Machine.class,
            (caller, r) ->
                Machine.of(limits.setMachine(caller, r.stateMachineArn(), r.awsStrict()))));
  }

  record None() {}

  record Tenant(@Member(required = true) Boolean awsStrict) {}

  record MachineArn(@Member(required = true, min = 1, max = 256) String stateMachineArn) {}

  /// @param awsStrict as the tenant where it is left out
  record SetMachine(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Nullable Boolean awsStrict) {}

  /// @param awsStrict what holds
  /// @param own what is said of the state machine itself; left out where it is as its tenant
  record Machine(Boolean awsStrict, @Nullable Boolean own) {
    static Machine of(Strictness strictness) {
      return new Machine(strictness.holds(), strictness.own());
    }
  }

  private Tenant setTenant(Caller caller, Tenant request) {
    limits.setTenant(caller, request.awsStrict());
    return new Tenant(limits.ofTenant(caller));
  }
}
