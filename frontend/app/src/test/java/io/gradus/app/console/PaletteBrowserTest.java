package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The command palette: what it finds, for whom, and where it leads.
@ConsoleTest
class PaletteBrowserTest {
  private static final int WIDE = 1440;
  private static final int HIGH = 900;

  private final ConsoleFixture console;

  PaletteBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void thePaletteFindsTriggersAndConnectionsAndOpensThem() {
    String account = console.newTenant("Palette");
    Login admin = console.as(account, Role.ADMIN);
    fill(account, admin);
    String others = console.newTenant("Palette of others");
    Login other = console.as(others, Role.ADMIN);
    trigger(others, other, "foreign-trigger");
    connection(others, other, "foreign-connection");
    Login viewer = console.as(account, Role.VIEWER);
    try (Page page = console.page(viewer, WIDE, HIGH, false)) {
      // when a part of its name is typed
      look(page, "night");

      // then the trigger is found, and Enter opens its page
      assertThat(found(page, "Trigger")).hasText("every-night");
      assertThat(found(page, "Executions by name")).hasText("night…");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "palette");
      page.keyboard().press("Enter");
      page.waitForURL("**/triggers/every-night");
      assertThat(page.locator(".g-palette")).hasCount(0);

      // and a connection where it stands in a long list
      look(page, "mail-40");
      page.keyboard().press("Enter");
      page.waitForURL("**/connections?name=mail-40");
      Locator row = page.locator(".g-rows tr[aria-current=true]");
      assertThat(row).containsText("mail-40");
      assertThat(row).isFocused();
      assertThat(row).isInViewport();
      look(page, "resize-im");
      found(page, "Function").click();
      page.waitForURL("**/functions?name=resize-image");
      assertThat(row).containsText("resize-image");

      // and one state machine among too many of the name is no reason to miss the others
      look(page, "mail");
      assertThat(page.locator(".g-palette li")).hasCount(13);
      assertThat(found(page, "Integration")).not().hasCount(0);
      assertThat(page.locator(".g-palette [role=status]")).containsText("more of the name");

      // and what is another tenant's is not found
      look(page, "foreign");
      assertThat(page.getByText("Nothing here has that in its name")).isVisible();
    }
  }

  @Test
  void thePaletteFindsTestCasesAndTheMapRunOfAnArn() {
    String account = console.newTenant("Palette cases");
    Login author = console.as(account, Role.AUTHOR, Role.OPERATOR);
    Caller caller = console.caller(author, account);
    String machine =
        machine(
            caller,
            "parcels",
            """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
              "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}""");
    console
        .part(TestCaseService.class)
        .importFile(
            caller, machine, "{\"testCases\": {\"two parcels\": {\"input\": [1, 2]}}}", null);
    String execution =
        console
            .part(ExecutionService.class)
            .start(caller, new Execution.Start(machine, "monday", "[1]", null, null))
            .arn();
    MapRunService mapRuns = console.part(MapRunService.class);
    var first = new io.gradus.service.Page.Request(1, null);
    console.await(() -> !mapRuns.list(caller, execution, first).items().isEmpty(), "a Map Run");
    String mapRun = mapRuns.list(caller, execution, first).items().getFirst().arn();
    try (Page page = console.page(console.as(account, Role.VIEWER), WIDE, HIGH, false)) {
      look(page, "two parcels");
      assertThat(found(page, "Test case")).hasText("two parcels · parcels");
      page.keyboard().press("Enter");
      page.waitForURL("**/state-machines/parcels/test-cases?case=two%20parcels");

      look(page, mapRun);
      assertThat(found(page, "Map Run")).hasText("monday");
      page.keyboard().press("Enter");
      page.waitForURL("**/executions/parcels/monday/map-runs/*");
      look(page, mapRun.substring(0, mapRun.lastIndexOf(':')) + ":" + new UUID(1, 2));
      assertThat(page.getByText("Nothing here has that in its name")).isVisible();
    }
    try (Page page = console.page(console.as(Role.VIEWER), WIDE, HIGH, false)) {
      look(page, "two parcels");
      assertThat(found(page, "Test case")).hasCount(0);
      look(page, mapRun);
      assertThat(page.getByText("Nothing here has that in its name")).isVisible();
    }
  }

  @Test
  void thePaletteFindsPeopleAndKeysForThoseWhoMayOpenTheirPages() {
    String account = console.newTenant("Palette roles");
    Login admin = console.as(account, Role.ADMIN);
    fill(account, admin);
    String login = "mara-" + account;
    console.person(login, "Mara Lind", account, Role.VIEWER);
    AccessKey.Fresh key =
        console
            .part(AccessKeyService.class)
            .create(console.caller(admin, account), "Nightly import", Set.of(Role.OPERATOR));
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.AUTHOR, Role.APPROVER)) {
      try (Page page = console.page(console.as(account, role), 390, 844, true)) {
        look(page, "mara");
        assertThat(page.getByText("Nothing here has that in its name")).isVisible();
        look(page, "night");
        assertThat(found(page, "Trigger")).hasCount(1);
        assertThat(found(page, "Access key")).hasCount(0);
        look(page, "audit");
        assertThat(page.getByText("Nothing here has that in its name")).isVisible();
      }
    }
    try (Page page = console.page(admin, WIDE, HIGH, true)) {
      look(page, "lind mara");
      assertThat(found(page, "Member")).hasText("Mara Lind · " + login);
      page.keyboard().press("Enter");
      page.waitForURL("**/members?login=" + login);
      assertThat(page.locator(".g-rows tr[aria-current=true]")).containsText("Mara Lind");
      console.axe(page);
      look(page, key.summary().id());
      page.keyboard().press("Enter");
      page.waitForURL("**/access-keys?key=" + key.summary().id());
      assertThat(page.locator(".g-rows tr[aria-current=true]")).containsText("Nightly import");
    }
  }

  @Test
  void thePaletteOpensWhatAnArnNames() {
    Login viewer = console.as(Role.VIEWER);
    String arn = "arn:aws:states:us-east-1:" + console.account() + ":execution:orders:order-7";
    try (Page page = console.page(viewer, WIDE, HIGH, false)) {
      look(page, " " + arn);
      assertThat(found(page, "Execution")).hasText("order-7");
      look(page, arn.replace(console.account(), "999999999999"));
      assertThat(page.getByText("Nothing here has that in its name")).isVisible();
      look(page, arn + ":and:more");
      assertThat(page.getByText("Nothing here has that in its name")).isVisible();
      look(page, arn);
      page.keyboard().press("Enter");
      page.waitForURL("**/executions/orders/order-7");
      look(page, "order-7");
      found(page, "Executions by name").click();
      page.waitForURL("**/executions?name=order-7");
      assertThat(page.getByLabel("Name begins with")).hasValue("order-7");
    }
  }

  private void fill(String account, Login admin) {
    trigger(account, admin, "every-night");
    for (int i = 0; i < 60; i++) {
      connection(account, admin, "mail-" + i);
    }
    console
        .part(FunctionService.class)
        .put(console.caller(admin, account), "resize-image", "http://127.0.0.1:9/", null);
  }

  private void trigger(String account, Login admin, String name) {
    Caller caller = console.caller(admin, account);
    String machine =
        machine(
            caller,
            "orders",
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}");
    var schedule = new Trigger.WantedSchedule("cron(0 3 1 1 ? *)", "UTC", null, null, true);
    console
        .part(TriggerService.class)
        .create(caller, name, new Trigger.Draft(machine, null, true, schedule));
  }

  private String machine(Caller caller, String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            caller,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + caller.account() + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private void connection(String account, Login admin, String name) {
    console
        .part(ConnectionService.class)
        .put(
            console.caller(admin, account),
            new Connection.Draft(
                name,
                ConnectionKind.EMAIL,
                false,
                Map.of("host", "mail.example.org", "from", "orders@example.org"),
                Map.of()));
  }

  private static void look(Page page, String name) {
    page.keyboard().press("Escape");
    // The server has heard of it when it is gone, not only closed.
    assertThat(page.locator(".g-palette")).hasCount(0);
    page.keyboard().press("Control+k");
    assertThat(page.getByLabel("Page, name or ARN")).isFocused();
    page.getByLabel("Page, name or ARN").fill(name);
    assertThat(
            page.locator(
                name.strip().startsWith("arn:")
                    ? ".g-palette :is([role=status]:not(:empty), a[href*='/executions/'])"
                    : ".g-palette a[href*='/executions?name=']"))
        .isVisible();
  }

  private static Locator found(Page page, String kind) {
    return page.locator(".g-palette li a")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.locator(
                        ".g-tertiary",
                        new Page.LocatorOptions().setHasText(Pattern.compile("^" + kind + "$")))))
        .locator(".g-palette-name");
  }
}
