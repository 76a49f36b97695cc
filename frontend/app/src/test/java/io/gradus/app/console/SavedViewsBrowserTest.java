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
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedView.Changes;
import io.gradus.service.savedview.SavedViewService;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Saved views above the executions: opened, made, changed, shared, taken back.
@ConsoleTest
class SavedViewsBrowserTest {
  private static final String LONG =
      "Everything that went wrong with the payments of the northern region, of all of it";

  private final ConsoleFixture console;
  private final String account;
  private final String in;
  private final Login operator;
  private final Caller caller;
  private final SavedViewService views;

  SavedViewsBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Saved views");
    in = "/t/" + account;
    operator = console.as(account, Role.OPERATOR);
    caller = console.caller(operator, account);
    views = console.part(SavedViewService.class);
  }

  @Test
  void aListIsGivenANameAndComeBackTo() {
    executions();
    try (Page page = console.page(operator, 1440, 900, false)) {
      // those that everybody has are addresses
      console.open(page, in + "/executions");
      Locator rows = page.locator("vaadin-grid a.g-exec-link:visible");
      assertThat(rows).hasCount(3);
      current(page, "All");
      assertThat(button(page, "Save view…")).isHidden();
      link(page, "Running").click();
      assertThat(page).hasURL(Pattern.compile(".*/executions\\?status=running"));
      assertThat(rows).hasCount(1);
      current(page, "Running");
      link(page, "Failed today").click();
      assertThat(page).hasURL(Pattern.compile(".*from=today.*"));
      assertThat(rows).hasCount(2);
      current(page, "Failed today");
      assertThat(page.getByLabel("Started", exactly()).last()).containsText("Today");
      console.axe(page);

      // what none of them lists can be kept
      page.getByLabel("Error that it ended with").fill("Payment.Declined");
      assertThat(rows).hasCount(1);
      assertThat(page.locator(".g-views [aria-current]")).hasCount(0);
      button(page, "Save view…").click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "view-save");
      button(page, "Save view").click();
      assertThat(dialog.locator(".g-form-problem")).containsText("A view's name has 1 to 80");
      dialog.getByLabel("Name").fill("Declined");
      dialog.getByLabel("Name").press("Tab");
      button(page, "Save view").click();
      assertThat(dialog).hasCount(0);
      current(page, "Declined");
      assertThat(button(page, "Save view…")).isHidden();
      assertThat(only().query())
          .isEqualTo("status=failed%2Ctimed_out&from=today&error=Payment.Declined");
      assertThat(only().shared()).isFalse();

      // it is there again, and leads to its list, by the keyboard too
      console.open(page, in + "/executions");
      assertThat(rows).hasCount(3);
      link(page, "Declined").focus();
      page.keyboard().press("Enter");
      assertThat(rows).hasCount(1);
      current(page, "Declined");
      assertThat(link(page, "Declined")).isFocused();
      console.axe(page);
      console.screenshot(page, "views");

      // its filters are changed, and kept in it
      page.getByLabel("Error that it ended with").fill("Payment.Lost");
      assertThat(page.locator(".g-view-open")).containsText("changed");
      console.axe(page);
      console.screenshot(page, "view-changed");
      choose(page, "Declined", "Update to these filters");
      current(page, "Declined");
      assertThat(only().query()).endsWith("error=Payment.Lost");

      // it is renamed, to something long
      choose(page, "Declined", "Rename…");
      String kept = LONG.substring(0, SavedView.MAX_NAME);
      dialog.getByLabel("Name").fill(kept);
      dialog.getByLabel("Name").press("Tab");
      button(page, "Rename view").click();
      assertThat(dialog).hasCount(0);
      assertThat(only().name()).isEqualTo(kept);
      assertThat(link(page, kept)).hasAttribute("title", kept);
      assertThat((Integer) page.evaluate("document.querySelector('.g-view-open').offsetWidth"))
          .isLessThanOrEqualTo(240);
      console.axe(page);

      // it is shared
      choose(page, kept, "Share with everyone");
      assertThat(page.locator(".g-view-open .g-unseen")).containsText("Shared by you");
      assertThat(only().shared()).isTrue();
      assertThat(page.locator(".g-view-open .g-view-change")).isFocused();

      // and found by its name
      page.keyboard().press("Control+k");
      page.getByLabel("Page, name or ARN").fill("northern region");
      assertThat(page.locator(".g-palette li").first()).containsText("View");
      page.keyboard().press("Enter");
      current(page, kept);

      // deleted, once that is confirmed
      choose(page, kept, "Delete…");
      assertThat(dialog).containsText("Everyone in the tenant loses it");
      console.axe(page, "vaadin-dialog[opened]");
      button(page, "Delete view").click();
      assertThat(dialog).hasCount(0);
      assertThat(page.locator(".g-views").getByText(kept)).hasCount(0);
      assertThat(button(page, "Save view…")).isVisible();
      assertThat(views.list(caller)).isEmpty();
    }
  }

  @Test
  void aSharedOneIsThereForEveryoneAndItsOwnersToChange() {
    executions();
    SavedView shared = views.create(caller, new SavedView.Draft("Ours", "machine=payments", true));
    try (Page page = console.page(console.as(account, Role.VIEWER), 1440, 900, true)) {
      console.open(page, in + "/executions");
      link(page, "Ours").click();
      current(page, "Ours");
      assertThat(link(page, "Ours")).hasAttribute("title", Pattern.compile("Shared by p-.*"));
      assertThat(page.locator(".g-view-change")).hasCount(0);
      console.axe(page);
      console.screenshot(page, "views-viewer-dark");

      // who only reads keeps views, and shares none
      page.getByLabel("Name begins with").fill("order");
      assertThat(page.locator(".g-view-open")).containsText("changed");
      button(page, "Save view…").click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      assertThat(dialog.getByLabel("Name")).isVisible();
      assertThat(dialog.getByRole(AriaRole.CHECKBOX)).hasCount(0);
      dialog.getByLabel("Name").fill("Mine");
      dialog.getByLabel("Name").press("Enter");
      button(page, "Save view").click();
      current(page, "Mine");
      page.locator(".g-view-change").click();
      assertThat(menu(page, "Rename…")).isVisible();
      assertThat(menu(page, "Share with everyone")).hasCount(0);
      page.keyboard().press("Escape");

      // what its owner changes or deletes is so at the next load
      views.change(caller, shared.id(), Changes.rename("Still ours"));
      link(page, "All").click();
      current(page, "All");
      assertThat(link(page, "Still ours")).isVisible();
      assertThat(link(page, "Ours")).hasCount(0);
      views.delete(caller, shared.id());
      link(page, "Still ours").click();
      assertThat(page).hasURL(Pattern.compile(".*machine=payments"));
      assertThat(page.locator(".g-views").getByText("Still ours")).hasCount(0);
      assertThat(button(page, "Save view…")).isVisible();
    }
  }

  @Test
  void whatSomebodyElseDeletedMeanwhileIsSaidAndGone() {
    executions();
    SavedView own = views.create(caller, new SavedView.Draft("Going", "machine=payments", false));
    try (Page page = console.page(operator, 1440, 900, false)) {
      console.open(page, in + "/executions?machine=payments");
      current(page, "Going");
      views.delete(caller, own.id());
      choose(page, "Going", "Share with everyone");
      assertThat(page.locator(".g-notice-error")).containsText("There is no such view");
      assertThat(page.locator(".g-views").getByText("Going")).hasCount(0);
    }
  }

  @Test
  void whatHasNoRoomIsInTheMenu() {
    executions();
    for (int i = 10; i < 40; i++) {
      views.create(caller, new SavedView.Draft("Region " + i, "name=region-" + i, i % 2 == 0));
    }
    views.create(
        console.caller(console.as(account, Role.AUTHOR), account),
        new SavedView.Draft("Of an author", "name=author", true));
    try (Page page = console.page(operator, 1440, 900, false)) {
      console.open(page, in + "/executions");
      assertThat(link(page, "Region 10")).isVisible();
      assertThat(page.locator(".g-views a:visible").last()).isInViewport();
      oneLine(page);
      inMenu(page, "Region 38");
      assertThat(page).hasURL(Pattern.compile(".*name=region-38"));
      current(page, "Region 38");
      oneLine(page);
      console.axe(page);
      button(page, "More views").click();
      assertThat(menu(page, "Of an author")).containsText("Shared by p-");
      console.screenshot(page, "views-menu");
      page.keyboard().press("Escape");
      page.setViewportSize(900, 900);
      current(page, "Region 38");
      oneLine(page);
      console.screenshot(page, "views-900");
    }
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = console.page(operator, 390, 844, dark)) {
        console.open(page, in + "/executions?name=region-38");
        current(page, "Region 38");
        oneLine(page);
        console.axe(page);
        console.screenshot(page, dark ? "views-phone-dark" : "views-phone");
        page.getByLabel("Name begins with").fill("region-3");
        assertThat(button(page, "Save view…")).isVisible();
        assertThat(page.locator(".g-view-open")).containsText("changed");
        oneLine(page);
        console.axe(page);
        console.screenshot(page, dark ? "view-changed-phone-dark" : "view-changed-phone");
        inMenu(page, "Region 12");
        current(page, "Region 12");
      }
    }
  }

  private SavedView only() {
    return views.list(caller).getFirst();
  }

  /// Everything that is drawn of the row is within it, beside each other.
  private static void oneLine(Page page) {
    page.waitForFunction(
        """
        () => {
          const row = document.querySelector('.g-views ul');
          const to = row.getBoundingClientRect().right + 1;
          const drawn = [...row.children].filter(item => item.offsetWidth > 0);
          return drawn.length > 1 && drawn.every(item => item.getBoundingClientRect().right <= to);
        }\
        """);
    Object wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    assertThat(wide).as("whether the page is wider than the window").isEqualTo(false);
  }

  private static void inMenu(Page page, String name) {
    button(page, "More views").click();
    menu(page, name).click();
  }

  private static void choose(Page page, String view, String item) {
    button(page, "Change view " + view).click();
    menu(page, item).click();
  }

  private static Locator menu(Page page, String name) {
    return page.locator("vaadin-context-menu-item:visible")
        .filter(new Locator.FilterOptions().setHasText(name));
  }

  private static void current(Page page, String name) {
    assertThat(page.locator(".g-views [aria-current=page]:visible")).containsText(name);
  }

  private static Locator link(Page page, String name) {
    return page.locator(".g-views a")
        .filter(new Locator.FilterOptions().setHas(page.getByText(name, exact())));
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// Two that failed, with different errors, and one that runs.
  private void executions() {
    failed("payments", "Payment.Declined");
    failed("parcels", "Parcel.Lost");
    start(machine("waits", "{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}"), "order-3");
  }

  private void failed(String name, String error) {
    String arn =
        start(
            machine(name, "{\"Type\":\"Fail\",\"Error\":\"" + error + "\",\"Cause\":\"c\"}"),
            "order-" + name);
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(
        () -> executions.describe(caller, arn).status() == ExecutionStatus.FAILED,
        "a failed execution");
  }

  private String start(String machine, String name) {
    return console
        .part(ExecutionService.class)
        .start(caller, new Execution.Start(machine, name, "{}", null, null))
        .arn();
  }

  private String machine(String name, String state) {
    return console
        .part(StateMachineService.class)
        .create(
            console.caller(console.as(account, Role.AUTHOR), account),
            new StateMachine.Draft(
                name,
                "{\"StartAt\":\"S\",\"States\":{\"S\":" + state + "}}",
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }
}
