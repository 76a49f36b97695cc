package io.gradus.service.definition;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Names;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.StateMachineRecords.Stored;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Aliases of state machines: made, changed, found, deleted.
public final class AliasService {
  /// AWS's quota for a state machine.
  static final int MAX_ALIASES = 100;

  /// AWS's pattern of an alias's name, which has one character at least that is no digit.
  public static final String NAME = "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$";

  private static final Pattern NAMES = Pattern.compile(NAME);
  private static final int LONGEST_NAME = 80;
  private static final int WHOLE = 100;

  private final StateMachineRecords machines;
  private final VersionRecords records;
  private final Machines remembered;
  private final Arns arns;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /// Works on these records.
  ///
  /// @param remembered is told what changed
  public AliasService(
      StateMachineRecords machines,
      VersionRecords records,
      Machines remembered,
      Arns arns,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.machines = machines;
    this.records = records;
    this.remembered = remembered;
    this.arns = arns;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /// A version and its share of the starts.
  ///
  /// @param weight in percent
  public record Route(String versionArn, int weight) {}

  /// An alias as it is shown.
  public record View(
      String arn,
      String name,
      @Nullable String description,
      List<Route> routes,
      Instant createdAt,
      Instant updatedAt) {
    public View {
      routes = List.copyOf(routes);
    }
  }

  /// Makes an alias, or finds the very same one made before.
  ///
  /// @throws Refusal ConflictException where there is another one of that name
  public View create(Caller caller, String name, @Nullable String description, List<Route> routes) {
    String action = "CreateStateMachineAlias";
    if (!NAMES.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw new Refusal(ErrorCode.INVALID_NAME, "Invalid Name: '" + name + "'");
    }
    Names.checkText("description", description);
    StatesArn.StateMachine first = routed(caller, action, routes);
    StatesArn.StateMachine arn = first.qualified(name);
    Access.require(caller, Permission.AUTHOR, action, arn.text());
    Instant now = now();
    return transactions.call(
        caller.tenant(),
        () -> {
          Stored machine = find(caller, first).orElseThrow(AliasService::notFound);
          Alias wanted = new Alias(name, description, checked(caller, machine, routes), now, now);
          Optional<Alias> before = machines.alias(caller.tenant(), machine.id(), name);
          if (before.isEmpty()
              && records.countAliases(caller.tenant(), machine.id()) >= MAX_ALIASES) {
            throw new Refusal(
                ErrorCode.SERVICE_QUOTA_EXCEEDED,
                "Quota exceeded. A state machine may have " + MAX_ALIASES + " aliases.");
          }
          if (before.isEmpty() && records.insert(caller.tenant(), machine.id(), wanted)) {
            audit.record(caller, action, arn.text());
            return view(first, wanted);
          }
          Alias kept =
              machines
                  .alias(caller.tenant(), machine.id(), name)
                  .orElseThrow(AliasService::notFound);
          if (!kept.routes().equals(wanted.routes())
              || !Objects.equals(kept.description(), description)) {
            throw new Refusal(
                ErrorCode.CONFLICT,
                "Failed to create alias because an alias with the same name and a different routing"
                    + " configuration already exists.");
          }
          return view(first, kept);
        });
  }

  /// Changes an alias; what is null stays.
  public View update(
      Caller caller, String arnText, @Nullable String description, @Nullable List<Route> routes) {
    String action = "UpdateStateMachineAlias";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.AUTHOR, action, arnText);
    Names.checkText("description", description);
    if (description == null && routes == null) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "Either the description or the routing configuration must be specified");
    }
    if (routes != null && !routed(caller, action, routes).equals(arn.unqualified())) {
      throw invalidRoutes("must contain versions of the alias's own state machine", routes);
    }
    View updated =
        transactions.call(
            caller.tenant(),
            () -> {
              Stored machine = find(caller, arn).orElseThrow(AliasService::notFound);
              Alias before = alias(caller, machine, arn).orElseThrow(AliasService::notFound);
              Alias after =
                  new Alias(
                      before.name(),
                      description == null ? before.description() : description,
                      routes == null ? before.routes() : checked(caller, machine, routes),
                      before.createdAt(),
                      now());
              if (!records.update(caller.tenant(), machine.id(), after)) {
                throw notFound();
              }
              audit.record(caller, action, arnText);
              return view(arn, after);
            });
    forget(caller, arn);
    return updated;
  }

  /// Shows an alias.
  public View describe(Caller caller, String arnText) {
    String action = "DescribeStateMachineAlias";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.READ, action, arnText);
    return find(caller, arn)
        .flatMap(machine -> alias(caller, machine, arn))
        .map(alias -> view(arn, alias))
        .orElseThrow(AliasService::notFound);
  }

  /// Deletes an alias, if it is there.
  public void delete(Caller caller, String arnText) {
    String action = "DeleteStateMachineAlias";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.AUTHOR, action, arnText);
    String name = arn.qualifier();
    Optional<Stored> machine = find(caller, arn);
    if (name == null || machine.isEmpty()) {
      return;
    }
    transactions.call(
        caller.tenant(),
        () -> {
          boolean deleted = records.deleteAlias(caller.tenant(), machine.get().id(), name);
          if (deleted) {
            audit.record(caller, action, arnText);
          }
          return deleted;
        });
    forget(caller, arn);
  }

  /// Lists a state machine's aliases by name, or those that route to one of its versions.
  ///
  /// @param arnText of the state machine or the version
  public Page<View> list(Caller caller, String arnText, Page.Request request) {
    String action = "ListStateMachineAliases";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.READ, action, arnText);
    Stored machine =
        find(caller, arn)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
                        "State Machine Does Not Exist: '" + arnText + "'"));
    Integer version =
        arn.qualifier() == null
            ? null
            : Qualifiers.version(arn.qualifier())
                .filter(number -> has(caller, machine, number))
                .orElseThrow(AliasService::notFound);
    String after = request.after() == null ? "" : request.after();
    List<Alias> found =
        records.aliases(caller.tenant(), machine.id(), version, after, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<Alias> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(alias -> view(arn, alias)).toList(), more ? page.getLast().name() : null);
  }

  /// The state machine that all routes are versions of.
  private StatesArn.StateMachine routed(Caller caller, String action, List<Route> routes) {
    Set<String> distinct = new HashSet<>();
    int sum = 0;
    StatesArn.StateMachine machine = null;
    for (Route route : routes) {
      StatesArn.StateMachine version = arns.readStateMachine(caller, action, route.versionArn());
      if (version.qualifier() == null || Qualifiers.version(version.qualifier()).isEmpty()) {
        throw invalidRoutes("must contain ARNs of state machine versions only", routes);
      }
      if (machine != null && !machine.equals(version.unqualified())) {
        throw invalidRoutes("must contain versions of one state machine", routes);
      }
      machine = version.unqualified();
      distinct.add(version.text());
      sum += route.weight();
    }
    if (machine == null) {
      throw invalidRoutes("must contain one or two state machine versions", routes);
    }
    if (distinct.size() < routes.size()) {
      throw invalidRoutes("must contain distinct state machine version ARNs", routes);
    }
    if (sum != WHOLE) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "Sum of routing configuration weights must equal 100. Received: " + text(routes));
    }
    return machine;
  }

  private List<Alias.Route> checked(Caller caller, Stored machine, List<Route> routes) {
    List<Alias.Route> checked = new ArrayList<>();
    for (Route route : routes) {
      String[] parts = route.versionArn().split(":", -1);
      int number = Qualifiers.version(parts[parts.length - 1]).orElseThrow(AliasService::notFound);
      if (!has(caller, machine, number)) {
        throw notFound();
      }
      checked.add(new Alias.Route(number, route.weight()));
    }
    return checked;
  }

  private boolean has(Caller caller, Stored machine, int version) {
    return machines.version(caller.tenant(), machine.id(), version).isPresent();
  }

  private Optional<Stored> find(Caller caller, StatesArn.StateMachine arn) {
    return arn.region().equals(arns.region())
        ? machines.find(caller.tenant(), arn.name())
        : Optional.empty();
  }

  private Optional<Alias> alias(Caller caller, Stored machine, StatesArn.StateMachine arn) {
    return arn.qualifier() == null
        ? Optional.empty()
        : machines.alias(caller.tenant(), machine.id(), arn.qualifier());
  }

  private void forget(Caller caller, StatesArn.StateMachine arn) {
    String name = arn.qualifier();
    if (name != null) {
      find(caller, arn)
          .ifPresent(machine -> remembered.changed(caller.tenant(), machine.id(), name));
    }
  }

  private static View view(StatesArn.StateMachine arn, Alias alias) {
    return new View(
        arn.qualified(alias.name()).text(),
        alias.name(),
        alias.description(),
        alias.routes().stream()
            .map(
                route ->
                    new Route(
                        arn.qualified(String.valueOf(route.version())).text(), route.weight()))
            .toList(),
        alias.createdAt(),
        alias.updatedAt());
  }

  private static String text(List<Route> routes) {
    return routes.stream()
        .map(route -> route.versionArn() + "=" + route.weight())
        .toList()
        .toString();
  }

  private static Refusal invalidRoutes(String demand, List<Route> routes) {
    return new Refusal(
        ErrorCode.VALIDATION, "Routing configuration " + demand + ". Received: " + text(routes));
  }

  /// As precise as it is kept.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Refusal notFound() {
    return new Refusal(
        ErrorCode.RESOURCE_NOT_FOUND, "Request references a resource that does not exist.");
  }
}
