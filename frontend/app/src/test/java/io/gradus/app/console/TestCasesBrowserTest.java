package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Test cases on the page of a state machine: written, run, imported, made of an execution.
@ConsoleTest
class TestCasesBrowserTest {
  private static final String DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Each order", "States": {
        "Each order": {"Type": "Map", "Items": "{% $states.input.orders %}", "Next": "Sum up", "ItemProcessor": {
          "StartAt": "Charge", "States": {
            "Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "charge", "Payload": "{% $states.input %}"},
              "Output": "{% $states.result.Payload %}",
              "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 600}],
              "End": true}}}},
        "Sum up": {"Type": "Pass", "Output": {"total": "{% $sum($states.input.amount) %}", "orders": "{% $count($states.input) %}"}, "End": true}}}""";

  private static final String MOCK_CONFIGURATION =
      """
      {"StateMachines": {"orders": {"TestCases": {
          "two orders": {"Charge": "Charged"},
          "declined": {"Charge": "Declined"}}}},
       "MockedResponses": {
          "Charged": {"0": {"Throw": {"Error": "Busy"}}, "1-2": {"Return": {"Payload": {"amount": 21}}}},
          "Declined": {"0": {"Throw": {"Error": "CardDeclined", "Cause": "No cover"}}}}}""";

  private final ConsoleFixture console;

  TestCasesBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  private Caller caller(Login login, String account) {
    return console.caller(login, account);
  }

  private String machine(Caller caller) {
    return console
        .part(StateMachineService.class)
        .create(
            caller,
            new StateMachine.Draft(
                "orders",
                DEFINITION,
                "arn:aws:iam::" + caller.account() + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  @Test
  void aCaseIsWrittenRunComparedAndToldThatItIsRight() {
    String account = console.newTenant("Cases");
    Login author = console.as(account, Role.AUTHOR);
    machine(caller(author, account));
    try (Page page = console.page(author, 1440, 900, false)) {
      // given
      console.open(page, "/t/" + account + "/state-machines/orders");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Test cases")).click();
      assertThat(page.getByText("No test cases")).isVisible();
      console.axe(page);
      console.screenshot(page, "test-cases-none");

      // when
      button(page, "New test case…").first().click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      dialog.getByLabel("Name").fill("three <b>orders");
      write(page, "Input", "{\"orders\": [1, 2, 3]}");
      write(
          page,
          "Mocks",
          "{\"Charge\": {\"0\": {\"Throw\": {\"Error\": \"Busy\"}}, \"1-3\": {\"Return\":"
              + " {\"Payload\": {\"amount\": 14}}}}}");
      write(page, "Expected", "{\"output\": {\"total\": 40, \"orders\": 3}}");
      console.axe(page);
      console.screenshot(page, "test-case-dialog");
      button(page, "Save and run").click();

      // then
      Locator detail = page.locator(".g-case");
      assertThat(detail.getByText("The output differs at one place")).isVisible();
      assertThat(detail.locator("code").getByText("/total")).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*\\?case=three.*"));
      assertThat(detail.getByRole(AriaRole.ROW).filter(has("Item 2 of Each order"))).isVisible();
      console.axe(page);
      console.screenshot(page, "test-case-failed");

      // when
      page.reload();
      assertThat(detail.getByText("The output differs at one place")).isVisible();
      button(page, "This is right: expect it").click();

      // then
      assertThat(detail.getByText("Passed")).isVisible();
      assertThat(page.locator(".g-revisions-list")).containsText("Passed");
      console.axe(page);
      console.screenshot(page, "test-case-passed");

      // when
      button(page, "Delete…").click();
      button(page, "Delete test case").click();
      assertThat(page.getByText("No test cases")).isVisible();
    }
  }

  @Test
  void aMockConfigurationIsImportedRunAndExported() throws IOException {
    String account = console.newTenant("Mocks");
    Login author = console.as(account, Role.AUTHOR);
    machine(caller(author, account));
    try (Page page = console.page(author, 1440, 900, true)) {
      console.open(page, "/t/" + account + "/state-machines/orders/test-cases");
      button(page, "Import…").first().click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      button(page, "Import").click();
      assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("Paste test cases");
      console.axe(page);
      dialog
          .locator("vaadin-upload input[type=file]")
          .setInputFiles(
              new FilePayload(
                  "MockConfigFile.json",
                  "application/json",
                  MOCK_CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
      assertThat(dialog.locator("gradus-code")).containsText("CardDeclined");
      console.screenshot(page, "test-cases-import-dark");
      button(page, "Import").click();
      assertThat(page.getByText("Imported 2 test cases")).isVisible();
      assertThat(page.locator(".g-revisions-list")).containsText("Not run");

      button(page, "Run all").click();
      assertThat(page.getByText("0 of 2 passed, 2 failed")).isVisible();
      assertThat(page.locator(".g-case")).containsText("Each order");
      console.axe(page);
      console.screenshot(page, "test-cases-dark");

      menu(page, "Export mocks for Step Functions Local");
      Download mocks = page.waitForDownload(() -> item(page, "Export mocks").click());
      assertThat(Files.readString(mocks.path())).contains("MockedResponses", "CardDeclined");
      assertThat(mocks.suggestedFilename()).isEqualTo("orders.MockConfigFile.json");
    }
    try (Page phone = console.page(author, 390, 844, false)) {
      console.open(phone, "/t/" + account + "/state-machines/orders/test-cases");
      assertThat(phone.locator(".g-case")).containsText("declined");
      assertThat(phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
      console.axe(phone);
      console.screenshot(phone, "test-cases-phone");
    }
  }

  @Test
  void aCaseIsMadeOfAnExecution() {
    String account = console.newTenant("Recorded");
    Login author = console.as(account, Role.AUTHOR);
    Caller caller = caller(author, account);
    String arn = machine(caller);
    ExecutionService executions = console.part(ExecutionService.class);
    String execution =
        executions
            .start(
                caller,
                new Execution.Start(
                    arn,
                    "monday",
                    "{\"orders\": [1, 2]}",
                    null,
                    "{\"Charge\": [{\"return\": {\"Payload\": {\"amount\":"
                        + " \"{% $arguments.Payload * 10 %}\"}}}]}"))
            .arn();
    console.await(
        () -> executions.describe(caller, execution).status() == ExecutionStatus.SUCCEEDED,
        "the execution's end");
    try (Page page = console.page(author, 1440, 900, false)) {
      console.open(page, "/t/" + account + "/executions/orders/monday");
      console.screenshot(page, "execution-to-test-case");
      button(page, "Make a test case…").click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      assertThat(dialog.getByLabel("Name")).hasValue("monday");
      assertThat(dialog).containsText("\"amount\": 10");
      console.screenshot(page, "test-case-of-execution");
      button(page, "Save and run").click();
      assertThat(page.locator(".g-case").getByText("Passed")).isVisible();
    }
    try (Page phone = console.page(author, 390, 844, false)) {
      console.open(phone, "/t/" + account + "/executions/orders/monday");
      assertThat(button(phone, "Make a test case…")).isVisible();
      console.screenshot(phone, "execution-to-test-case-phone");
      console.open(phone, "/t/" + account + "/state-machines/orders");
      console.screenshot(phone, "studio-test-cases-phone");
    }
    assertThat(console.part(TestRunService.class).runAll(caller, arn, null))
        .singleElement()
        .satisfies(ran -> assertThat(ran.result().problems()).isEmpty());
    assertThat(console.part(TestCaseService.class).get(caller, arn, "monday").testCase().mocks())
        .hasToString(
            "{\"Charge\":{\"0\":{\"Return\":{\"Payload\":{\"amount\":10}}},"
                + "\"1\":{\"Return\":{\"Payload\":{\"amount\":20}}}}}");
  }

  /// Replaces what is in the dialog's editor of that name.
  private static void write(Page page, String editor, String text) {
    page.locator("vaadin-dialog[opened] .cm-content[aria-label='" + editor + "']").click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  private static void menu(Page page, String item) {
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("More")).click();
    assertThat(item(page, item)).isVisible();
  }

  private static Locator item(Page page, String name) {
    return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
