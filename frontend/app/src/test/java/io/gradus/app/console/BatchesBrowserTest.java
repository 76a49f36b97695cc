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
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Many executions at once: picked, forecast, worked on, looked at.
@ConsoleTest
class BatchesBrowserTest {
  private static final String WAITS =
      """
      {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""";

  private static final String FAILS =
      """
      {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Payment.Declined","Cause":"c"}}}""";

  private final ConsoleFixture console;
  private final String account;
  private final String in;
  private final Login operator;
  private final Caller author;

  BatchesBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Batches");
    in = "/t/" + account;
    operator = console.as(account, Role.OPERATOR);
    author = console.caller(console.as(account, Role.AUTHOR), account);
  }

  @Test
  void whatFailedIsRedrivenAndWhatRunsIsStopped() {
    String fails = machine("payments", FAILS);
    String waits = machine("reminders", WAITS);
    for (int i = 0; i < 3; i++) {
      String arn = start(fails, "order-55091" + i);
      console.await(() -> status(arn) == ExecutionStatus.FAILED, "a failed execution");
    }
    String first = start(waits, "reminder-1");
    start(waits, "reminder-2");

    try (Page page = console.page(operator, 1440, 900, false)) {
      console.open(page, in + "/batches");
      assertThat(page.getByText("No batches")).isVisible();
      console.axe(page);

      // what ended with an error is found by it
      console.open(page, in + "/executions");
      Locator rows = page.locator("vaadin-grid a.g-exec-link:visible");
      assertThat(rows).hasCount(5);
      page.getByLabel("Error that it ended with").fill("Payment.Declined");
      assertThat(rows).hasCount(3);
      assertThat(page).hasURL(Pattern.compile(".*error=Payment.Declined.*"));
      assertThat(page.locator("vaadin-grid span[title='Payment.Declined']:visible")).hasCount(3);
      console.open(page, in + "/executions");
      assertThat(rows).hasCount(5);

      // rows are picked by the keyboard and by the mouse
      Locator picked = page.locator(".g-picked");
      assertThat(picked).isHidden();
      page.keyboard().press("j");
      page.keyboard().press("x");
      assertThat(picked).containsText("1 selected");
      page.getByRole(AriaRole.CHECKBOX).nth(3).check();
      assertThat(picked).containsText("2 selected");
      console.axe(page);
      console.screenshot(page, "executions-picked");
      page.keyboard().press("x");
      assertThat(picked).containsText("1 selected");

      // a forecast comes first
      button(page, "Select all that match").click();
      assertThat(picked).containsText("All 5 that match");
      console.screenshot(page, "executions-all-picked");
      button(page, "Redrive…").click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      assertThat(dialog).containsText("Redrive 5 executions?");
      assertThat(dialog).containsText("3 can be redriven");
      assertThat(dialog).containsText("2 cannot: Execution is RUNNING and cannot be redriven");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "batch-redrive");
      assertThat(console.part(ExecutionService.class).describe(author, first).redriveCount())
          .isZero();
      button(page, "Redrive 3 executions").click();

      // the batch has a page, which follows
      page.waitForURL("**/batches/*");
      assertThat(page.locator("h1")).hasText("Redrive 5 executions");
      assertThat(page.locator(".g-batch-line")).containsText("5 of 5");
      assertThat(page.locator(".g-page-header .g-status")).hasText("2 refused");
      assertThat(page.getByRole(AriaRole.PROGRESSBAR).first())
          .hasAttribute("aria-valuetext", "3 redriven, 2 refused");
      assertThat(page.locator(".g-rows tbody tr")).hasCount(5);
      console.axe(page);
      console.screenshot(page, "batch");
      button(page, "Refused 2").click();
      assertThat(page).hasURL(Pattern.compile(".*outcome=refused"));
      assertThat(page.locator(".g-rows tbody tr")).hasCount(2);
      assertThat(page.locator(".g-rows tbody tr").first()).containsText("ExecutionNotRedrivable");
      page.reload();
      assertThat(page.locator(".g-rows tbody tr")).hasCount(2);
      page.locator(".g-rows tbody a").getByText("reminder-1").click();
      page.waitForURL("**/executions/reminders/reminder-1");

      // what runs is stopped, with an error
      console.open(page, in + "/executions?status=running");
      assertThat(rows).hasCount(2);
      page.keyboard().press("j");
      page.keyboard().press("x");
      button(page, "Stop…").click();
      dialog.getByLabel("Error (optional)").fill("Ops.Cleared");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "batch-stop");
      button(page, "Stop 1 execution").click();
      page.waitForURL("**/batches/*");
      assertThat(page.locator(".g-page-header .g-status")).hasText("Done");
      assertThat(page.locator(".g-batch-facts")).containsText("Ops.Cleared");

      page.locator(".g-nav").getByText("Batches").click();
      assertThat(page.locator(".g-rows tbody tr")).hasCount(2);
      assertThat(page.locator(".g-rows tbody tr").first()).containsText("Picked one by one");
      console.axe(page);
      console.screenshot(page, "batches");
    }
    try (Page page = console.page(operator, 390, 844, true)) {
      console.open(page, in + "/batches");
      assertThat(page.locator(".g-rows tbody tr")).hasCount(2);
      console.axe(page);
      console.screenshot(page, "batches-phone");
      page.getByText("Redrive 5 executions").click();
      assertThat(page.locator(".g-rows tbody tr")).hasCount(5);
      console.axe(page);
      console.screenshot(page, "batch-phone");
      console.open(page, in + "/executions");
      page.getByRole(AriaRole.CHECKBOX).first().check();
      assertThat(page.locator(".g-picked")).containsText("1 selected");
      console.axe(page);
      console.screenshot(page, "executions-picked-phone");
    }
    try (Page page = console.page(console.as(account, Role.VIEWER), 1440, 900, true)) {
      console.open(page, in + "/executions");
      assertThat(page.locator("vaadin-grid a.g-exec-link:visible")).hasCount(5);
      assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(0);
      console.screenshot(page, "executions-viewer-dark");
      console.open(page, in + "/batches");
      page.getByText("Redrive 5 executions").click();
      assertThat(page.locator(".g-rows tbody tr")).hasCount(5);
      console.screenshot(page, "batch-dark");
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private ExecutionStatus status(String arn) {
    return console.part(ExecutionService.class).describe(author, arn).status();
  }

  private String start(String machine, String name) {
    return console
        .part(ExecutionService.class)
        .start(author, new Execution.Start(machine, name, "{}", null, null))
        .arn();
  }

  private String machine(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            author,
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
}
