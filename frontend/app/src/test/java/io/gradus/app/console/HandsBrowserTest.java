package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// README's tour in the browser, by whoever has only one way to go it: keys alone, at a desk, and
/// fingers alone, on a phone.
@ConsoleTest
class HandsBrowserTest {
  private static final LocatorAssertions.HasTextOptions SOON =
      new LocatorAssertions.HasTextOptions().setTimeout(20_000);

  /// How often a person presses Tab on one page before they give up.
  private static final int PATIENCE = 80;

  /// Behind the brace that a definition begins with. A blank would say the same, and be saved as it
  /// is.
  private static final String CHANGE = " \"Version\": \"1.0\",";

  /// The name of what has the focus, in whatever shadow it stands, and what it is.
  private static final String FOCUSED =
      """
      () => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        if (!at) return '';
        const labels = (at.getAttribute('aria-labelledby') ?? '').split(' ')
          .map(id => at.getRootNode().getElementById(id)?.textContent ?? '').join(' ').trim();
        const own = [...(at.labels ?? [])].map(label => label.textContent).join(' ');
        return (at.getAttribute('aria-label') || labels || own || at.textContent || at.tagName).trim().replace(/\\s+/g, ' ');
      }\
      """;

  private final ConsoleFixture console;
  private final String account;
  private final Login person;

  HandsBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Hands");
    person = console.as(account, Role.AUTHOR, Role.OPERATOR, Role.APPROVER);
  }

  @Test
  void byKeysAlone() {
    try (Page page = console.visitor(1440, 900, false)) {
      page.navigate(console.address() + "/login");
      assertThat(page.locator("input[name=username]")).isFocused();
      page.keyboard().type(person.login());
      page.keyboard().press("Tab");
      page.keyboard().type(person.password());
      page.keyboard().press("Enter");
      page.waitForURL(console.address() + "/t/**");
      assertThat(page.getByText("Start with a state machine")).isVisible();

      tabTo(page, "Run now: Expense approval");
      page.keyboard().press("Enter");
      page.waitForURL("**/executions/expense-approval/**");
      assertThat(page.locator("gradus-graph").getByText("Waiting for a decision")).isVisible();

      go(page, "a");
      page.waitForURL("**/approvals**");
      assertThat(page.locator(".g-appr-detail h1")).hasText("Pay 418.60 EUR to Mara Lind?");
      tabTo(page, "Sales");
      page.keyboard().press("Space");
      tabTo(page, "Approve");
      page.keyboard().press("Enter");
      assertThat(page.getByText("Approved").first()).isVisible();

      go(page, "e");
      page.waitForURL("**/executions");
      assertThat(page.locator(".g-exec-link").first()).isVisible();
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      page.waitForURL("**/executions/expense-approval/**");
      assertThat(page.locator(".g-exec-head .g-status-badge")).hasText("Succeeded", SOON);
      tabTo(page, "Read expense");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*[?&]state=.*"));

      go(page, "w");
      page.waitForURL("**/state-machines");
      assertThat(page.getByText("expense-approval").first()).isVisible();
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      page.waitForURL("**/state-machines/expense-approval**");
      assertThat(page.locator("gradus-code .cm-content").first()).isVisible();
      tabTo(page, "Definition");
      page.keyboard().press("Control+Home");
      page.keyboard().press("End");
      page.keyboard().insertText(CHANGE);
      assertThat(page.locator(".g-unsaved")).hasText("Unsaved changes", SOON);
      page.keyboard().press("Control+s");
      assertThat(page.locator(".g-saved")).hasText("Saved", SOON);
      assertThat(page.locator(".g-revision")).containsText("Revision 2");
    }
  }

  private static void go(Page page, String where) {
    page.keyboard().press("Escape");
    page.keyboard().press("g");
    page.keyboard().press(where);
  }

  /// Presses Tab until that has the focus.
  ///
  /// @param name what its name begins with
  private static void tabTo(Page page, String name) {
    List<String> passed = new ArrayList<>();
    for (int i = 0; i < PATIENCE; i++) {
      page.keyboard().press("Tab");
      String at = String.valueOf(page.evaluate(FOCUSED));
      if (at.startsWith(name)) {
        return;
      }
      passed.add(at.length() > 40 ? at.substring(0, 40) + "…" : at);
    }
    throw new AssertionError("expected to get to '" + name + "' by Tab, passed " + passed);
  }

  @Test
  void byFingersAlone() {
    try (Page phone = console.phone()) {
      phone.navigate(console.address() + "/login");
      phone.locator("input[name=username]").tap();
      phone.keyboard().type(person.login());
      phone.locator("input[name=password]").tap();
      phone.keyboard().type(person.password());
      tap(phone, AriaRole.BUTTON, "Log in");
      phone.waitForURL(console.address() + "/t/**");

      tap(phone, AriaRole.BUTTON, "Run now: Expense approval");
      phone.waitForURL("**/executions/expense-approval/**");
      assertThat(phone.getByText("Waiting for a decision").first()).isVisible();
      fits(phone);

      menu(phone, "Approvals");
      phone.getByText("Pay 418.60 EUR to Mara Lind?").first().tap();
      phone.waitForURL("**/approvals/*");
      fits(phone);
      phone.getByText("Engineering", exactly()).tap();
      tap(phone, AriaRole.BUTTON, "Approve");
      assertThat(phone.getByText("Approved").first()).isVisible();

      menu(phone, "Executions");
      phone.locator("vaadin-grid a[href*='/executions/expense-approval/']").first().tap();
      phone.waitForURL("**/executions/expense-approval/**");
      assertThat(phone.locator(".g-exec-head .g-status-badge")).hasText("Succeeded", SOON);
      fits(phone);
      phone.getByText("Read expense", exactly()).first().tap();
      assertThat(phone).hasURL(Pattern.compile(".*[?&]state=.*"));
      fits(phone);

      menu(phone, "State machines");
      phone.locator("vaadin-grid a[href*='/state-machines/expense-approval']").first().tap();
      phone.waitForURL("**/state-machines/expense-approval**");
      tap(phone, AriaRole.BUTTON, "Code");
      assertThat(phone.locator("gradus-code .cm-content").first()).isVisible();
      phone.locator("gradus-code .cm-line").first().tap();
      phone.keyboard().press("End");
      phone.keyboard().insertText(CHANGE);
      assertThat(phone.locator(".g-unsaved")).hasText("Unsaved changes", SOON);
      fits(phone);
      // What is saved can't be saved again: the button goes under the finger.
      Locator save =
          phone.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save").setExact(true));
      assertThat(save).isEnabled();
      BoundingBox at = save.boundingBox();
      phone.touchscreen().tap(at.x + at.width / 2, at.y + at.height / 2);
      assertThat(phone.locator(".g-saved")).hasText("Saved", SOON);
      assertThat(phone.locator(".g-revision")).containsText("Revision 2");
    }
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static void tap(Page phone, AriaRole role, String name) {
    phone.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true)).first().tap();
  }

  private static void menu(Page phone, String page) {
    phone.locator("vaadin-drawer-toggle").tap();
    phone.locator(".g-nav").getByText(page).tap();
    phone.waitForURL("**/" + page.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + "**");
  }

  /// Nothing sticks out of a phone's screen.
  private static void fits(Page phone) {
    org.assertj.core.api.Assertions.assertThat(
            (int) phone.evaluate("() => document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
  }
}
