package io.gradus.console.shell;

import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.console.shell.NameSearch.Target;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.catalog.Integration;
import io.gradus.service.catalog.IntegrationCatalog;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.people.MemberService;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.template.TemplateService;
import io.gradus.service.testcase.KeptCase;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.trigger.TriggerService;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a tenant has that a person looks for by its name. Each kind is asked of the service that
/// its page asks, so nobody finds what they could not open; and there is an end to each.
public final class Names {
  private static final int PAGE = 1_000;
  private static final int OF_A_KIND = 10_000;

  /// The most urgent: who has more open looks for them on their page.
  private static final int APPROVALS = 200;

  private final Worked worked;
  private final Called called;
  private final Admitted admitted;
  private final Arns arns;
  private final Clock clock;

  /// What runs, makes it run, waits for it, or tries it.
  public record Worked(
      StateMachineService machines,
      TriggerService triggers,
      ApprovalService approvals,
      TemplateService templates,
      TestCaseService testCases,
      MapRunService mapRuns,
      SavedViewService views) {}

  /// What tasks call.
  public record Called(
      FunctionService functions, ConnectionService connections, IntegrationCatalog catalog) {}

  /// Who may come in.
  public record Admitted(MemberService members, AccessKeyService keys) {}

  /// Asks these services.
  public Names(Worked worked, Called called, Admitted admitted, Arns arns, Clock clock) {
    this.worked = worked;
    this.called = called;
    this.admitted = admitted;
    this.arns = arns;
    this.clock = clock;
  }

  /// All that this caller may look for.
  List<Target> of(Caller caller) {
    List<Target> found = new ArrayList<>();
    work(caller, found::add);
    calls(caller, found::add);
    if (caller.allows(Permission.ADMINISTER)) {
      people(caller, found::add);
    }
    return found;
  }

  private void work(Caller caller, Consumer<Target> found) {
    String account = caller.account();
    for (String name : machines(caller)) {
      String page = Links.stateMachine(account, name);
      found.accept(new Target(Glyph.Name.MACHINES, name, "State machine", page));
    }
    for (String name : worked.triggers().names(caller)) {
      String page = Links.trigger(account, name);
      found.accept(new Target(Glyph.Name.CALENDAR, name, "Trigger", page));
    }
    var open = new Page.Request(APPROVALS, null);
    for (Approval.Summary approval :
        worked.approvals().list(caller, Approval.Which.OPEN, open).items()) {
      String page = Links.approval(account, approval.id());
      found.accept(new Target(Glyph.Name.APPROVALS, approval.title(), "Approval", page));
    }
    for (SavedView view : worked.views().list(caller)) {
      found.accept(
          new Target(
              Glyph.Name.FILTER,
              view.name(),
              SavedViewService.owns(caller, view) ? "View" : "Shared view",
              Links.executionsWhere(account, view.query())));
    }
    for (KeptCase.Named testCase : worked.testCases().names(caller, OF_A_KIND)) {
      found.accept(
          new Target(
              Glyph.Name.CHECK,
              testCase.name() + " · " + testCase.stateMachine(),
              "Test case",
              Links.testCase(account, testCase.stateMachine(), testCase.name())));
    }
    worked
        .templates()
        .all()
        .forEach(
            template ->
                found.accept(
                    new Target(
                        Glyph.Name.TEMPLATES,
                        template.title(),
                        "Template",
                        Links.template(account, template.id()))));
  }

  private List<String> machines(Caller caller) {
    List<String> names = new ArrayList<>();
    String next = null;
    do {
      Page<StateMachine.Summary> page =
          worked.machines().list(caller, new Page.Request(PAGE, next));
      page.items().forEach(machine -> names.add(machine.name()));
      next = page.next();
    } while (next != null && names.size() < OF_A_KIND);
    return names;
  }

  private void calls(Caller caller, Consumer<Target> found) {
    String account = caller.account();
    for (String name : called.functions().names(caller, OF_A_KIND)) {
      String page = Links.function(account, name);
      found.accept(new Target(Glyph.Name.FUNCTION, name, "Function", page));
    }
    for (String name : called.connections().names(caller)) {
      String page = Links.connection(account, name);
      found.accept(new Target(Glyph.Name.PLUG, name, "Connection", page));
    }
    called.catalog().services(caller).forEach(service -> integrations(account, service, found));
  }

  /// Those that AWS or we made simple, one by one, and the services of the others.
  private static void integrations(
      String account, Integration.Service service, Consumer<Target> found) {
    String page = Links.integration(account, service.id());
    found.accept(new Target(Glyph.Name.TASK, service.name(), "Integration", page));
    service.integrations().stream()
        .filter(Integration::optimised)
        .forEach(
            call ->
                found.accept(
                    new Target(
                        Glyph.Name.TASK,
                        service.name() + ": " + call.action(),
                        "Integration",
                        page + "?action=" + call.action())));
  }

  private void people(Caller caller, Consumer<Target> found) {
    admitted.members().list(caller).stream()
        .limit(OF_A_KIND)
        .map(
            member ->
                new Target(
                    Glyph.Name.PERSON,
                    both(member.displayName(), member.login()),
                    "Member",
                    Links.member(caller.account(), member.login())))
        .forEach(found);
    Instant now = clock.instant();
    admitted.keys().list(caller).stream()
        .filter(key -> key.usable(now))
        .limit(OF_A_KIND)
        .map(
            key ->
                new Target(
                    Glyph.Name.KEY,
                    both(key.description(), key.id()),
                    "Access key",
                    Links.accessKey(caller.account(), key.id())))
        .forEach(found);
  }

  private static String both(String name, String id) {
    return name.isBlank() || name.equals(id) ? id : name + " · " + id;
  }

  /// What an ARN names that has a page here: people copy one out of a log.
  Optional<Target> named(Caller caller, String typed) {
    String arn = typed.strip();
    if (!arn.startsWith("arn:")) {
      return Optional.empty();
    }
    try {
      return switch (arns.read(caller, "Search", arn)) {
        case StatesArn.StateMachine machine ->
            Optional.of(
                new Target(
                    Glyph.Name.MACHINES,
                    machine.name(),
                    "State machine",
                    Links.stateMachine(machine.account(), machine.name())));
        case StatesArn.Execution execution ->
            Optional.of(
                new Target(
                    Glyph.Name.EXECUTIONS,
                    execution.name(),
                    "Execution",
                    Links.execution(
                        execution.account(), execution.stateMachine(), execution.name())));
        case StatesArn.MapRun run -> mapRun(caller, run, arn);
        case StatesArn.ExpressExecution _, StatesArn.Activity _ -> Optional.empty();
      };
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }

  /// Its own ARN does not say which execution it is of.
  private Optional<Target> mapRun(Caller caller, StatesArn.MapRun run, String arn) {
    String of = worked.mapRuns().describe(caller, arn).executionArn();
    return arns.read(caller, "Search", of) instanceof StatesArn.Execution execution
        ? Optional.of(
            new Target(
                Glyph.Name.EXECUTIONS,
                execution.name(),
                "Map Run",
                Links.mapRun(
                    execution.account(), execution.stateMachine(), execution.name(), run.id())))
        : Optional.empty();
  }
}
