package io.gradus.app.console;

import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.TenantId;
import io.gradus.postgres.RunningPostgres;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateService;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A tenant at work, to be looked at: people in groups, state machines, executions that went well,
/// failed, were caught, stopped, or still wait for a time or a person. A server has room for one.
final class Northwind {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SHIPPED =
      """
      {"Book shipment": [{"delaySeconds": 0.4, "return": {"StatusCode": 200, "Payload": {"trackingNumber": "JD0146"}}}]}""";

  /// Durations around a class of each machine's own, more by day than by night.
  private static final String A_DAY =
      """
      insert into execution_stat (tenant_id, span, bucket_at, state_machine_id, status, duration_class, executions)
      select tenant_id, 5, date_bin('5 minutes', now(), 'epoch') - n * interval '5 minutes', id, status, class,
        sum(round(load * share)) from (
        select m.*, n, m.weight * (30 + 16 * sin((n + 80) / 46.0) + 4 * sin(n * 1.7)) as load
        from (
          select s.tenant_id, s.id, s.name, v.weight, v.base
          from state_machine s join tenant t on t.id = s.tenant_id join (values
            ('order-fulfilment', 1.0, 42), ('photo-tagging', 0.6, 50), ('rates-update', 0.3, 28),
            ('invoice-booking', 0.2, 58)) v (name, weight, base) on v.name = s.name
          where t.account = ?) m
        cross join generate_series(1, 300) n) b
      cross join lateral (values
        (0, 0, 1.0), (1, base, 0.3), (1, base + 1, 0.35), (1, base + 2, 0.2), (1, base + 5, 0.08),
        (1, base + 10, 0.03),
        (2, base - 6, case when name = 'photo-tagging' and n < 52 then 0.25 when n % 7 = 3 then 0.05 else 0 end),
        (3, base + 14, case when n % 23 = 5 then 0.06 else 0 end),
        (4, base + 3, case when n % 41 = 7 then 0.05 else 0 end)) x (status, class, share)
      where round(load * share) > 0
      group by 1, 2, 3, 4, 5, 6
      on conflict do nothing""";

  final String account;
  final Login mara;
  final Login jonas;
  final Login vera;

  private final ConsoleFixture console;
  private final Caller author;

  /// Another one beside it, with nobody in it but one person.
  Northwind(ConsoleFixture console, String name, String suffix) {
    this.console = console;
    account = console.newTenant(name);
    mara = person("mara.rask." + suffix, "Mara Rask", Set.of(), Role.ADMIN);
    jonas = mara;
    vera = mara;
    author = console.caller(mara, account);
  }

  Northwind(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Northwind Media");
    mara = person("mara.rask", "Mara Rask", Set.of("finance", "platform"), Role.ADMIN);
    jonas = person("jonas.ek", "Jonas Ek", Set.of("finance", "rights"), Role.APPROVER);
    vera = person("vera.lund", "Vera Lund", Set.of(), Role.VIEWER);
    person("ida.holm", "Ida Holm", Set.of("platform-leads"), Role.AUTHOR, Role.APPROVER);
    person("nils.berg", "Nils Berg", Set.of("treasury"), Role.OPERATOR, Role.APPROVER);
    author = console.caller(mara, account);
  }

  private Login person(String login, String name, Set<String> groups, Role... roles) {
    Login made = console.person(login, name, account, roles);
    TenantId tenant = console.part(Tenants.class).findByAccount(account).orElseThrow().id();
    UUID user = console.part(Users.class).findByLogin(made.login()).orElseThrow().id();
    console.part(Users.class).setGroups(tenant, user, groups);
    return made;
  }

  /// Makes the state machines and starts what is to be seen.
  void work() {
    String orders = machine("order-fulfilment", "order-saga");
    for (int i = 0; i < 9; i++) {
      String input = order("SO-904" + (12 + i));
      start(orders, "SO-904" + (12 + i), "order-saga", input, i % 4 == 1 ? null : SHIPPED);
    }
    start(machine("photo-tagging", "image-tagging"), "harbour-jpg", "image-tagging", null, null);
    String books = machine("invoice-booking", "map-over-a-list");
    start(books, "invoices-2026-11-20", "map-over-a-list", null, null);
    start(
        machine("customer-profile", "parallel-enrichment"),
        "lena",
        "parallel-enrichment",
        null,
        null);
    start(machine("rates-update", "retry-and-catch"), "rates-0800", "retry-and-catch", null, null);
    String export = machine("order-export", "poll-until-done");
    start(export, "orders-2026-10", "poll-until-done", null, null);
    String endless =
        """
        {"Ask": [{"return": {"StatusCode": 200, "Payload": {"state": "RUNNING", "percent": 12}}}]}""";
    Execution.Started stopped = start(export, "orders-2026-09", "poll-until-done", null, endless);
    console
        .part(ExecutionService.class)
        .stop(author, stopped.arn(), "Superseded", "A newer export runs");
    start(
        machine("video-publishing", "video-publishing"),
        "harbour-tour",
        "video-publishing",
        null,
        null);
    report();
    ask();
  }

  /// Makes state machines of which a day was counted, in whose last hours one went badly.
  void aDay() {
    for (String name :
        List.of("order-fulfilment", "photo-tagging", "rates-update", "invoice-booking")) {
      machine(name, "retry-and-catch");
    }
    RunningPostgres postgres = console.part(RunningPostgres.class);
    try (Connection owner =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.superuser(), postgres.password());
        PreparedStatement day = owner.prepareStatement(A_DAY)) {
      day.setString(1, account);
      day.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Settles 900 orders, of which some are refused: about a quarter of a minute's work.
  ///
  /// @return where the Map Run is
  String settleOrders(String name) {
    String definition =
        """
        {"QueryLanguage": "JSONata", "StartAt": "Settle orders", "States": {"Settle orders": {"Type": "Map",
          "Label": "SettleOrders", "MaxConcurrency": 60, "ToleratedFailurePercentage": 10,
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Charge", "States": {
              "Charge": {"Type": "Wait", "Seconds": 1, "Next": "Charged?"},
              "Charged?": {"Type": "Choice", "Default": "Settled",
                "Choices": [{"Condition": "{% $states.input.card = 'expired' %}", "Next": "Refused"}]},
              "Refused": {"Type": "Fail", "Error": "CardExpired", "Cause": "The card expired before the order was sent."},
              "Settled": {"Type": "Pass", "End": true}}}, "End": true}}}""";
    String machine =
        console
            .part(StateMachineService.class)
            .create(
                author,
                new StateMachine.Draft(
                    "settle-" + name,
                    definition,
                    "arn:aws:iam::" + account + ":role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
    var orders = JSON.createArrayNode();
    for (int i = 0; i < 900; i++) {
      orders
          .addObject()
          .put("order", "SO-" + (90_000 + i))
          .put("card", i % 37 == 5 ? "expired" : "valid");
    }
    console
        .part(ExecutionService.class)
        .start(author, new Execution.Start(machine, name, orders.toString(), null, null));
    ExecutionFinder finder = console.part(ExecutionFinder.class);
    MapRunViews views = console.part(MapRunViews.class);
    console.await(
        () -> !views.of(author, finder.find(author, "settle-" + name, name)).isEmpty(),
        "a Map Run");
    return console.address()
        + "/t/%s/executions/settle-%s/%s/map-runs/%s"
            .formatted(
                account,
                name,
                name,
                views.of(author, finder.find(author, "settle-" + name, name)).getFirst().id());
  }

  /// Waits for tomorrow's eight o'clock.
  private void report() {
    String input =
        """
        {"at": "08:00", "utcOffset": "+0200", "recipients": ["team@northwind.example"], "repeat": true}""";
    start(machine("daily-report", "daily-report"), "report-next", "daily-report", input, null);
  }

  private void ask() {
    String expenses = machine("expense-approval", "expense-approval");
    String[][] claims = {
      {"E-2041", "Mara Lind", "418.6", "Train and two nights in Gothenburg, customer workshop"},
      {"E-2043", "Tove Ahl", "1290", "A camera lens for the product pictures"},
      {"E-2044", "Ravi Nair", "236.4", "Team dinner after the release"}
    };
    for (String[] claim : claims) {
      String mocks =
          """
          {"Read expense": [{"return": {"StatusCode": 200, "Payload": {"id": "%s", "employee": "%s", "email": "x@northwind.example",
            "amount": %s, "currency": "EUR", "purpose": "%s"}}}]}"""
              .formatted((Object[]) claim);
      String input =
          """
          {"expenseId": "%s", "limit": 100, "approver": "%s"}"""
              .formatted(claim[0], jonas.login());
      start(expenses, claim[0], "expense-approval", input, mocks);
    }
  }

  /// Starts the big one, which is to be seen while it runs.
  ///
  /// @return the execution's page
  String importPhotos(String name) {
    String machine = machine("photo-batch-import", "photo-batch-import");
    String input =
        """
        {"album": "harbour-days", "manifest": "uploads/harbour-days/manifest.json", "reviewer": "%s"}"""
            .formatted(jonas.login());
    start(machine, name, "photo-batch-import", input, null);
    return page("/executions/photo-batch-import/" + name);
  }

  /// A definition of three hundred states, saved.
  ///
  /// @return its studio's page
  String threeHundredStates() {
    create("claim-stations", stations(300));
    return page("/state-machines/claim-stations");
  }

  /// A definition whose names are as long as names may be, saved.
  ///
  /// @return its studio's page
  String longNames() {
    String name =
        "a-state-machine-whose-name-is-as-long-as-the-name-of-a-state-machine-may-be-here";
    ObjectNode root = JSON.createObjectNode();
    String first = "Ask everybody who has ever bought something whether they were pleased with it…";
    String second =
        "Überprüfe_den_Lieferschein_ohne_ein_einziges_Leerzeichen_in_diesem_langen_Namen_";
    root.put("StartAt", first);
    ObjectNode states = root.putObject("States");
    states
        .putObject(first)
        .put("Type", "Task")
        .put("Resource", "arn:aws:states:::lambda:invoke")
        .put("Next", second)
        .putObject("Parameters")
        .put("FunctionName", "ask-everybody-who-has-ever-bought-something-in-any-of-our-shops");
    states.putObject(second).put("Type", "Map").put("End", true);
    ((ObjectNode) states.get(second))
        .putObject("ItemProcessor")
        .put("StartAt", "Κάθε δελτίο αποστολής ελέγχεται προσεκτικά και αρχειοθετείται")
        .putObject("States")
        .putObject("Κάθε δελτίο αποστολής ελέγχεται προσεκτικά και αρχειοθετείται")
        .put("Type", "Succeed");
    create(name, root.toPrettyString());
    return page("/state-machines/" + name);
  }

  /// The definition of a long machine, with so many states and one for its end.
  static String stations(int states) {
    ObjectNode root = JSON.createObjectNode();
    root.put("Comment", "Every station of a claim, from its first call to its last letter.");
    root.put("StartAt", "Station 1");
    ObjectNode members = root.putObject("States");
    int stations = states / 3;
    for (int i = 1; i <= stations; i++) {
      ObjectNode task = members.putObject("Station " + i);
      task.put("Type", "Task").put("Resource", "arn:aws:states:::lambda:invoke");
      task.putObject("Parameters").put("FunctionName", "station-" + i);
      task.put("Next", "Clear " + i + "?");
      ObjectNode choice = members.putObject("Clear " + i + "?");
      choice.put("Type", "Choice");
      ObjectNode rule = choice.putArray("Choices").addObject();
      rule.put("Variable", "$.clear").put("BooleanEquals", true);
      rule.put("Next", i == stations ? "Closed" : "Station " + (i + 1));
      choice.put("Default", "Look again " + i);
      ObjectNode wait = members.putObject("Look again " + i);
      wait.put("Type", "Wait").put("Seconds", 60);
      wait.put("Next", i % 7 == 0 && i < stations ? "Station " + (i + 1) : "Station " + i);
    }
    members.putObject("Closed").put("Type", "Succeed");
    return root.toPrettyString();
  }

  /// A page of this tenant.
  String page(String path) {
    return console.address() + "/t/" + account + path;
  }

  private static String order(String id) {
    return """
    {"order": {"id": "%s", "email": "lena@example.com", "card": "tok_visa_4242",
      "address": {"street": "Storgatan 4", "city": "Kiruna", "country": "SE"},
      "lines": [{"sku": "LAMP-02", "quantity": 2, "price": 49.5}]}}"""
        .formatted(id);
  }

  private String machine(String name, String template) {
    return create(name, template(template).definition());
  }

  private String create(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            author,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + account + ":role/gradus",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private Template template(String id) {
    return console.part(TemplateService.class).find(id).orElseThrow();
  }

  /// @param input null for the template's
  /// @param mocks that replace the template's; null for none
  private Execution.Started start(
      String machine,
      String name,
      String template,
      @Nullable String input,
      @Nullable String mocks) {
    ObjectNode all = (ObjectNode) JSON.readTree(template(template).mocks());
    if (mocks != null) {
      for (Map.Entry<String, JsonNode> mock : JSON.readTree(mocks).properties()) {
        all.set(mock.getKey(), mock.getValue());
      }
    }
    return console
        .part(ExecutionService.class)
        .start(
            author,
            new Execution.Start(
                machine,
                name,
                input == null ? template(template).inputFor(mara.login()) : input,
                null,
                all.toString()));
  }
}
