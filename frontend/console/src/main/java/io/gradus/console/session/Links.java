package io.gradus.console.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where pages are, relative to the console's root: a link says its tenant, so that it can be
/// shared and two tabs can show two tenants. Features link to each other by these and do not know
/// each other's classes.
public final class Links {
  /// The person's own profile.
  public static final String PROFILE = "profile";

  /// All tenants, for the platform operator.
  public static final String TENANTS = "tenants";

  private Links() {}

  /// A tenant's first page.
  public static String tenant(String account) {
    return "t/" + account;
  }

  /// The state machines of a tenant.
  public static String stateMachines(String account) {
    return tenant(account) + "/state-machines";
  }

  /// Where a new state machine is begun.
  public static String create(String account) {
    return tenant(account) + "/create";
  }

  /// Where a new state machine is begun from a template.
  public static String createFrom(String account, String template) {
    return create(account) + "?template=" + encoded(template);
  }

  /// The studio of a state machine.
  public static String stateMachine(String account, String machine) {
    return stateMachines(account) + "/" + encoded(plain(machine));
  }

  /// The studio of a state machine, where an execution with this input is offered at once.
  public static String startWith(String account, String machine, String input) {
    return stateMachine(account, machine) + "?input=" + encoded(input);
  }

  /// The revisions of a state machine.
  public static String revisions(String account, String machine) {
    return stateMachine(account, machine) + "/revisions";
  }

  /// What differs between two revisions of a state machine.
  public static String revisions(String account, String machine, int from, int to) {
    return revisions(account, machine) + "?from=" + from + "&to=" + to;
  }

  /// The versions and aliases of a state machine.
  public static String versions(String account, String machine) {
    return stateMachine(account, machine) + "/versions";
  }

  /// The test cases of a state machine.
  public static String testCases(String account, String machine) {
    return stateMachine(account, machine) + "/test-cases";
  }

  /// A test case, where it stands among the others.
  public static String testCase(String account, String machine, String name) {
    return testCases(account, machine) + "?case=" + encoded(name);
  }

  /// The templates.
  public static String templates(String account) {
    return tenant(account) + "/templates";
  }

  /// A template.
  public static String template(String account, String id) {
    return templates(account) + "/" + encoded(id);
  }

  /// How the executions of a tenant went, in figures.
  public static String dashboard(String account) {
    return tenant(account) + "/dashboard";
  }

  /// How the executions of one state machine went, in figures.
  public static String dashboardOf(String account, String machine) {
    return dashboard(account) + "?machine=" + encoded(machine);
  }

  /// The executions of a tenant.
  public static String executions(String account) {
    return tenant(account) + "/executions";
  }

  /// The executions of one state machine.
  public static String executionsOf(String account, String machine) {
    return executions(account) + "?machine=" + encoded(machine);
  }

  /// The executions whose name begins so.
  public static String executionsNamed(String account, String name) {
    return executions(account) + "?name=" + encoded(name);
  }

  /// The executions that a saved view lists.
  ///
  /// @param query the parameters of the address; empty for all of them
  public static String executionsWhere(String account, String query) {
    return executions(account) + (query.isEmpty() ? "" : "?" + query);
  }

  /// An execution.
  public static String execution(String account, String machine, String name) {
    return executions(account) + "/" + encoded(plain(machine)) + "/" + encoded(name);
  }

  /// Two executions beside each other, of one state machine or of two.
  public static String comparison(
      String account, String machine, String name, String otherMachine, String otherName) {
    return execution(account, machine, name)
        + "/compare/"
        + encoded(plain(otherMachine))
        + "/"
        + encoded(otherName);
  }

  /// A Map Run of an execution.
  public static String mapRun(String account, String machine, String name, String id) {
    return execution(account, machine, name) + "/map-runs/" + encoded(id);
  }

  /// The batches of a tenant.
  public static String batches(String account) {
    return tenant(account) + "/batches";
  }

  /// A batch.
  public static String batch(String account, String id) {
    return batches(account) + "/" + encoded(id);
  }

  /// What was logged of executions.
  public static String logs(String account) {
    return tenant(account) + "/logs";
  }

  /// The approvals.
  public static String approvals(String account) {
    return tenant(account) + "/approvals";
  }

  /// An approval.
  public static String approval(String account, String id) {
    return approvals(account) + "/" + encoded(id);
  }

  /// The access keys.
  public static String accessKeys(String account) {
    return tenant(account) + "/access-keys";
  }

  /// An access key, where it stands among the others.
  public static String accessKey(String account, String id) {
    return accessKeys(account) + "?key=" + encoded(id);
  }

  /// The functions.
  public static String functions(String account) {
    return tenant(account) + "/functions";
  }

  /// A function, where it stands among the others.
  public static String function(String account, String name) {
    return functions(account) + "?name=" + encoded(name);
  }

  /// A tenant's connections.
  public static String connections(String account) {
    return tenant(account) + "/connections";
  }

  /// A connection, where it stands among the others.
  public static String connection(String account, String name) {
    return connections(account) + "?name=" + encoded(name);
  }

  /// What a Task can call.
  public static String integrations(String account) {
    return tenant(account) + "/integrations";
  }

  /// What a Task can call of one service.
  public static String integration(String account, String service) {
    return integrations(account) + "/" + service;
  }

  /// The triggers.
  public static String triggers(String account) {
    return tenant(account) + "/triggers";
  }

  /// A trigger.
  public static String trigger(String account, String name) {
    return triggers(account) + "/" + encoded(name);
  }

  /// The members.
  public static String members(String account) {
    return tenant(account) + "/members";
  }

  /// A member, where they stand among the others.
  public static String member(String account, String login) {
    return members(account) + "?login=" + encoded(login);
  }

  /// The audit log.
  public static String audit(String account) {
    return tenant(account) + "/audit";
  }

  /// The ARN of a child of a Map Run names its state machine with the label of the Map; its page is
  /// with the state machine's own.
  private static String plain(String machine) {
    int label = machine.indexOf('/');
    return label < 0 ? machine : machine.substring(0, label);
  }

  /// A text as one segment of a path or one value of a query.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
