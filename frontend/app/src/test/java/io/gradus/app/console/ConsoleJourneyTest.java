package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What people come for, from end to end: one writes a state machine, mends it, saves and starts it
/// and watches; another answers on a phone; the first sees it finish and looks into every state.
@ConsoleTest
class ConsoleJourneyTest {
  private static final LocatorAssertions.IsVisibleOptions SOON =
      new LocatorAssertions.IsVisibleOptions().setTimeout(20_000);

  /// `Next` of the first state leads nowhere.
  private static final String FAULTY =
      """
      {
        "QueryLanguage": "JSONata",
        "StartAt": "Read request",
        "States": {
          "Read request": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {"FunctionName": "read-request", "Payload": {"id": "{% $states.input.id %}"}},
            "Output": "{% $states.result.Payload %}",
            "Next": "Ask somebody"
          },
          "Ask owner": {
            "Type": "Task",
            "Resource": "arn:aws:states:::approval:request.waitForTaskToken",
            "Arguments": {
              "Title": "{% 'Give ' & $states.input.who & ' access to ' & $states.input.what & '?' %}",
              "Context": "{% $states.input %}",
              "Approvers": {"Users": ["${owner}"]}
            },
            "TimeoutSeconds": 3600,
            "Next": "Granted?"
          },
          "Granted?": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $states.input.Decision = 'APPROVED' %}", "Next": "Done"}],
            "Default": "Refused"
          },
          "Done": {"Type": "Succeed"},
          "Refused": {"Type": "Fail", "Error": "Refused"}
        }
      }""";

  private static final String MOCKS =
      """
      {"Read request": [{"delaySeconds": 2, "return": {"StatusCode": 200,
        "Payload": {"who": "Tove Ahl", "what": "the ledger"}}}]}""";

  private final ConsoleFixture console;
  private final String account;
  private final Login author;
  private final Login owner;

  ConsoleJourneyTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Journey");
    author = console.as(account, Role.AUTHOR);
    owner = console.as(account, Role.APPROVER);
  }

  @Test
  void fromAnEmptyPageToAFinishedExecution() {
    String faulty = FAULTY.replace("${owner}", owner.login());
    try (Page page = console.page(author, 1440, 900, false)) {
      write(page, faulty);
      mendAndCreate(page, faulty);
      start(page);
      watch(page);
      answerOnAPhone();
      assertThat(page.locator(".g-exec-head .g-status-badge"))
          .hasText("Succeeded", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
      lookIntoEachState(page);
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The graph's node of that state; what is read to people begins with its name.
  private static Locator node(Page page, String state) {
    return page.locator("gradus-graph")
        .getByRole(AriaRole.TREEITEM, new Locator.GetByRoleOptions().setName(state + ","));
  }

  private void write(Page page, String definition) {
    page.navigate(console.address() + "/t/" + account + "/state-machines");
    assertThat(page.getByText("Start with a state machine")).isVisible();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New state machine"))
        .first()
        .click();
    page.getByLabel("Name").first().fill("access-request");
    replaceText(page.locator("gradus-code").first(), definition);
    assertThat(node(page, "Ask owner")).isVisible(SOON);
  }

  private static void replaceText(Locator editor, String text) {
    Locator content = editor.locator(".cm-content");
    content.click();
    content.press("Control+a");
    content.page().keyboard().insertText(text);
  }

  private void mendAndCreate(Page page, String faulty) {
    Locator problem = page.locator(".g-problem").first();
    assertThat(problem).containsText("Ask somebody");
    button(page, "Create").click();
    assertThat(page).hasURL(Pattern.compile(".*/create.*"));

    replaceText(page.locator("gradus-code").first(), faulty.replace("Ask somebody", "Ask owner"));
    assertThat(page.getByText("No problems")).isVisible(SOON);
    button(page, "Create").click();
    assertThat(page).hasURL(Pattern.compile(".*/state-machines/access-request.*"));
  }

  private void start(Page page) {
    button(page, "Run…").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    replaceText(dialog.locator("gradus-code").first(), "{\"id\": 7}");
    dialog.getByText("Mocks", new Locator.GetByTextOptions().setExact(true)).click();
    replaceText(dialog.locator("gradus-code").last(), MOCKS);
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start execution"))
        .click();
    assertThat(page).hasURL(Pattern.compile(".*/executions/access-request/.+"));
  }

  private static void watch(Page page) {
    assertThat(page.locator(".g-exec-head .g-status-badge")).hasText("Running");
    assertThat(node(page, "Read request")).isVisible(SOON);
    assertThat(page.locator("gradus-graph").getByText("Waiting for a decision").first())
        .isVisible(SOON);
  }

  private void answerOnAPhone() {
    try (Page phone = console.page(owner, 390, 844, false)) {
      phone.navigate(console.address() + "/t/" + account + "/approvals");
      phone.getByText("Give Tove Ahl access to the ledger?").first().click();
      assertThat(phone).hasURL(Pattern.compile(".*/approvals/.+"));
      button(phone, "Approve").first().click();
      Locator dialog = phone.getByRole(AriaRole.DIALOG);
      if (dialog.isVisible()) {
        dialog
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve"))
            .click();
      }
      assertThat(button(phone, "Approve")).hasCount(0);
      assertWide(phone);
    }
  }

  /// Nothing sticks out of a phone's screen.
  private static void assertWide(Page phone) {
    org.assertj.core.api.Assertions.assertThat(
            (int) phone.evaluate("() => document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
  }

  private void lookIntoEachState(Page page) {
    look(page, "Read request", "the ledger");
    look(page, "Granted?", "APPROVED");
    look(page, "Done", "APPROVED");
    look(page, "Ask owner", "APPROVED");
    assertThat(page.locator(".g-inspector").getByText(owner.login()).first()).isVisible(SOON);
    String link = page.url();
    page.reload();
    assertThat(page).hasURL(link);
    assertThat(page.locator(".g-inspector").getByText("APPROVED").first()).isVisible(SOON);
  }

  private static void look(Page page, String state, String output) {
    node(page, state).click();
    Locator inspector = page.locator(".g-inspector");
    assertThat(inspector.getByText(state).first()).isVisible();
    inspector.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName("Output")).click();
    assertThat(inspector.getByText(output).first()).isVisible(SOON);
    assertThat(page).hasURL(Pattern.compile(".*[?&]state=.*"));
  }
}
