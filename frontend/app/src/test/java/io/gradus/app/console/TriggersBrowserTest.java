package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.TriggerService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Triggers, from their page to the executions that they start.
@ConsoleTest
class TriggersBrowserTest {
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

  private final ConsoleFixture console;
  private final String account;
  private final Login author;
  private final Caller caller;
  private final String machine;

  TriggersBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Triggers");
    author = console.as(account, Role.AUTHOR);
    caller = console.caller(author, account);
    machine =
        console
            .part(StateMachineService.class)
            .create(
                caller,
                new StateMachine.Draft(
                    "orders",
                    PASS,
                    "arn:aws:iam::" + account + ":role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
  }

  @Test
  void aScheduleIsMadePausedAndDeleted() {
    try (Page page = console.page(author, 1440, 900, false)) {
      console.open(page, "/t/" + account + "/triggers");
      assertThat(page.getByText("No triggers")).isVisible();
      assertThat(page.locator(".g-empty vaadin-button")).hasText("Create trigger…");
      assertThat(page.locator(".g-nav a[aria-current=page]")).hasText("Triggers");
      console.axe(page);
      console.screenshot(page, "triggers-empty");

      // when: what it means is told while it is written
      button(page, "Create trigger…").click();
      Locator next = dialog(page).locator(".g-trigger-next");
      assertThat(next.locator("li")).hasCount(5);
      assertThat(next).containsText("Fires next, in Europe/Helsinki");
      assertThat(next.locator("li").first()).containsText("09:00:00 +0");
      dialog(page).getByLabel("Schedule expression").fill("cron(0 9 * * * *)");
      assertThat(next).containsText("must have ? in exactly one");
      console.axe(page, "vaadin-dialog[opened]");
      dialog(page).getByLabel("Schedule expression").fill("cron(30 6 1 1 ? *)");
      assertThat(next.locator("li").first()).containsText("1 Jan");
      dialog(page).getByLabel("Name").fill("new-year");
      button(page, "Create trigger").click();
      assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("Choose the state machine");
      assertThat(dialog(page).getByRole(AriaRole.ALERT)).isInViewport();
      choose(page, "State machine", "orders");
      console.screenshot(page, "trigger-create");
      button(page, "Create trigger").click();

      // then
      Locator row = page.getByRole(AriaRole.ROW).filter(has("new-year"));
      assertThat(row).containsText("cron(30 6 1 1 ? *)");
      assertThat(row).containsText("1 Jan");
      assertThat(page.locator(".g-page-header vaadin-button")).hasText("Create trigger…");
      row.getByRole(AriaRole.CHECKBOX).uncheck();
      assertThat(row).containsText("Paused");
      assertThat(console.part(TriggerService.class).describe(caller, "new-year").enabled())
          .isFalse();
      console.axe(page);

      // when
      button(page, "Edit new-year").click();
      assertThat(dialog(page).getByLabel("Schedule expression")).hasValue("cron(30 6 1 1 ? *)");
      dialog(page).getByLabel("Schedule expression").fill("rate(2 days)");
      assertThat(next.locator("li")).hasCount(5);
      button(page, "Save trigger").click();
      assertThat(row).containsText("rate(2 days)");
      assertThat(row).containsText("Paused");
      button(page, "Delete new-year").click();
      button(page, "Delete trigger").click();
      assertThat(page.getByText("No triggers")).isVisible();
    }
  }

  @Test
  void aWebhooksKeyIsShownOnceAndStartsExecutions() throws Exception {
    String key;
    String url;
    try (Page page = console.page(author, 1440, 900, true)) {
      console.open(page, "/t/" + account + "/triggers");
      button(page, "Create trigger…").click();
      dialog(page).getByLabel("A webhook").check();
      assertThat(dialog(page).getByLabel("Schedule expression")).isHidden();
      dialog(page).getByLabel("Name").fill("orders-in");
      choose(page, "State machine", "orders");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "trigger-create-webhook-dark");
      button(page, "Create trigger").click();
      Locator shown = dialog(page).locator(".g-once-row code");
      assertThat(shown).hasCount(2);
      url = shown.nth(0).textContent();
      key = shown.nth(1).textContent();
      assertThat(url).startsWith(console.address() + "/hooks/" + account + "/");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "trigger-secret-dark");
      button(page, "I have stored the secret").click();
      assertThat(page.getByText(key)).hasCount(0);

      // when
      assertThat(post(url, key)).isEqualTo(202);
      assertThat(post(url, key + "x")).isEqualTo(403);

      // then
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("orders-in")).click();
      page.waitForURL("**/triggers/orders-in");
      assertThat(page.locator(".g-trigger-facts .g-once-row code")).hasText(url);
      Locator rows = page.locator(".g-rows tbody tr");
      assertThat(rows).hasCount(1);
      assertThat(rows.first()).containsText("Started");
      console.axe(page);
      console.screenshot(page, "trigger-webhook-dark");
      button(page, "Renew secret…").click();
      button(page, "Renew secret").click();
      String fresh = dialog(page).locator(".g-once-row code").nth(1).textContent();
      button(page, "I have stored the secret").click();
      assertThat(post(url, key)).isEqualTo(403);
      assertThat(post(url, fresh)).isEqualTo(202);

      rows.first().locator("a code").click();
      page.waitForURL("**/executions/orders/orders-in-*");
    }
  }

  @Test
  void aQueueWithoutAConnectionSaysWhatIsWrong() {
    console
        .part(TriggerService.class)
        .create(
            caller,
            "queue",
            new Trigger.Draft(
                machine,
                "{\"order\":\"{% $states.input.detail.body %}\"}",
                true,
                new Trigger.WantedQueue("https://sqs.us-east-1.amazonaws.com/1/orders", 10)));
    console.await(
        () -> console.part(TriggerService.class).describe(caller, "queue").problem() != null,
        "a problem");
    try (Page page = console.page(author, 390, 844, false)) {
      console.open(page, "/t/" + account + "/triggers");
      assertThat(page.getByText("Trying again")).isVisible();
      console.axe(page);
      fitsTheWindow(page);
      console.screenshot(page, "triggers-phone");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^queue$")))
          .click();
      assertThat(page.getByText("This tenant has no AWS connection").first()).isVisible();
      assertThat(page.locator(".g-trigger-problem a"))
          .hasAttribute("href", "t/" + account + "/connections");
      console.axe(page);
      fitsTheWindow(page);
      console.screenshot(page, "trigger-queue-phone");
      button(page, "Pause").click();
      assertThat(page.locator(".g-page-header").getByText("Paused")).isVisible();
      button(page, "Delete…").click();
      button(page, "Delete trigger").click();
      page.waitForURL("**/triggers");
      assertThat(page.getByText("No triggers")).isVisible();
      button(page, "Create trigger…").click();
      assertThat(dialog(page).locator(".g-trigger-next li")).hasCount(5);
      fitsTheWindow(page);
      console.screenshot(page, "trigger-create-phone");
    }
  }

  private static int post(String url, String key) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(url))
                  .header("X-Gradus-Key", key)
                  .POST(HttpRequest.BodyPublishers.ofString("{\"order\": 7}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static void choose(Page page, String label, String item) {
    dialog(page).getByLabel(label).fill(item);
    page.locator("vaadin-combo-box-item").filter(has(item)).first().click();
  }

  private static Locator dialog(Page page) {
    return page.locator("vaadin-dialog[opened]");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void fitsTheWindow(Page page) {
    assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
  }
}
