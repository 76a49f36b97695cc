package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.LogLevel;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.LogWriting;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The page of what was logged, and where it is chosen how much is.
@ConsoleTest
class LogsBrowserTest {
  private static final String PASS =
      "{\"StartAt\":\"Greet\",\"States\":{\"Greet\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String FAIL =
      "{\"StartAt\":\"No\",\"States\":{\"No\":{\"Type\":\"Fail\",\"Error\":\"OutOfStock\",\"Cause\":\"None of"
          + " article 4711 is left\"}}}";

  private final ConsoleFixture console;

  LogsBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void whatWasLoggedIsFilteredOpenedAndTakenOut() throws Exception {
    String account = console.newTenant("Logs");
    Login author = console.as(account, Role.AUTHOR);
    Login operator = console.as(account, Role.OPERATOR);
    try (Page page = console.page(author, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/logs");
      assertThat(page.getByText("Nothing was logged yet")).isVisible();
      console.screenshot(page, "logs-empty");
    }
    String greet = machine(author, account, "greet", PASS, MachineType.STANDARD, LogLevel.ALL);
    String stock = machine(author, account, "stock", FAIL, MachineType.STANDARD, LogLevel.ERROR);
    String quick = machine(author, account, "quick", PASS, MachineType.EXPRESS, LogLevel.ALL);
    start(operator, account, greet, "hello-1");
    start(operator, account, stock, "order-17");
    console
        .part(ExecutionService.class)
        .startSync(
            console.caller(operator, account),
            new Execution.Start(quick, "once", null, null, null));

    try (Page page = console.page(author, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/logs");
      Locator rows = page.locator(".g-rows tbody tr.g-openable");
      assertThat(page.locator("main")).containsText("OutOfStock: None of article 4711 is left");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Refresh")).click();
      assertThat(rows).hasCount(10);
      assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("hello-1")))
          .hasCount(4);
      // it ran in memory: there is no page of it
      assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("once")))
          .hasCount(0);
      console.axe(page);
      console.screenshot(page, "logs");

      page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("State machine"))
          .fill("stock");
      page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("stock")).click();
      assertThat(rows).hasCount(2);
      assertThat(page).hasURL(java.util.regex.Pattern.compile(".*machine=stock.*"));

      page.navigate(console.address() + "/t/" + account + "/logs?level=fatal");
      assertThat(rows).hasCount(1);
      page.navigate(console.address() + "/t/" + account + "/logs?text=aRticle&execution=ORDER-17");
      assertThat(rows).hasCount(1);
      page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Whole event 3 of order-17"))
          .click();
      assertThat(page.locator(".g-entry pre")).containsText("\"error\": \"OutOfStock\"");
      console.screenshot(page, "logs-open");

      Download lines = page.waitForDownload(() -> page.getByText("Export JSON lines").click());
      assertThat(Files.readString(lines.path()))
          .startsWith("{\"id\":\"3\",\"type\":\"ExecutionFailed\"")
          .hasLineCount(1);
      Download csv = page.waitForDownload(() -> page.getByText("Export CSV").click());
      assertThat(Files.readString(csv.path()))
          .startsWith("time,state_machine,level,type,id,execution_arn,message\r\n")
          .contains("\"stock\",FATAL,\"ExecutionFailed\",3,");

      page.navigate(console.address() + "/t/" + account + "/logs?text=unheard");
      assertThat(page.getByText("No event is like that")).isVisible();
      page.navigate(console.address() + "/t/" + account + "/logs?machine=stock");
      assertThat(rows).hasCount(2);
      start(operator, account, stock, "order-18");
      page.getByText("2 new").click();
      assertThat(rows).hasCount(4);
    }
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = console.page(author, dark ? 1440 : 390, 844, dark)) {
        page.navigate(console.address() + "/t/" + account + "/logs");
        assertThat(page.locator(".g-rows tbody tr.g-openable")).hasCount(12);
        console.axe(page);
        console.screenshot(page, dark ? "logs-dark" : "logs-phone");
      }
    }
  }

  @Test
  void howMuchIsLoggedIsChosenInTheSettings() {
    String account = console.newTenant("Logs");
    Login author = console.as(account, Role.AUTHOR);
    String arn = machine(author, account, "m", PASS, MachineType.STANDARD, LogLevel.OFF);
    Caller caller = console.caller(author, account);
    try (Page page = console.page(author, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/state-machines/m");
      page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("More")).click();
      page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Settings…")).click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      dialog.getByLabel("Log level").click();
      page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("All events")).click();
      dialog.getByText("Log inputs and outputs too").click();
      assertThat(dialog.getByLabel("Log group ARN"))
          .hasValue("arn:aws:logs:us-east-1:" + account + ":log-group:/gradus/m:*");
      console.screenshot(page, "machine-logging");
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
      assertThat(page.getByText("Executions that are started from now on are logged like that"))
          .isVisible();
    }
    assertThat(console.part(StateMachineService.class).describe(caller, arn).logging())
        .isEqualTo(
            new LoggingConfiguration(
                LogLevel.ALL,
                true,
                List.of("arn:aws:logs:us-east-1:" + account + ":log-group:/gradus/m:*")));
  }

  @Test
  void whatCannotBeSentIsSaidWithItsReason() {
    String account = console.newTenant("Logs");
    Login author = console.as(account, Role.AUTHOR);
    TenantId tenant = console.caller(author, account).tenant();
    ExecutionKey key = new ExecutionKey(tenant, UUID.randomUUID());
    Instant at = Instant.now().minusSeconds(60);
    String arn = "arn:aws:states:us-east-1:" + account + ":execution:orders:one";
    String group = "arn:aws:logs:us-east-1:" + account + ":log-group:/aws/orders:*";
    console
        .part(LogWriting.class)
        .write(
            new LogWriting.Batch(
                List.of(
                    new LogWriting.Event(
                        key, 1, at, "orders", 0, "ExecutionStarted", arn, "{}", 2, false)),
                List.of(new LogWriting.Outgoing(key, 1, 1, group, "orders", at, 1, 2))));
    console.part(LogBounds.class).lost(tenant, 3, "More was to be logged than could be written");
    try (Page page = console.page(author, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/logs");
      assertThat(page.locator("main")).containsText("Sending to CloudWatch Logs fails");
      assertThat(page.locator("main")).containsText("The tenant has no AWS connection");
      assertThat(page.locator("main")).containsText("1 waiting");
      assertThat(page.locator("main")).containsText("Runs of events that are not in this log: 3");
      console.axe(page);
      console.screenshot(page, "logs-failing");
    }
  }

  private void start(Login who, String account, String machine, String name) {
    console
        .part(ExecutionService.class)
        .start(console.caller(who, account), new Execution.Start(machine, name, null, null, null));
  }

  private String machine(
      Login who, String account, String name, String definition, MachineType type, LogLevel level) {
    return console
        .part(StateMachineService.class)
        .create(
            console.caller(who, account),
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + account + ":role/any",
                type,
                level == LogLevel.OFF
                    ? null
                    : new LoggingConfiguration(
                        level,
                        false,
                        List.of(
                            "arn:aws:logs:us-east-1:"
                                + account
                                + ":log-group:/gradus/"
                                + name
                                + ":*")),
                null,
                Map.of()))
        .arn();
  }
}
