package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.engine.StatisticRows;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The figures of a tenant whose executions are known.
@ConsoleTest
class DashboardBrowserTest {
  private static final String PAYS =
      """
      {"StartAt":"Check","States":{
        "Check":{"Type":"Pass","Next":"Which"},
        "Which":{"Type":"Choice","Default":"Paid","Choices":[
          {"Variable":"$.broke","BooleanEquals":true,"Next":"Declined"}]},
        "Declined":{"Type":"Fail","Error":"Payment.Declined","Cause":"c"},
        "Paid":{"Type":"Succeed"}}}""";

  private static final String WAITS =
      """
      {"StartAt":"W","TimeoutSeconds":%d,"States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""";

  private static final String GOOD = "{\"broke\":false}";
  private static final String BROKE = "{\"broke\":true}";

  private final ConsoleFixture console;
  private final String account;
  private final String in;
  private final Caller author;

  DashboardBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Dashboards");
    in = "/t/" + account;
    author = console.caller(console.as(account, Role.AUTHOR), account);
  }

  @Test
  void knownExecutionsAreCountedShownAndFollowed() {
    Login viewer = console.as(account, Role.VIEWER);
    try (Page page = console.page(viewer, 1440, 900, false)) {
      console.open(page, in + "/dashboard");
      assertThat(page.locator(".g-empty h2"))
          .hasText(Pattern.compile("No executions in this time|Nothing is counted yet"));
      assertThat(figure(page, "Started")).hasText("0");
      console.axe(page);
      console.screenshot(page, "dashboard-empty");
    }
    String payments = machine("payments", PAYS, MachineType.STANDARD);
    String reminders = machine("reminders", WAITS.formatted(3_600), MachineType.STANDARD);
    String hurried = machine("hurried", WAITS.formatted(1), MachineType.STANDARD);
    for (int i = 0; i < 5; i++) {
      ended(start(payments, "good-" + i, GOOD));
    }
    ended(start(payments, "bad-1", BROKE));
    ended(start(payments, "bad-2", BROKE));
    ended(start(hurried, "late-1", "{}"));
    start(reminders, "open-1", "{}");
    String stopped = start(reminders, "stopped-1", "{}");
    console.part(ExecutionService.class).stop(author, stopped, "Ops.Stopped", null);
    ended(stopped);
    count();

    try (Page page = console.page(viewer, 1440, 900, false)) {
      // the way there
      console.open(page, in + "/state-machines");
      page.locator(".g-nav").getByText("Dashboard").click();
      page.waitForURL("**/dashboard");
      assertThat(figure(page, "Started")).hasText("10");
      assertThat(figure(page, "Succeeded")).hasText("5");
      assertThat(figure(page, "Failed")).hasText("2");
      assertThat(figure(page, "Timed out")).hasText("1");
      assertThat(figure(page, "Stopped")).hasText("1");
      assertThat(figure(page, "Open now")).hasText("1");
      assertThat(figure(page, "Approvals open")).hasText("0");
      assertThat(tile(page, "Failed")).containsText("33 % failed or timed out");

      // the charts draw what the tables say
      assertThat(page.locator("gradus-chart rect.ok")).not().hasCount(0);
      assertThat(page.locator("gradus-chart rect.timeout")).not().hasCount(0);
      assertThat(page.locator("gradus-chart").first())
          .hasAttribute(
              "aria-label",
              "Executions over time. In all 10 started, 5 succeeded, 2 failed, 1 timed out, 1 stopped");
      page.getByText("Show as table").first().click();
      assertThat(page.locator(".g-dash-table").first().locator("tbody tr")).hasCount(49);
      console.axe(page);
      page.getByText("Show as table").first().click();

      // what is under the pointer is told
      Locator chart = page.locator("gradus-chart").first();
      chart.hover(
          new Locator.HoverOptions()
              .setPosition(chart.boundingBox().width - 16, chart.boundingBox().height / 2));
      assertThat(chart.locator(".tip")).isVisible();
      assertThat(chart.locator(".tip div")).hasCount(5);
      console.screenshot(page, "dashboard");
      page.mouse().move(2, 2);
      assertThat(chart.locator(".tip")).isHidden();

      // state machines, those that fail most first
      Locator rows = page.locator(".g-dash-rows tbody tr");
      assertThat(rows).hasCount(3);
      assertThat(rows.first()).containsText("payments");
      assertThat(rows.first()).containsText("29 %");
      console.axe(page);

      // a figure leads to what it counts
      tile(page, "Failed").click();
      page.waitForURL("**/executions?status=failed&from=*");
      assertThat(page.locator("vaadin-grid a.g-exec-link:visible")).hasCount(2);
      console.back(page);
      assertThat(figure(page, "Failed")).hasText("2");

      // the time stands in the address
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("7 d")).click();
      assertThat(page).hasURL(Pattern.compile(".*/dashboard\\?range=7d$"));
      assertThat(figure(page, "Started")).hasText("10");
      page.reload();
      assertThat(figure(page, "Started")).hasText("10");
      assertThat(page.locator(".g-page-meta")).containsText("last 7 days");

      // one state machine, and its states
      rows.getByText("payments").click();
      assertThat(page)
          .hasURL(Pattern.compile(".*machine=payments.*range=7d|.*range=7d.*machine=payments"));
      assertThat(page.locator("h1")).hasText("payments");
      assertThat(figure(page, "Started")).hasText("7");
      assertThat(figure(page, "Open now")).hasText("0");
      assertThat(page.locator(".g-dash-below-charts .g-dash-note"))
          .hasText("of the last 7 executions that ended");
      assertThat(rows).hasCount(4);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Most failures")).click();
      assertThat(page).hasURL(Pattern.compile(".*by=failures.*"));
      assertThat(rows.first()).containsText("Declined");
      assertThat(rows.first()).containsText("Payment.Declined");
      console.axe(page);
      console.screenshot(page, "dashboard-machine");
      rows.first().getByText("Payment.Declined").click();
      page.waitForURL("**/executions/payments/bad-2?state=Declined**");

      // what is counted meanwhile is shown without asking
      console.open(page, in + "/dashboard?range=1h&machine=payments");
      assertThat(figure(page, "Started")).hasText("7");
      ended(start(payments, "good-9", GOOD));
      count();
      assertThat(figure(page, "Started")).hasText("8");
      assertThat(figure(page, "Succeeded")).hasText("6");
      assertThat(page.locator(".g-dash-below-charts .g-dash-note"))
          .hasText("of the last 8 executions that ended");

      // a name that nothing has
      console.open(page, in + "/dashboard?machine=nothing");
      assertThat(page.locator(".g-empty")).containsText("no state machine named “nothing”");
      console.axe(page);
      page.locator(".g-empty a").click();
      assertThat(figure(page, "Started")).hasText("11");

      // from the studio
      console.open(page, in + "/state-machines/payments");
      page.locator(".g-page-actions").getByText("Dashboard").click();
      page.waitForURL("**/dashboard?machine=payments");
      assertThat(figure(page, "Started")).hasText("8");
    }
    try (Page page = console.page(viewer, 1440, 900, true)) {
      console.open(page, in + "/dashboard");
      assertThat(figure(page, "Started")).hasText("11");
      console.axe(page);
      console.screenshot(page, "dashboard-dark");
    }
    try (Page page = console.page(viewer, 390, 844, false)) {
      console.open(page, in + "/dashboard?range=1h");
      assertThat(figure(page, "Started")).hasText("11");
      console.axe(page);
      console.screenshot(page, "dashboard-phone");
      console.open(page, in + "/dashboard?range=1h&machine=payments");
      assertThat(figure(page, "Started")).hasText("8");
      console.axe(page);
      page.locator(".g-dash-rows").scrollIntoViewIfNeeded();
      console.screenshot(page, "dashboard-machine-phone");
    }
  }

  @Test
  void expressExecutionsAreCountedAndNotLinked() {
    String express =
        machine(
            "ticks",
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
            MachineType.EXPRESS);
    start(express, "tick-1", "{}");
    start(express, "tick-2", "{}");
    try (Page page = console.page(console.as(account, Role.VIEWER), 1440, 900, false)) {
      console.await(
          () -> {
            count();
            console.open(page, in + "/dashboard?machine=ticks");
            return "2".equals(figure(page, "Succeeded").textContent());
          },
          "two Express executions that are counted");
      assertThat(page.locator("a.g-dash-tile")).hasCount(1); // approvals
      assertThat(page.locator(".g-dash-below-charts")).isHidden();
    }
  }

  private void count() {
    assertThat(console.part(StatisticRows.class).refresh(Duration.ZERO)).isTrue();
  }

  private static Locator tile(Page page, String label) {
    return page.locator(".g-dash-tile")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.getByText(label, new Page.GetByTextOptions().setExact(true))));
  }

  private static Locator figure(Page page, String label) {
    return tile(page, label).locator(".g-dash-figure");
  }

  private void ended(String arn) {
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(
        () -> executions.describe(author, arn).status() != ExecutionStatus.RUNNING,
        "the end of " + arn);
  }

  private String start(String machine, String name, String input) {
    return console
        .part(ExecutionService.class)
        .start(author, new Execution.Start(machine, name, input, null, null))
        .arn();
  }

  private String machine(String name, String definition, MachineType type) {
    return console
        .part(StateMachineService.class)
        .create(
            author,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + account + ":role/any",
                type,
                null,
                null,
                Map.of()))
        .arn();
  }
}
