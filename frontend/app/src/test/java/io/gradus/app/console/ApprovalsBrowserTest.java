package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.template.TemplateService;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Approvals between people: one starts, others decide, and all of them see it.
@ConsoleTest
class ApprovalsBrowserTest {
  private static final String CONTRACT =
      """
      {"Title": "Approve the contract with Fjord Print AS?",
       "Description": "The framework agreement runs out in December.",
       "Context": {"vendor": "Fjord Print AS, Bergen", "value": "€48,600 a year, 24 months",
         "riskScore": 31, "documents": [
           {"label": "Contract, 14 pages", "url": "https://example.org/contract"},
           {"label": "Credit report", "url": "https://example.org/credit"}]},
       "Approvers": {"Groups": ["Procurement"]}, "Quorum": 2, "DueSeconds": 7800,
       "Form": {"type": "object", "required": ["costCentre"], "properties": {
         "costCentre": {"title": "Cost centre", "type": "string",
           "enum": ["4400 Paper", "4410 Print and packaging", "4420 Freight", "4430 Design", "4440 Other"]},
         "validFrom": {"title": "Valid from", "type": "string", "format": "date", "default": "2026-12-01"},
         "terms": {"title": "Payment terms", "oneOf": [{"const": 14, "title": "14 days"},
           {"const": 30, "title": "30 days"}, {"const": 60, "title": "60 days"}], "default": 30}}}}""";

  private static final String XSS = "<img src=x onerror=window.fired=1>";

  private final ConsoleFixture console;
  private final String account;
  private final Login ann;
  private final Login ben;
  private final Login cleo;
  private final Caller starter;
  private static int people;

  ApprovalsBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Northwind Media");
    int n = ++people;
    ann = console.person("ines.okafor" + n, "Ines Okafor", account, Role.ADMIN);
    ben = console.person("hanna.virtanen" + n, "Hanna Virtanen", account, Role.APPROVER);
    cleo = console.person("mia.rossi" + n, "Mia Rossi", account, Role.APPROVER);
    var tenant = console.part(Tenants.class).findByAccount(account).orElseThrow().id();
    for (Login login : List.of(ben, cleo)) {
      Users users = console.part(Users.class);
      users.setGroups(
          tenant, users.findByLogin(login.login()).orElseThrow().id(), Set.of("Procurement"));
    }
    starter = console.caller(ann, account);
  }

  @Test
  void twoPeopleApproveLiveAndTheExecutionFinishes() {
    try (Page first = inbox(ben, 1440, 900, false);
        Page second = inbox(cleo, 1440, 900, true)) {
      assertThat(first.getByText("Nothing waits for you")).isVisible();
      console.screenshot(first, "approvals-empty");

      String execution = ask(CONTRACT);

      assertThat(heading(first)).hasText("Approve the contract with Fjord Print AS?");
      assertThat(heading(second)).hasText("Approve the contract with Fjord Print AS?");
      button(first, "Approve").click();
      assertThat(first.getByText("Needs an answer").first()).isVisible();
      first.locator("[data-field=costCentre]").click();
      first
          .getByRole(
              AriaRole.OPTION, new Page.GetByRoleOptions().setName("4410 Print and packaging"))
          .click();
      first.locator("vaadin-text-area.g-appr-comment textarea").fill("Credit report is fine.");
      console.screenshot(first, "approvals-form");
      console.axe(first, ".g-appr");
      button(first, "Approve").click();
      assertThat(first.getByText("You have decided this already").first()).isVisible();
      assertThat(second.getByText("“Credit report is fine.”").first()).isVisible();
      assertThat(second.getByText("1 of 2 approvals")).isVisible();
      console.screenshot(second, "approvals-dark");
      console.axe(second, ".g-appr");

      second.locator("[data-field=costCentre]").click();
      second
          .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("4420 Freight"))
          .click();
      second.locator("h1").first().click();
      second.keyboard().press("a");
      // Keys go to the dialog once it has the focus.
      assertThat(second.locator("vaadin-dialog[opened] textarea")).isFocused();
      second.keyboard().press("Control+Enter");
      assertThat(second.getByText(Pattern.compile("Mia Rossi approved this")).first()).isVisible();
      assertThat(first.getByText(Pattern.compile("Mia Rossi approved this")).first()).isVisible();
      Execution ended = ended(execution);
      org.assertj.core.api.Assertions.assertThat(ended.status())
          .isEqualTo(ExecutionStatus.SUCCEEDED);
      org.assertj.core.api.Assertions.assertThat(ended.output())
          .contains("\"Decision\":\"APPROVED\"", "4420 Freight", "\"terms\":30", "2026-12-01");
      console.screenshot(second, "approvals-decided-dark");
    }
  }

  @Test
  void aRejectionNeedsAWordAndOthersAreTold() {
    ask(
        """
        {"Title": "Refund €1,240 on order 550790", "Approvers": {"Groups": ["Procurement"]}}""");
    ask(
        "{\"Title\": \"Publish album “Harbour 2026”\", \"Approvers\": {\"Groups\": [\"Procurement\"]}}");
    try (Page first = inbox(ben, 1440, 900, false);
        Page second = inbox(cleo, 390, 844, false)) {
      first.getByText("Refund €1,240 on order 550790").first().click();
      assertThat(first).hasURL(Pattern.compile(".*/approvals/[0-9a-f-]{36}"));
      second.getByText("Refund €1,240 on order 550790").first().click();
      assertThat(button(second, "Approve")).isVisible();
      console.screenshot(second, "approvals-phone");
      console.axe(second, ".g-appr");

      first.keyboard().press("r");
      Locator dialog = first.getByRole(AriaRole.DIALOG);
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reject")).click();
      assertThat(dialog.getByText("Say why")).isVisible();
      console.screenshot(first, "approvals-reject");
      dialog.locator("textarea").fill("The order was delivered.");
      first.keyboard().press("Control+Enter");

      assertThat(first.getByText(Pattern.compile("Hanna Virtanen rejected this")).first())
          .isVisible();
      assertThat(second.getByText(Pattern.compile("Hanna Virtanen rejected this")).first())
          .isVisible();
      assertThat(button(second, "Approve")).not().isVisible();
      console.screenshot(second, "approvals-phone-told");
    }
  }

  @Test
  void onAPhoneADecisionLeadsToTheAnswerThatItLacks() {
    ask(
        """
        {"Title": "Publish?", "AllowStarter": true, "Approvers": {"Users": ["%s"]},
         "Description": "%s", "Form": {"type": "object", "required": ["where"], "properties": {
           "where": {"type": "string", "title": "Where", "enum": ["Bergen", "Oslo"]}}}}"""
            .formatted(
                ann.login(), "The cover is final, and so is the order of the songs. ".repeat(20)));
    try (Page page = console.page(ann, 390, 844, false)) {
      page.navigate(console.address() + "/t/" + account + "/approvals/" + first().id());
      Locator fault = page.getByText("Needs an answer").first();
      button(page, "Approve").click();
      assertThat(fault).isInViewport();
      assertThat(page.getByRole(AriaRole.RADIO).first()).isFocused();
      console.screenshot(page, "approvals-lacking-phone");
    }
  }

  @Test
  void whoIsNotAskedMayCommentAllTheSame() {
    ask(
        "{\"Title\": \"Publish album “Harbour 2026”\", \"Approvers\": {\"Users\": [\"%s\"]}}"
            .formatted(ben.login()));
    try (Page page = console.page(ann, 390, 844, true)) {
      page.navigate(console.address() + "/t/" + account + "/approvals/" + first().id());
      assertThat(button(page, "Approve")).hasCount(0);

      page.locator("vaadin-text-area.g-appr-comment textarea").fill("The cover is not final.");
      console.screenshot(page, "approvals-not-asked-phone-dark");
      page.setViewportSize(1440, 900);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      console.screenshot(page, "approvals-not-asked");
      console.axe(page, ".g-appr");
      button(page, "Add comment").click();

      assertThat(page.getByText("“The cover is not final.”").first()).isVisible();
    }
  }

  @Test
  void theFormerMachineIsNotShownWhileTheNextIsLaidOut() {
    ask(
        """
        {"Title": "First?", "AllowStarter": true, "Approvers": {"Users": ["%s"]}}"""
            .formatted(ann.login()));
    TemplateService templates = console.part(TemplateService.class);
    templates.run(starter, templates.find("expense-approval").orElseThrow());
    try (Page page = inbox(ann, 1440, 900, false)) {
      Locator strip = page.locator(".g-appr-place gradus-graph");
      page.getByText("First?").first().click();
      assertThat(strip.getByText("Score risk")).isVisible();
      // From now on no layout comes.
      page.evaluate("() => { Worker.prototype.postMessage = () => {}; }");

      page.getByText("Pay 418.60 EUR to Mara Lind?").first().click();

      assertThat(heading(page)).hasText("Pay 418.60 EUR to Mara Lind?");
      assertThat(strip.getByText("Score risk")).hasCount(0);
    }
  }

  @Test
  void whatOthersWroteIsTextOnly() {
    ask(
        """
        {"Title": "%1$s", "Description": "%1$s", "Context": {"%1$s": "%1$s",
          "evil": "javascript:window.fired=1", "deep": {"a": ["%1$s", {"b": "%1$s"}]},
          "link": {"label": "%1$s", "url": "javascript:window.fired=1"}},
         "Approvers": {"Users": ["%2$s", "%1$s"], "Groups": ["%1$s"]}, "Outcomes": ["LATER"],
         "Form": {"type": "object", "properties": {"x": {"type": "string", "title": "%1$s",
           "description": "%1$s", "default": "%1$s"}, "y": {"enum": ["%1$s", "b"]}}}}"""
            .formatted(XSS, ben.login()));
    try (Page page = inbox(ben, 1440, 900, false)) {
      assertThat(heading(page)).hasText(XSS);
      Approval.Summary asked = first();
      console.part(ApprovalService.class).comment(console.caller(ben, account), asked.id(), XSS);
      assertThat(page.getByText("“" + XSS + "”").first()).isVisible();
      console.screenshot(page, "approvals-text-only");
      page.locator("h1").first().click();
      page.keyboard().press("r");
      assertThat(page.locator(".g-appr-question")).hasText(XSS);
      org.assertj.core.api.Assertions.assertThat(page.evaluate("window.fired")).isNull();
      org.assertj.core.api.Assertions.assertThat(
              page.evaluate("document.querySelectorAll('img, a[href^=javascript]').length"))
          .isEqualTo(0);
    }
  }

  @Test
  void aStopWithdrawsBeforeTheReadersEyes() {
    String execution =
        ask(
            "{\"Title\": \"Close the October ledger\", \"Approvers\": {\"Users\": [\""
                + ben.login()
                + "\"]}}");
    try (Page page = inbox(ben, 1440, 900, true)) {
      assertThat(heading(page)).hasText("Close the October ledger");
      console.part(ExecutionService.class).stop(starter, execution, null, null);
      assertThat(page.getByText("Nothing waits for you")).isVisible();
      page.getByText("Done").click();
      assertThat(page.getByText(Pattern.compile("Withdrawn")).first()).isVisible();
      console.screenshot(page, "approvals-done-dark");
    }
  }

  private Page inbox(Login login, int width, int height, boolean dark) {
    Page page = console.page(login, width, height, dark);
    page.navigate(console.address() + "/t/" + account + "/approvals");
    assertThat(page.locator(".g-appr-tabs")).isVisible();
    return page;
  }

  private static Locator heading(Page page) {
    return page.locator(".g-appr-head h1");
  }

  private static Locator button(Page page, String name) {
    return page.locator(".g-appr-actions")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private String ask(String arguments) {
    String definition =
        """
        {"StartAt": "Check vendor", "States": {
          "Check vendor": {"Type": "Pass", "Next": "Score risk"},
          "Score risk": {"Type": "Pass", "Next": "Approve contract"},
          "Approve contract": {"Type": "Task", "QueryLanguage": "JSONata",
            "Resource": "arn:aws:states:::approval:request.waitForTaskToken",
            "Arguments": "{% $states.input %}", "Next": "Approved?"},
          "Approved?": {"Type": "Choice", "Choices": [{"Variable": "$.Decision",
            "StringEquals": "APPROVED", "Next": "Sign"}], "Default": "Send refusal"},
          "Sign": {"Type": "Pass", "End": true},
          "Send refusal": {"Type": "Pass", "End": true}}}""";
    StateMachineService machines = console.part(StateMachineService.class);
    String arn = "arn:aws:states:us-east-1:" + account + ":stateMachine:vendor-onboarding";
    try {
      machines.create(
          starter,
          new StateMachine.Draft(
              "vendor-onboarding",
              definition,
              "arn:aws:iam::" + account + ":role/r",
              MachineType.STANDARD,
              null,
              null,
              Map.of()));
    } catch (io.gradus.service.Refusal already) {
      // it is there for another question of the same test
    }
    int before = open();
    String execution =
        console
            .part(ExecutionService.class)
            .start(starter, new Execution.Start(arn, null, arguments, null, null))
            .arn();
    await(() -> open() > before);
    return execution;
  }

  private int open() {
    return console.part(ApprovalService.class).counts(starter).open();
  }

  private Approval.Summary first() {
    return console
        .part(ApprovalService.class)
        .list(starter, Approval.Which.OPEN, new io.gradus.service.Page.Request(1, null))
        .items()
        .getFirst();
  }

  private Execution ended(String execution) {
    ExecutionService executions = console.part(ExecutionService.class);
    await(() -> executions.describe(starter, execution).status() != ExecutionStatus.RUNNING);
    return executions.describe(starter, execution);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long until = System.nanoTime() + 15_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("expected it within 15 seconds");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
