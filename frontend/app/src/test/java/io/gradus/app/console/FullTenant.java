package io.gradus.app.console;

import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.model.StateName;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchService;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.log.LogPage;
import io.gradus.service.log.LogService;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import io.gradus.store.engine.StatisticRows;
import io.gradus.store.engine.TriggerRows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A tenant in which given texts stand in every place that a person or a program writes to: names
/// of states, inputs, outputs, errors and causes, mocks, approvals with their forms and comments,
/// the names of people and groups, keys, functions.
final class FullTenant {
  static final String MACHINE = "everything";
  static final String RUN = "run";

  /// A machine with a Map Run that runs, and one that failed.
  static final String MAPS = "maps";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ASKS = "asks";

  private final ConsoleFixture console;
  private final List<String> texts;
  private final String account;
  private final Login admin;
  private final Caller caller;

  private FullTenant(ConsoleFixture console, List<String> texts) {
    this.console = console;
    this.texts = List.copyOf(texts);
    account = console.newTenant(texts.getFirst());
    admin = console.operator("full-" + account, texts.get(1), account, Role.ADMIN);
    caller = console.caller(admin, account);
  }

  static FullTenant of(ConsoleFixture console, List<String> texts) {
    FullTenant made = new FullTenant(console, texts);
    made.people();
    made.keysAndFunctions();
    made.executions();
    made.mapRuns();
    made.batch();
    made.views();
    made.triggers();
    made.testCases();
    made.published();
    made.approvals();
    console.part(StatisticRows.class).refresh(Duration.ZERO);
    return made;
  }

  String account() {
    return account;
  }

  /// Its administrator, who is a platform operator too.
  Login admin() {
    return admin;
  }

  /// Every text, as one.
  String all() {
    return String.join("\n", texts);
  }

  /// The approvals that are open, newest first.
  List<Approval.Summary> open() {
    return console
        .part(ApprovalService.class)
        .list(caller, Approval.Which.OPEN, new Page.Request(texts.size(), null))
        .items();
  }

  private void people() {
    Users users = console.part(Users.class);
    TenantId tenant = console.part(Tenants.class).findByAccount(account).orElseThrow().id();
    for (int i = 0; i < texts.size(); i++) {
      Login made = console.person("p" + i + "-" + account, texts.get(i), account, Role.VIEWER);
      UUID id = users.findByLogin(made.login()).orElseThrow().id();
      users.setGroups(tenant, id, Set.of(texts.get(i)));
    }
  }

  private void keysAndFunctions() {
    for (int i = 0; i < texts.size(); i++) {
      console.part(AccessKeyService.class).create(caller, texts.get(i), Set.of(Role.VIEWER));
      String query = URLEncoder.encode(texts.get(i), StandardCharsets.UTF_8);
      console
          .part(FunctionService.class)
          .put(caller, "f-" + i, "http://127.0.0.1:9/?" + query, null);
      console
          .part(ConnectionService.class)
          .put(
              caller,
              new Connection.Draft(
                  "c-" + i,
                  ConnectionKind.EMAIL,
                  false,
                  Map.of(
                      "host",
                      "mail",
                      "from",
                      "orders@example.org",
                      "username",
                      texts.get(i).replaceAll("\\p{Cntrl}", "")),
                  Map.of("password", "a secret")));
    }
  }

  /// One execution that visits a state for each text, which fails with it and is caught, and fails
  /// for good at last.
  private void executions() {
    StateMachineService machines = console.part(StateMachineService.class);
    String arn = create(MACHINE, definition("before"));
    String group = "arn:aws:logs:us-east-1:" + account + ":log-group:/gradus/evil:*";
    machines.update(
        caller,
        arn,
        new StateMachine.Change(
            definition(all()),
            null,
            new LoggingConfiguration(LogLevel.ALL, true, List.of(group)),
            null));
    ObjectNode input = JSON.createObjectNode();
    ArrayNode said = input.putArray(texts.getFirst());
    texts.forEach(said::add);
    ObjectNode mocks = JSON.createObjectNode();
    for (String text : texts) {
      mocks
          .putArray(text)
          .addObject()
          .putObject("throw")
          .put("error", text)
          .put("cause", text + all());
    }
    String run = start(arn, RUN, input.toString(), mocks.toString());
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(
        () -> executions.describe(caller, run).status() == ExecutionStatus.FAILED,
        "the execution's end");
    LogService logs = console.part(LogService.class);
    console.await(
        () -> !logs.list(caller, LogPage.Query.ALL, null, 1).entries().isEmpty(), "its log");
  }

  /// One Map Run that goes on, with an item for each text that fails with it, and one that fails.
  private void mapRuns() {
    String text = texts.getFirst();
    ObjectNode root = JSON.createObjectNode().put("StartAt", text);
    root.put("QueryLanguage", "JSONata");
    ObjectNode map = root.putObject("States").putObject(text);
    map.put("Type", "Map").put("End", true);
    map.put("ToleratedFailureCount", "{% $count($states.input) > 1 ? 1000 : 0 %}");
    ObjectNode processor = map.putObject("ItemProcessor").put("StartAt", "Which");
    processor
        .putObject("ProcessorConfig")
        .put("Mode", "DISTRIBUTED")
        .put("ExecutionType", "STANDARD");
    ObjectNode states = processor.putObject("States");
    ObjectNode which = states.putObject("Which").put("Type", "Choice").put("Default", texts.get(1));
    which
        .putArray("Choices")
        .addObject()
        .put("Condition", "{% $states.input = 'wait' %}")
        .put("Next", "Wait");
    states.putObject("Wait").put("Type", "Wait").put("Seconds", 3_600).put("End", true);
    ObjectNode fail = states.putObject(texts.get(1)).put("Type", "Fail");
    fail.put("Error", "{% $substring($states.input, 0, 200) %}").put("Cause", all());
    String arn = create(MAPS, root.toString());
    ArrayNode items = JSON.createArrayNode();
    texts.forEach(items::add);
    String broken = start(arn, "broken", JSON.createArrayNode().add(text).toString(), null);
    start(arn, RUN, items.add("wait").toString(), null);
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(
        () -> executions.describe(caller, broken).status() == ExecutionStatus.FAILED,
        "the failed Map Run's end");
    console.await(() -> mapRun(RUN).progress().failed() == texts.size(), "the failed items");
  }

  private MapRun mapRun(String execution) {
    ExecutionFinder.Row row = console.part(ExecutionFinder.class).find(caller, MAPS, execution);
    List<MapRun> runs = console.part(MapRunViews.class).of(caller, row);
    return runs.isEmpty()
        ? new MapRun(
            new UUID(0, 0),
            new StateName("none"),
            "none",
            MapRun.Status.RUNNING,
            MapProgress.begun(0, new Fact.Tolerance(null, null)),
            null,
            Instant.EPOCH,
            null,
            0,
            null)
        : runs.getFirst();
  }

  /// Where the Map Run of an execution is.
  String mapRunAddress(String execution) {
    return "/t/%s/executions/%s/%s/map-runs/%s"
        .formatted(account, MAPS, execution, mapRun(execution).id());
  }

  /// One that is over, with the texts in what it was asked for.
  private void batch() {
    BatchService batches = console.part(BatchService.class);
    String end = texts.getFirst() + texts.get(1);
    var wanted = new ExecutionFinder.Wanted(MACHINE, Set.of(), null, null, null, end);
    String id =
        batches
            .create(
                caller,
                new Batch.Draft(
                    Batch.Action.STOP, new Batch.Selection.Matching(wanted), end, all()))
            .id();
    console.await(() -> batches.get(caller, id).endedAt() != null, "the batch's end");
  }

  /// Where the batch is.
  String batchAddress() {
    Page.Request first = new Page.Request(1, null);
    Batch batch = console.part(BatchService.class).list(caller, first).items().getFirst();
    return "/t/" + account + "/batches/" + batch.id();
  }

  /// One for each text, whose name and filter it is, and one that somebody else shares.
  private void views() {
    SavedViewService views = console.part(SavedViewService.class);
    for (int i = 0; i < texts.size(); i++) {
      String query = "name=" + URLEncoder.encode(texts.get(i), StandardCharsets.UTF_8);
      views.create(caller, new SavedView.Draft(texts.get(i), query, i % 2 == 0));
    }
    Login other = console.as(account, Role.OPERATOR);
    views.create(
        console.caller(other, account),
        new SavedView.Draft("z" + texts.get(1).substring(1), "machine=" + MACHINE, true));
  }

  /// One of each kind, with the texts in its template and in its last error.
  private void triggers() {
    TriggerService triggers = console.part(TriggerService.class);
    String machine = "arn:aws:states:us-east-1:" + account + ":stateMachine:" + MACHINE;
    String template = JSON.createObjectNode().put("all", all()).toString();
    var hook = new Trigger.WantedWebhook(Trigger.Proof.KEY);
    triggers.create(caller, "hook", new Trigger.Draft(machine, template, true, hook));
    var schedule =
        new Trigger.WantedSchedule("cron(0 9 ? * MON-FRI *)", "Europe/Helsinki", null, null, true);
    triggers.create(caller, "schedule", new Trigger.Draft(machine, null, false, schedule));
    // No tenant but the first has an AWS connection.
    var queue = new Trigger.WantedQueue("http://127.0.0.1:9/q", 10);
    triggers.create(caller, "queue", new Trigger.Draft(machine, template, true, queue));
    TenantId tenant = console.part(Tenants.class).findByAccount(account).orElseThrow().id();
    for (String text : texts) {
      console
          .part(TriggerRows.class)
          .fired(
              tenant,
              triggers.describe(caller, "hook").id(),
              new TriggerRows.Fired(text, null, text, text + all()));
    }
  }

  /// One that goes through every state and ends otherwise than it expects, and one whose output
  /// differs.
  private void testCases() {
    ObjectNode cases = JSON.createObjectNode();
    ObjectNode all = cases.putObject("testCases").putObject("every text");
    all.put("description", texts.getFirst());
    ObjectNode answers = all.putObject("mocks");
    for (String text : texts) {
      ObjectNode thrown = answers.putObject(text).putObject("0").putObject("Throw");
      thrown.put("Error", text).put("Cause", text);
    }
    all.putObject("expected").put("error", texts.getFirst()).putArray("path").add(texts.get(1));
    run(arnOf(MACHINE), cases);
    create(
        "echo", "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true}}}");
    ObjectNode echo = JSON.createObjectNode();
    ObjectNode one = echo.putObject("testCases").putObject("echo");
    one.putObject("input").put(texts.getFirst(), all());
    one.putObject("expected").putObject("output").put(texts.get(1), all());
    run(arnOf("echo"), echo);
  }

  /// A version, and an alias for each text.
  private void published() {
    String version =
        console
            .part(VersionService.class)
            .publish(caller, arnOf(MACHINE), null, texts.getFirst())
            .arn();
    for (int i = 0; i < texts.size(); i++) {
      console
          .part(AliasService.class)
          .create(caller, "a-" + i, texts.get(i), List.of(new AliasService.Route(version, 100)));
    }
  }

  private void run(String arn, ObjectNode cases) {
    console.part(TestCaseService.class).importFile(caller, arn, cases.toString(), null);
    console.part(TestRunService.class).runAll(caller, arn, null);
  }

  private String arnOf(String machine) {
    return "arn:aws:states:us-east-1:" + account + ":stateMachine:" + machine;
  }

  private String definition(String comment) {
    ObjectNode root = JSON.createObjectNode();
    root.put("Comment", comment).put("StartAt", texts.getFirst());
    ObjectNode states = root.putObject("States");
    for (int i = 0; i < texts.size(); i++) {
      String next = i + 1 < texts.size() ? texts.get(i + 1) : "The end";
      ObjectNode state = states.putObject(texts.get(i));
      state.put("Type", "Task").put("Comment", texts.get(i));
      state.put("Resource", "arn:aws:states:::lambda:invoke").put("Next", next);
      state.putObject("Parameters").put("FunctionName", "f-" + i).put("Payload", texts.get(i));
      ObjectNode caught = state.putArray("Catch").addObject();
      caught.putArray("ErrorEquals").add("States.ALL");
      caught.put("Next", next).put("ResultPath", "$.caught");
    }
    ObjectNode end = states.putObject("The end");
    end.put("Type", "Fail").put("Error", texts.getFirst() + texts.get(1)).put("Cause", all());
    return root.toString();
  }

  private void approvals() {
    String asks =
        """
        {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {"Ask": {"Type": "Task",
          "Resource": "arn:aws:states:::approval:request.waitForTaskToken",
          "Arguments": "{% $states.input %}", "End": true}}}\
        """;
    String arn = create(ASKS, asks);
    for (int i = 0; i < texts.size(); i++) {
      start(arn, "ask-" + i, question(texts.get(i)).toString(), null);
    }
    console.await(() -> open().size() == texts.size(), "every approval");
    List<Approval.Summary> open = open();
    ApprovalService approvals = console.part(ApprovalService.class);
    texts.forEach(text -> approvals.comment(caller, open.getFirst().id(), text));
    approvals.decide(
        caller, open.getLast().id(), new Approval.Answer(Approval.REJECTED, all(), null));
  }

  private ObjectNode question(String text) {
    ObjectNode asked = JSON.createObjectNode();
    asked.put("Title", text).put("Description", all()).put("AllowStarter", true);
    ObjectNode context = asked.putObject("Context");
    context.put(text, text).putObject("link").put("label", text).put("url", text);
    ArrayNode list = context.putArray("all");
    texts.forEach(list::add);
    ObjectNode approvers = asked.putObject("Approvers");
    approvers.putArray("Users").add(admin.login()).add(text);
    approvers.putArray("Groups").add(text);
    asked.putArray("Outcomes").add("LATER");
    ObjectNode fields = asked.putObject("Form").put("type", "object").putObject("properties");
    fields
        .putObject("x")
        .put("type", "string")
        .put("title", text)
        .put("description", text)
        .put("default", text);
    ArrayNode choices = fields.putObject("y").put("title", text).putArray("enum");
    texts.forEach(choices::add);
    return asked;
  }

  private String create(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            caller,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private String start(String machine, String name, String input, @Nullable String mocks) {
    return console
        .part(ExecutionService.class)
        .start(caller, new Execution.Start(machine, name, input, null, mocks))
        .arn();
  }
}
