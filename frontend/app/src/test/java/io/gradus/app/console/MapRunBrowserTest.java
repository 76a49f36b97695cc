package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapRun;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.service.maprun.MapRunViews;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Map Runs in the browser: 110 items of which ten fail and ten wait, and one that failed for good.
@ConsoleTest
class MapRunBrowserTest {
  private static String definition(String bounds) {
    return """
      {"StartAt": "Orders", "States": {"Orders": {"Type": "Map", %s
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "Check", "States": {
            "Check": {"Type": "Choice", "Choices": [
              {"Variable": "$.kind", "StringEquals": "bad", "Next": "Reject"},
              {"Variable": "$.kind", "StringEquals": "wait", "Next": "Linger"}], "Default": "Accept"},
            "Reject": {"Type": "Fail", "Error": "OrderRejected", "Cause": "The customer's account is closed."},
            "Linger": {"Type": "Wait", "Seconds": 600, "Next": "Accept"},
            "Accept": {"Type": "Pass", "End": true}}}, "End": true}}}\
      """
        .formatted(bounds);
  }

  private final ConsoleFixture console;
  private final String account;
  private final Login olga;
  private final Caller caller;

  MapRunBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Map Runs");
    olga = console.as(account, Role.OPERATOR, Role.AUTHOR);
    caller = console.caller(olga, account);
  }

  private String machine(String name, String bounds) {
    return console
        .part(StateMachineService.class)
        .create(
            caller,
            new StateMachine.Draft(
                name,
                definition(bounds),
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private static String items(int good, int bad, int wait) {
    return IntStream.range(0, good + bad + wait)
        .mapToObj(i -> i < bad ? item(i, "bad") : item(i, i < bad + good ? "good" : "wait"))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String item(int i, String kind) {
    return "{\"order\": \"A-%d\", \"kind\": \"%s\"}".formatted(1000 + i, kind);
  }

  private String start(String machine, String name, String input) {
    return console
        .part(ExecutionService.class)
        .start(caller, new Execution.Start(machine, name, input, null, null))
        .arn();
  }

  private MapRunViews.Opened run(String machine, String name) {
    ExecutionFinder finder = console.part(ExecutionFinder.class);
    MapRunViews views = console.part(MapRunViews.class);
    console.await(
        () -> !views.of(caller, finder.find(caller, machine, name)).isEmpty(), "a Map Run");
    MapRun found = views.of(caller, finder.find(caller, machine, name)).getFirst();
    return views.open(caller, machine, name, found.id().toString());
  }

  private MapRunViews.Opened settled(String machine, String name, long ended) {
    MapRunViews views = console.part(MapRunViews.class);
    MapRunViews.Opened opened = run(machine, name);
    console.await(
        () -> {
          var progress = views.now(caller, opened).run().progress();
          return progress.children() - progress.running() >= ended;
        },
        ended + " children's end");
    return views.now(caller, opened);
  }

  private String address(MapRunViews.Opened opened) {
    return "/t/%s/executions/%s/%s/map-runs/%s"
        .formatted(
            account,
            opened.execution().stateMachine(),
            opened.execution().name(),
            opened.run().id());
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator rows(Page page) {
    return page.locator(".g-children tbody tr:not(.g-rows-detail)");
  }

  @Test
  void aMapRunIsWatchedSearchedChangedAndTakenAlong() throws IOException {
    String machine =
        machine("orders", "\"MaxConcurrency\": 60, \"ToleratedFailurePercentage\": 50,");
    start(machine, "june", items(90, 10, 10));
    MapRunViews.Opened opened = settled("orders", "june", 100);
    try (Page page = console.page(olga, 1440, 900, false)) {
      console.open(page, address(opened));
      Locator items =
          page.locator(".g-figure-part")
              .filter(new Locator.FilterOptions().setHasText("Items"))
              .first();
      assertThat(items).containsText("100 of 110");
      assertThat(items.getByRole(AriaRole.IMG))
          .hasAttribute("aria-label", "Items: 90 succeeded, 10 failed, 10 running");
      assertThat(page.locator(".g-figures")).containsText("running of 60 at once");
      assertThat(page.locator(".g-figures")).containsText("failed of 55 tolerated (50 %)");
      // What failed comes first, with why.
      assertThat(rows(page)).hasCount(50);
      assertThat(rows(page).first()).containsText("OrderRejected");
      assertThat(rows(page).first()).containsText("The customer's account is closed.");
      console.axe(page);
      console.screenshot(page, "map-run");

      button(page, "Next page").click();
      assertThat(page).hasURL(Pattern.compile(".*after=.*"));
      assertThat(rows(page)).hasCount(50);
      button(page, "Next page").click();
      assertThat(rows(page)).hasCount(10);
      assertThat(button(page, "Next page")).isHidden();
      button(page, "First page").click();
      assertThat(rows(page).first()).containsText("OrderRejected");

      button(page, "Failed 10").click();
      assertThat(page).hasURL(Pattern.compile(".*status=failed$"));
      assertThat(rows(page)).hasCount(10);
      button(page, "Details of item 3").click();
      assertThat(page.locator(".g-child-detail")).containsText("A-1003");
      console.screenshot(page, "map-run-failed");
      // Or anywhere in the row.
      rows(page).nth(3).locator("[data-label=Started]").click();
      assertThat(page.locator(".g-child-detail")).hasCount(0);

      Locator search = page.getByLabel("Number of an item, or the beginning of a child's name");
      button(page, "All 110").click();
      search.fill("42");
      assertThat(rows(page)).hasCount(1);
      assertThat(rows(page).first()).containsText("A-1042");
      String name = rows(page).locator(".g-child-name").innerText();
      search.fill(name.substring(0, 30));
      assertThat(page).hasURL(Pattern.compile(".*q=" + name.substring(0, 30) + "$"));
      assertThat(rows(page).first()).containsText(name);
      search.fill("");

      takenAlong(page);
      theLimitsChange(page);

      // What ends is seen.
      ChildRecords.Child waits =
          console
              .part(MapRunViews.class)
              .children(
                  caller,
                  opened,
                  new MapRunViews.Wanted(
                      Set.of(ExecutionStatus.RUNNING), ChildRecords.Order.IN_ORDER, null),
                  new io.gradus.service.Page.Request(1, null))
              .items()
              .getFirst();
      ExecutionFinder.Row child =
          console.part(ExecutionFinder.class).find(caller, "orders", waits.name());
      console.part(ExecutionService.class).stop(caller, child.arn(), "NotNeeded", null);
      assertThat(items).containsText("101 of 110");
      assertThat(button(page, "Stopped 1")).isVisible();
    }
    try (Page phone = console.page(olga, 390, 844, true)) {
      console.open(phone, address(opened) + "?status=failed");
      assertThat(rows(phone)).hasCount(10);
      console.axe(phone);
      console.screenshot(phone, "map-run-phone-dark");
    }
    try (Page dark = console.page(olga, 1440, 900, true)) {
      console.open(dark, address(opened));
      assertThat(rows(dark)).hasCount(50);
      console.screenshot(dark, "map-run-dark");
    }
  }

  private void takenAlong(Page page) throws IOException {
    Download lines = page.waitForDownload(() -> exports(page, "JSON Lines").click());
    List<String> objects = Files.readAllLines(lines.path());
    assertThat(objects).hasSize(10);
    assertThat(objects.getFirst())
        .startsWith("{\"index\":0,")
        .contains(
            "\"error\":\"OrderRejected\"", "\"input\":{\"order\":\"A-1000\",\"kind\":\"bad\"}");
    Download table = page.waitForDownload(() -> exports(page, "CSV").click());
    assertThat(Files.readAllLines(table.path()))
        .hasSize(11)
        .first()
        .isEqualTo(
            "\"index\",\"name\",\"status\",\"items\",\"startDate\",\"stopDate\",\"error\",\"cause\",\"input\"");
  }

  private static Locator exports(Page page, String format) {
    return page.getByRole(
        AriaRole.LINK, new Page.GetByRoleOptions().setName("Export what failed as " + format));
  }

  private void theLimitsChange(Page page) {
    button(page, "Edit limits…").click();
    Locator dialog = page.locator("vaadin-dialog[opened]");
    Locator concurrency = dialog.getByLabel("Maximum concurrency");
    concurrency.fill("20000");
    button(page, "Save limits").click();
    assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("from 0 to 10,000");
    concurrency.fill("30");
    dialog.getByLabel("Tolerated failures: items").fill("40");
    console.screenshot(page, "map-run-limits");
    button(page, "Save limits").click();
    assertThat(page.locator(".g-figures")).containsText("running of 30 at once");
    assertThat(page.locator(".g-figures"))
        .containsText("failed of 40 tolerated (40 items or 50 %)");
  }

  @Test
  void theGraphLeadsToTheChildrenAndTheyLeadBack() {
    String machine = machine("graph", "\"ToleratedFailureCount\": 5,");
    start(machine, "one", items(30, 2, 3));
    MapRunViews.Opened opened = settled("graph", "one", 32);
    String in = "/t/" + account + "/executions";
    try (Page page = console.page(olga, 1440, 900, false)) {
      console.open(page, in + "/graph/one?state=Orders");
      Locator brief = page.locator(".g-map-brief");
      assertThat(brief.locator(".g-counts").getByRole(AriaRole.IMG))
          .hasAttribute("aria-label", "Items: 30 succeeded, 2 failed, 3 running");
      assertThat(brief.locator("li")).hasCount(25);
      console.axe(page, ".g-inspector");
      console.screenshot(page, "map-run-graph");
      // A state that only children visit.
      console.open(page, in + "/graph/one?state=Reject");
      assertThat(page.locator(".g-inspector-sub")).hasText("In the child executions of Orders");
      brief.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Failed")).click();
      assertThat(brief.locator("li")).hasCount(2);
      assertThat(brief.locator("li").first()).containsText("OrderRejected");

      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Map Runs")).click();
      assertThat(page.locator(".g-map-runs tbody tr")).hasCount(1);
      assertThat(page.locator(".g-map-runs tbody tr")).containsText("32 of 35");
      console.screenshot(page, "map-run-tab");

      brief
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Item 1").setExact(true))
          .click();
      assertThat(page.locator(".g-exec-meta")).containsText("Item 1 of the Map Run of Orders");
      assertThat(page.locator("[data-part=graph], gradus-graph").first()).isVisible();
      assertThat(button(page, "Redrive…")).isHidden();
      console.screenshot(page, "map-run-child");
      String child = page.url().substring(page.url().lastIndexOf('/') + 1);
      page.locator(".g-exec-meta")
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Map Run of Orders"))
          .click();
      assertThat(page).hasURL(console.address() + address(opened));

      // On a phone the states within tell that children visit them.
      page.setViewportSize(390, 844);
      console.open(page, in + "/graph/one");
      assertThat(page.locator(".g-step").filter(new Locator.FilterOptions().setHasText("Reject")))
          .containsText("In child executions");
      console.screenshot(page, "map-run-steps-phone");
      page.setViewportSize(1440, 900);

      // Children do not flood the list, and are found by name.
      console.open(page, in + "?machine=graph");
      assertThat(page.locator(".g-exec-link")).hasCount(1);
      console.open(page, in + "?name=" + child);
      assertThat(page.locator(".g-exec-link").first()).hasText(child);
    }
  }

  @Test
  void whatIsOverIsNotChangedAndOnlySomeMayChangeAndSee() {
    String machine = machine("strict", "");
    String arn = start(machine, "broken", items(2, 1, 0));
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(
        () -> executions.describe(caller, arn).status() == ExecutionStatus.FAILED, "its end");
    MapRunViews.Opened opened = run("strict", "broken");
    try (Page page = console.page(olga, 1440, 900, false)) {
      console.open(page, address(opened));
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Failed");
      assertThat(page.locator(".g-figures"))
          .containsText("none is tolerated, the first one ends the Map Run");
      assertThat(button(page, "Edit limits…")).isDisabled();
      button(page, "Redrive…").click();
      assertThat(page.locator("vaadin-dialog[opened]")).containsText("Redrive broken?");
      console.screenshot(page, "map-run-redrive");
      // The same item fails again.
      button(page, "Redrive execution").click();
      assertThat(page.locator(".g-exec-meta")).containsText("Redriven once");
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Failed");

      console.open(
          page,
          address(opened).replace(opened.run().id().toString(), "no-such") + "?status=failed");
      assertThat(page.getByText("There is no such Map Run")).isVisible();
    }
    Login victor = console.as(account, Role.VIEWER);
    try (Page page = console.page(victor, 1440, 900, false)) {
      console.open(page, address(opened));
      assertThat(rows(page).first()).isVisible();
      assertThat(button(page, "Edit limits…")).isHidden();
      assertThat(button(page, "Redrive…")).isHidden();
    }
    Login stranger = console.as(console.newTenant("Elsewhere"), Role.ADMIN);
    try (Page page = console.page(stranger, 1440, 900, false)) {
      page.navigate(console.address() + address(opened));
      assertThat(
              page.getByRole(
                  AriaRole.HEADING, new Page.GetByRoleOptions().setName("There is no such page")))
          .isVisible();
      assertThat(page.locator(".g-figures")).hasCount(0);
    }
  }
}
