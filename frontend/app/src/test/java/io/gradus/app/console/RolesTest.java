package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.Role.Permission;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.audit.AuditLog;
import io.gradus.service.audit.AuditService;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchService;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.people.MemberService;
import io.gradus.service.people.NewPerson;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.statistics.Range;
import io.gradus.service.statistics.StateSampling;
import io.gradus.service.statistics.StatisticsService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.service.testcase.run.TestCaseJson;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// Every role and everything that the console does: what a role does not allow is refused by the
/// use case itself, and not offered on the page.
@ConsoleTest
class RolesTest {
  private static final String DEFINITION =
      """
      {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 600, "End": true}}}\
      """;

  private final ConsoleFixture console;
  private final String account;
  private final String machine;
  private final String running;

  RolesTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Roles");
    Caller admin = console.caller(console.as(account, Role.ADMIN), account);
    machine = console.part(StateMachineService.class).create(admin, draft("rests")).arn();
    running =
        console
            .part(ExecutionService.class)
            .start(admin, new Execution.Start(machine, "run", "{}", null, null))
            .arn();
    console.part(FunctionService.class).put(admin, "f", "http://127.0.0.1:9/", null);
    console.part(TriggerService.class).create(admin, "t", trigger());
  }

  /// An act of the console on things that are there, or that are not: whoever may do it is told so.
  @FunctionalInterface
  private interface Act {
    void as(Caller caller) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void theUseCaseRefusesWhatTheRoleDoesNotAllow(Role role) {
    Caller caller = console.caller(console.as(account, role), account);
    List<String> wrong = new ArrayList<>();
    for (Permission permission : Permission.values()) {
      acts(permission)
          .forEach(
              (name, act) -> {
                if (isRefused(act, caller) == role.allows(permission)) {
                  wrong.add(name + (role.allows(permission) ? " was refused" : " was done"));
                }
              });
    }
    assertThat(wrong).as("acts of a %s", role).isEmpty();
  }

  private static boolean isRefused(Act act, Caller caller) {
    try {
      act.as(caller);
      return false;
    } catch (Refusal refusal) {
      return refusal.code() == ErrorCode.ACCESS_DENIED;
    } catch (Exception e) {
      throw new AssertionError("expected to be done or refused", e);
    }
  }

  private Map<String, Act> acts(Permission permission) {
    return switch (permission) {
      case READ -> reading();
      case RUN -> running();
      case AUTHOR -> authoring();
      case APPROVE -> approving();
      case ADMINISTER -> administering();
    };
  }

  private Map<String, Act> reading() {
    Map<String, Act> acts = new LinkedHashMap<>();
    var machines = console.part(StateMachineService.class);
    var executions = console.part(ExecutionService.class);
    acts.put("see a machine", caller -> machines.describe(caller, machine));
    acts.put("see an execution", caller -> executions.describe(caller, running));
    acts.put(
        "open an execution",
        caller -> console.part(ExecutionFinder.class).open(caller, "rests", "run"));
    acts.put("see functions", caller -> console.part(FunctionService.class).list(caller));
    acts.put("see connections", caller -> console.part(ConnectionService.class).list(caller));
    acts.put(
        "see batches",
        caller ->
            console
                .part(BatchService.class)
                .list(caller, new io.gradus.service.Page.Request(1, null)));
    acts.put(
        "see figures",
        caller -> console.part(StatisticsService.class).figures(caller, Range.HOUR, "rests"));
    acts.put(
        "see figures of states", caller -> console.part(StateSampling.class).of(caller, "rests"));
    acts.put("see triggers", caller -> console.part(TriggerService.class).list(caller));
    acts.put("see a trigger", caller -> console.part(TriggerService.class).describe(caller, "t"));
    acts.put("see its history", caller -> console.part(TriggerService.class).fires(caller, "t"));
    acts.put("see test cases", caller -> console.part(TestCaseService.class).list(caller, machine));
    var views = console.part(SavedViewService.class);
    acts.put("see views", views::list);
    acts.put("save a view", caller -> views.create(caller, view(false)));
    acts.put("count approvals", caller -> console.part(ApprovalService.class).counts(caller));
    return acts;
  }

  private Map<String, Act> running() {
    Map<String, Act> acts = new LinkedHashMap<>();
    var executions = console.part(ExecutionService.class);
    acts.put(
        "start",
        caller -> executions.start(caller, new Execution.Start(machine, null, "{}", null, null)));
    acts.put(
        "run test cases",
        caller -> console.part(TestRunService.class).runAll(caller, machine, null));
    var batches = console.part(BatchService.class);
    var none = new Batch.Selection.Picked(List.of(running + "-none"));
    var many = new Batch.Draft(Batch.Action.STOP, none, null, null);
    acts.put("forecast a batch", caller -> batches.dryRun(caller, many));
    acts.put("ask for a batch", caller -> batches.create(caller, many));
    acts.put("cancel a batch", caller -> batches.cancel(caller, "none"));
    acts.put(
        "share a view", caller -> console.part(SavedViewService.class).create(caller, view(true)));
    acts.put("redrive", caller -> executions.redrive(caller, running, null));
    acts.put("stop", caller -> executions.stop(caller, running + "-none", null, null));
    return acts;
  }

  private static SavedView.Draft view(boolean shared) {
    return new SavedView.Draft("v-" + UUID.randomUUID(), "status=failed", shared);
  }

  private Map<String, Act> authoring() {
    Map<String, Act> acts = new LinkedHashMap<>();
    var machines = console.part(StateMachineService.class);
    var functions = console.part(FunctionService.class);
    acts.put(
        "create a machine", caller -> machines.create(caller, draft("m-" + UUID.randomUUID())));
    acts.put(
        "change a machine",
        caller ->
            machines.update(
                caller, machine, new StateMachine.Change(DEFINITION + " ", null, null, null)));
    acts.put("delete a machine", caller -> machines.delete(caller, machine + "-none"));
    var cases = console.part(TestCaseService.class);
    var testCase = TestCaseJson.read("c", JsonMapper.shared().createObjectNode());
    acts.put("write a test case", caller -> cases.put(caller, machine, testCase));
    acts.put("delete a test case", caller -> cases.delete(caller, machine, "none"));
    acts.put(
        "import test cases",
        caller -> cases.importFile(caller, machine, "{\"testCases\": {}}", null));
    acts.put(
        "let a test case expect what comes",
        caller -> console.part(TestRunService.class).expectWhatComes(caller, machine, "none"));
    acts.put("register a function", caller -> functions.put(caller, "g", "http://127.0.0.1:9/", 5));
    acts.put("delete a function", caller -> functions.delete(caller, "none"));
    var triggers = console.part(TriggerService.class);
    acts.put(
        "create a trigger", caller -> triggers.create(caller, "t-" + UUID.randomUUID(), trigger()));
    acts.put("change a trigger", caller -> triggers.update(caller, "t", trigger()));
    acts.put("pause a trigger", caller -> triggers.setEnabled(caller, "t", false));
    acts.put("renew a secret", caller -> triggers.renewSecret(caller, "t"));
    acts.put("delete a trigger", caller -> triggers.delete(caller, "none"));
    return acts;
  }

  private Trigger.Draft trigger() {
    return new Trigger.Draft(machine, null, true, new Trigger.WantedWebhook(Trigger.Proof.KEY));
  }

  private Map<String, Act> approving() {
    Map<String, Act> acts = new LinkedHashMap<>();
    var approvals = console.part(ApprovalService.class);
    String none = UUID.randomUUID().toString();
    acts.put(
        "decide",
        caller ->
            approvals.decide(caller, none, new Approval.Answer(Approval.APPROVED, null, null)));
    acts.put("comment", caller -> approvals.comment(caller, none, "well"));
    acts.put("claim", caller -> approvals.claim(caller, none));
    return acts;
  }

  private static Connection.Draft slack() {
    return new Connection.Draft(
        "hook",
        ConnectionKind.SLACK,
        false,
        Map.of(),
        Map.of("url", "https://hooks.example.org/x"));
  }

  private Map<String, Act> administering() {
    Map<String, Act> acts = new LinkedHashMap<>();
    var members = console.part(MemberService.class);
    var keys = console.part(AccessKeyService.class);
    var audit = console.part(AuditService.class);
    var viewer = new MemberService.Part(Set.of(Role.VIEWER), Set.of());
    acts.put("see members", members::list);
    acts.put("add a member", caller -> members.add(caller, "nobody-at-all", viewer));
    acts.put(
        "invite a member", caller -> members.create(caller, new NewPerson("-", "x", null), viewer));
    acts.put("change a member", caller -> members.change(caller, "nobody-at-all", viewer));
    acts.put("remove a member", caller -> members.remove(caller, "nobody-at-all"));
    acts.put("reset a password", caller -> members.resetPassword(caller, "nobody-at-all"));
    acts.put("see keys", keys::list);
    var connections = console.part(ConnectionService.class);
    acts.put("make a connection", caller -> connections.put(caller, slack()));
    acts.put("delete a connection", caller -> connections.delete(caller, "none"));
    acts.put(
        "test a connection", caller -> console.part(ConnectionTrial.class).test(caller, "none"));
    acts.put("create a key", caller -> keys.create(caller, "k", Set.of(Role.VIEWER)));
    acts.put("rotate a key", caller -> keys.rotate(caller, "AKIANONE"));
    acts.put("replace a key", caller -> keys.replace(caller, "AKIANONE", Duration.ZERO));
    acts.put("revoke a key", caller -> keys.revoke(caller, "AKIANONE"));
    acts.put("see the audit log", caller -> audit.list(caller, AuditLog.Query.ALL, 9, 1));
    acts.put("verify the audit log", caller -> audit.verify(caller, (_, _) -> false));
    acts.put(
        "export the audit log",
        caller ->
            audit.export(
                caller, AuditLog.Query.ALL, AuditLog.Format.CSV, OutputStream.nullOutputStream()));
    return acts;
  }

  @Test
  void thePageOffersWhatTheRoleAllowsAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      Login login = console.as(account, role);
      try (Page page = console.page(login, 1440, 900, false)) {
        offers(page, role, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void offers(Page page, Role role, List<String> wrong) {
    String in = "/t/" + account;
    console.open(page, in + "/executions/rests/run");
    assertThat(page.locator(".g-exec-title")).isVisible();
    offer(page, "Stop…", role, Permission.RUN, wrong);
    offer(page, "New with this input", role, Permission.RUN, wrong);
    console.open(page, in + "/executions");
    offer(page, "Start execution…", role, Permission.RUN, wrong);
    console.open(page, in + "/functions");
    offer(page, "Register function…", role, Permission.AUTHOR, wrong);
    offer(page, "Delete…", role, Permission.AUTHOR, wrong);
    console.open(page, in + "/connections");
    offer(page, "New connection…", role, Permission.ADMINISTER, wrong);
    console.open(page, in + "/triggers");
    offer(page, "Create trigger…", role, Permission.AUTHOR, wrong);
    offer(page, "Delete…", role, Permission.AUTHOR, wrong);
    console.open(page, in + "/triggers/t");
    offer(page, "Renew secret…", role, Permission.AUTHOR, wrong);
    console.open(page, in + "/state-machines");
    offer(page, "Import…", role, Permission.AUTHOR, wrong);
    console.open(page, in + "/state-machines/rests/test-cases");
    offer(page, "New test case…", role, Permission.AUTHOR, wrong);
    for (String path : List.of("members", "audit", "access-keys")) {
      boolean linked = page.locator(".g-nav a[href$='/" + path + "']").count() > 0;
      if (linked != role.allows(Permission.ADMINISTER)) {
        wrong.add(role + (linked ? " is led to " : " is not led to ") + path);
      }
    }
  }

  @Test
  void aPageThatTheRoleDoesNotOpenSaysSo() {
    Login login = console.as(account, Role.APPROVER);
    try (Page page = console.page(login, 1440, 900, false)) {
      console.open(page, "/");
      assertThat(page).hasURL(Pattern.compile(".*/t/" + account + "/approvals"));
      for (String path : List.of("members", "audit", "access-keys")) {
        console.open(page, "/t/" + account + "/" + path);
        assertThat(page.getByText("Your roles do not open this page").last()).isVisible();
        assertThat(page.locator("main section p")).containsText("It takes the role admin");
        assertThat(page.locator("main section p")).not().containsText("arn:");
        assertThat(page.locator(".g-tenant button")).not().containsText("Tenants");
      }
      console.screenshot(page, "refused-light-1440");
    }
  }

  private static void offer(
      Page page, String button, Role role, Permission permission, List<String> wrong) {
    boolean shown =
        page.locator("vaadin-button:visible", new Page.LocatorOptions().setHasText(button)).count()
            > 0;
    if (shown != role.allows(permission)) {
      wrong.add(role + (shown ? " is offered " : " is not offered ") + button);
    }
  }

  private StateMachine.Draft draft(String name) {
    return new StateMachine.Draft(
        name,
        DEFINITION,
        "arn:aws:iam::" + account + ":role/any",
        MachineType.STANDARD,
        null,
        null,
        Map.of());
  }
}
